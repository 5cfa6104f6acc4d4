package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object of a form under check, which knows its path. Lengths are UTF-16 units after trimming: Discord names no
 * unit, and this is the strictest reading. Codes and sentences are those that Discord is seen to answer.
 */
final class Form {
    static final Set<String> WEB = Set.of("http", "https");
    static final Set<String> WEB_OR_ATTACHMENT = Set.of("http", "https", "attachment");
    private static final Form NOTHING = new Form(JsonNodeFactory.instance.objectNode(), new FormErrors(), List.of());

    private final JsonNode node;
    private final FormErrors errors;
    private final List<String> path;

    Form(JsonNode node, FormErrors errors, List<String> path) {
        this.node = node;
        this.errors = errors;
        this.path = path;
    }

    boolean has(String name) {
        JsonNode value = node.path(name);
        return !value.isMissingNode()
                && !value.isNull()
                && !(value.isTextual() && value.asText().isBlank());
    }

    JsonNode raw(String name) {
        return node.path(name);
    }

    void refuse(String name, String code, String message) {
        errors.add(name.isEmpty() ? path : to(name), code, message);
    }

    /** The trimmed text, empty when absent. */
    String text(String name, int most) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isValueNode()) {
            refuse(name, "STRING_TYPE_CONVERT", "Could not interpret \"" + value + "\" as string.");
            return "";
        }
        String text = value.asText().strip();
        if (text.length() > most) {
            refuse(name, "BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.");
        }
        return text;
    }

    String required(String name, int most) {
        String text = text(name, most);
        if (text.isEmpty() && (node.path(name).isValueNode() || node.path(name).isMissingNode())) {
            refuse(name, "BASE_TYPE_REQUIRED", "This field is required");
        }
        return text;
    }

    void url(String name, Set<String> schemes) {
        String url = text(name, 2048);
        if (url.isEmpty()) {
            return;
        }
        @Nullable String scheme = null;
        try {
            URI uri = URI.create(url);
            scheme = uri.getScheme();
            if (scheme != null && WEB.contains(scheme) && uri.getHost() == null) {
                refuse(name, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            }
        } catch (IllegalArgumentException malformed) {
            refuse(name, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            return;
        }
        if (scheme == null) {
            refuse(name, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        } else if (!schemes.contains(scheme)) {
            String allowed = schemes.size() == 2 ? "('http', 'https')" : "('http', 'https', 'attachment')";
            refuse(
                    name,
                    "URL_TYPE_INVALID_SCHEME",
                    "Scheme \"" + scheme + "\" is not supported. Scheme must be one of " + allowed + ".");
        }
    }

    void integer(String name, int most) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (!value.asText().matches("-?\\d{1,18}")) {
            refuse(name, "NUMBER_TYPE_COERCE", "Value \"" + value.asText() + "\" is not int.");
        } else if (value.asLong() > most) {
            refuse(name, "NUMBER_TYPE_MAX", "int value should be less than or equal to " + most + ".");
        } else if (value.asLong() < 0) {
            refuse(name, "NUMBER_TYPE_MIN", "int value should be greater than or equal to 0.");
        }
    }

    void bool(String name) {
        JsonNode value = node.path(name);
        boolean fine = value.isMissingNode()
                || value.isNull()
                || value.isBoolean()
                || Set.of("true", "false", "0", "1").contains(value.asText().toLowerCase(java.util.Locale.ROOT));
        if (!fine) {
            refuse(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
    }

    void time(String name) {
        String time = text(name, Integer.MAX_VALUE);
        if (time.isEmpty()) {
            return;
        }
        try {
            DateTimeFormatter.ISO_DATE_TIME.parse(time);
        } catch (DateTimeParseException notDateTime) {
            try {
                DateTimeFormatter.ISO_DATE.parse(time);
            } catch (DateTimeParseException notDate) {
                refuse(name, "DATE_TIME_TYPE_PARSE", "Could not parse " + time + ". Should be ISO8601.");
            }
        }
    }

    /** The object under that name; an empty one when it is absent or none. */
    Form child(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return NOTHING;
        }
        if (!value.isObject()) {
            refuse(name, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            return NOTHING;
        }
        return new Form(value, errors, to(name));
    }

    /** The objects of the list under that name; too many are an error of the list itself. */
    List<Form> children(String name, int most) {
        List<Form> children = new ArrayList<>();
        int index = 0;
        for (JsonNode value : list(name, most)) {
            List<String> place = new ArrayList<>(to(name));
            place.add(Integer.toString(index++));
            if (!value.isObject()) {
                errors.add(place, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            } else if (value.isEmpty()) {
                errors.add(place, "LIST_ITEM_VALUE_REQUIRED", "List item values of ModelType are required");
            } else {
                children.add(new Form(value, errors, place));
            }
        }
        return children;
    }

    /** The list under that name; empty when it is absent or none. */
    JsonNode list(String name, int most) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!value.isArray()) {
            refuse(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return JsonNodeFactory.instance.arrayNode();
        }
        if (value.size() > most) {
            refuse(name, "BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.");
        }
        return value;
    }

    private List<String> to(String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
