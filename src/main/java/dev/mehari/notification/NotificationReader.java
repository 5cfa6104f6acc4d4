package dev.mehari.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.mehari.notification.RejectedInput.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what producers send. Lenient in form (a byte order mark, fields it does not know: those join {@code data}),
 * strict in substance: every wrong field is named at once. Stateless and thread-safe.
 */
public final class NotificationReader {
    private static final TypeReference<Object> ANY = new TypeReference<>() {};
    /** Far deeper than people nest, and far from what the stored form can hold. */
    private static final int DEEPEST = 100;

    private final ObjectReader json = NotificationJson.MAPPER
            .readerFor(ANY)
            .with(NotificationJson.buffersForAll()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build());

    /**
     * @param body UTF-8 JSON, an object
     * @throws RejectedInput not JSON, not an object, or invalid fields
     */
    public Draft read(byte[] body) {
        return draft(parse(body));
    }

    /** Checks the fields of what was no JSON, and takes them out of the map. */
    public Draft form(Map<String, Object> fields) {
        return draft(WholeCharacters.in(fields));
    }

    /** Checks a document of {@link #readBatch}, once: what it holds goes over to the draft. */
    public Draft draft(@Nullable Object document) {
        if (!(document instanceof Map<?, ?> map)) {
            var hint = document instanceof List ? "; send arrays to /api/v1/notifications/batch" : "";
            throw new RejectedInput(Reason.NOT_JSON, "A notification is a JSON object" + hint + ".");
        }
        @SuppressWarnings("unchecked")
        var fields = new DraftFields((Map<String, Object>) map);
        var draft = fields.draft();
        if (!fields.errors().isEmpty()) {
            var first = fields.errors().get(0);
            throw new RejectedInput(Reason.INVALID, first.pointer() + " " + first.detail(), fields.errors());
        }
        return draft;
    }

    /**
     * Reads a JSON array, or NDJSON (one object a line), into the documents it holds. A line that is no JSON is
     * returned as the {@link RejectedInput} that says why, so that the others are not lost with it.
     */
    public List<Object> readBatch(byte[] body, int maximum) {
        var documents = firstByte(body) == '[' ? array(body) : lines(body);
        if (documents.size() > maximum) {
            throw new RejectedInput(
                    Reason.TOO_LARGE,
                    "A batch holds at most " + maximum + " notifications, this one " + documents.size() + ".");
        }
        if (documents.isEmpty()) {
            throw new RejectedInput(Reason.NOT_JSON, "The batch is empty: send a JSON array or one object a line.");
        }
        return documents;
    }

    private List<Object> array(byte[] body) {
        @SuppressWarnings("unchecked")
        var documents = (List<Object>) parse(body);
        return documents;
    }

    private List<Object> lines(byte[] body) {
        var documents = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                line(body, start, i - start, documents);
                start = i + 1;
            }
        }
        return documents;
    }

    private void line(byte[] body, int from, int length, List<Object> documents) {
        var text = new String(body, from, length, java.nio.charset.StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return;
        }
        try {
            documents.add(parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (RejectedInput notJson) {
            documents.add(notJson);
        }
    }

    private Object parse(byte[] body) {
        if (firstByte(body) < 0) {
            throw new RejectedInput(Reason.NOT_JSON, "The body is empty; send a JSON object with at least a type.");
        }
        try {
            var document = json.<Object>readValue(body);
            if (document == null) {
                throw new RejectedInput(Reason.NOT_JSON, "The body is null; send a JSON object.");
            }
            return WholeCharacters.maySpellOthers(body) ? mended(document) : document;
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            var at = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
            throw new RejectedInput(Reason.NOT_JSON, "The body is not JSON" + at + ": " + sentence(e));
        } catch (IOException e) {
            throw new RejectedInput(Reason.NOT_JSON, "The body is not JSON: " + e.getMessage());
        }
    }

    private static Object mended(Object document) {
        return Objects.requireNonNull(WholeCharacters.in(document));
    }

    /** Jackson's own words, without the part that repeats the source and the position. */
    private static String sentence(JsonProcessingException e) {
        var message = e.getOriginalMessage();
        int cut = message.indexOf('\n');
        return cut < 0 ? message : message.substring(0, cut);
    }

    /** The first byte that is neither white space nor part of a byte order mark; -1 when there is none. */
    private static int firstByte(byte[] body) {
        for (byte value : body) {
            boolean mark = value == (byte) 0xEF || value == (byte) 0xBB || value == (byte) 0xBF;
            if (!mark && value != ' ' && value != '\n' && value != '\r' && value != '\t') {
                return value & 0xFF;
            }
        }
        return -1;
    }
}
