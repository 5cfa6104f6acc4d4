package dev.mehari.notification;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the fields of one JSON object, one after another, and collects what is wrong with them. For one use. */
final class DraftFields {
    static final int MAX_TYPE = 128;
    static final int MAX_TITLE = 1_000;
    static final int MAX_KEY = 256;
    static final int MAX_ATTACHMENTS = 10;
    private static final Pattern TRACE = Pattern.compile("[\\w.:/-]{1,128}");

    private final Map<String, Object> rest;
    private final List<FieldError> errors = new ArrayList<>();

    /** @param document is taken apart */
    DraftFields(Map<String, Object> document) {
        this.rest = document;
    }

    List<FieldError> errors() {
        return errors;
    }

    Draft draft() {
        var type = type();
        var title = string("title", MAX_TITLE);
        var text = string("text", Integer.MAX_VALUE);
        if (text == null && rest.get("message") instanceof String) {
            text = string("message", Integer.MAX_VALUE);
        }
        var priority = priority();
        var recipient = string("recipient", MAX_KEY);
        var trace = trace();
        var dedupeKey = string("dedupeKey", MAX_KEY);
        var expiresAt = instant("expiresAt");
        var channel = string("channel", MAX_KEY);
        var attachments = attachments();
        return new Draft(
                type, title, text, data(), priority, recipient, trace, dedupeKey, expiresAt, channel, attachments);
    }

    private String type() {
        var value = rest.remove("type");
        if (value == null) {
            wrong("/type", "is required: a dotted lower-case name such as trade.opened.");
        } else if (!(value instanceof String name) || name.length() > MAX_TYPE || !isType(name)) {
            wrong("/type", "must be a dotted lower-case name such as trade.opened, at most 128 characters.");
        } else {
            return name;
        }
        return "";
    }

    /** Dotted lower-case: {@code trade.opened}, {@code trade.post-mortem}. A pattern took a tenth of the whole reading. */
    private static boolean isType(String name) {
        boolean word = false;
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            if (next >= 'a' && next <= 'z' || next >= '0' && next <= '9') {
                word = true;
            } else if (word && (next == '.' || next == '-' || next == '_')) {
                word = false;
            } else {
                return false;
            }
        }
        return word;
    }

    private @Nullable String string(String field, int maximum) {
        var value = rest.remove(field);
        if (value instanceof String text) {
            if (text.length() > maximum) {
                wrong("/" + field, "must have at most " + maximum + " characters, this has " + text.length() + ".");
            }
            return text.isEmpty() ? null : text;
        }
        if (value != null) {
            wrong("/" + field, "must be a string.");
        }
        return null;
    }

    private @Nullable Priority priority() {
        var value = rest.remove("priority");
        if (value == null) {
            return null;
        }
        try {
            return Priority.of(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            wrong("/priority", "must be low, normal, high or critical.");
            return null;
        }
    }

    /** A trace name from the body; one that could not be a header or a log field is not taken over. */
    private @Nullable String trace() {
        var camel = rest.remove("traceId");
        var snake = rest.remove("trace_id");
        var value = camel != null ? camel : snake;
        if (value == null) {
            return null;
        }
        if (value instanceof String name && TRACE.matcher(name).matches()) {
            return name;
        }
        wrong("/traceId", "must be 1 to 128 letters, digits or -_.:/ characters.");
        return null;
    }

    private @Nullable Instant instant(String field) {
        var text = string(field, MAX_KEY);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            wrong("/" + field, "must be an ISO 8601 instant with a zone, such as 2026-11-20T18:00:00Z.");
            return null;
        }
    }

    /** {@code data}, and beside it every field that has no meaning of its own here: flat producers are understood. */
    private Map<String, Object> data() {
        var value = rest.remove("data");
        if (rest.isEmpty() && value instanceof Map<?, ?> whole) {
            @SuppressWarnings("unchecked") // as JSON has it
            var data = (Map<String, Object>) whole;
            return Collections.unmodifiableMap(data);
        }
        var data = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> data.put(String.valueOf(key), entry));
        } else if (value != null) {
            wrong("/data", "must be an object.");
        }
        rest.forEach(data::putIfAbsent);
        return Collections.unmodifiableMap(data);
    }

    private List<Attachment> attachments() {
        var value = rest.remove("attachments");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > MAX_ATTACHMENTS) {
            wrong("/attachments", "must be an array of at most " + MAX_ATTACHMENTS + " files.");
            return List.of();
        }
        var attachments = new ArrayList<Attachment>();
        for (int i = 0; i < list.size(); i++) {
            var attachment = attachment("/attachments/" + i, list.get(i));
            if (attachment != null) {
                attachments.add(attachment);
            }
        }
        return List.copyOf(attachments);
    }

    private @Nullable Attachment attachment(String pointer, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || !(map.get("name") instanceof String name) || name.isBlank()) {
            wrong(pointer, "must be an object with a name, and either content (base64) or url.");
            return null;
        }
        var type = map.get("contentType") instanceof String given ? given : "application/octet-stream";
        var url = map.get("url") instanceof String given && given.matches("https?://.*") ? given : null;
        var content = content(pointer, map.get("content"));
        if (content == null && url == null) {
            wrong(pointer, "must have content (base64) or an http(s) url.");
            return null;
        }
        return new Attachment(name.replaceAll(".*[/\\\\]", ""), type, content, url);
    }

    private byte @Nullable [] content(String pointer, @Nullable Object value) {
        if (value instanceof String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                wrong(pointer + "/content", "must be base64.");
            }
        }
        return null;
    }

    private void wrong(String pointer, String detail) {
        errors.add(new FieldError(pointer, detail));
    }
}
