package dev.mehari.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mehari.notification.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The card of a type without a template, and what stands in for a template that fails: everything that came, bounded. */
final class DefaultCard {

    private static final int MOST_FIELDS = 10;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_VALUE = 300;
    private static final int LONGEST_INLINE = 40;
    private static final JsonMapper JSON = new JsonMapper();

    private DefaultCard() {}

    static Card of(Notification notification, @Nullable MessageType type) {
        return new Card(
                title(notification),
                notification.text(),
                color(notification, type),
                fields(notification.data()),
                null,
                null,
                notification.type() + " · " + notification.source(),
                notification.createdAt());
    }

    /** Title and text alone: for data that nothing can be made of. */
    static Card bare(Notification notification) {
        return new Card(
                title(notification),
                notification.text(),
                Colors.of(notification.priority()),
                List.of(),
                null,
                null,
                null,
                notification.createdAt());
    }

    static String title(Notification notification) {
        String title = notification.title();
        return title == null || title.isBlank() ? Text.humanised(notification.type()) : title;
    }

    static int color(Notification notification, @Nullable MessageType type) {
        Integer own = type == null ? null : type.color();
        return own == null ? Colors.of(notification.priority()) : own;
    }

    /** The data's values as fields, the first ten, nested ones as JSON, long ones cut. */
    static List<Card.Field> fields(Map<String, Object> data) {
        List<Card.Field> fields = new ArrayList<>();
        int left = 0;
        for (Map.Entry<String, Object> entry : data.entrySet()) {
            String value = print(entry.getValue());
            if (!value.isBlank() && !entry.getKey().isBlank()) {
                if (fields.size() < MOST_FIELDS) {
                    fields.add(new Card.Field(
                            Text.cut(entry.getKey(), LONGEST_NAME, "…"), value, value.length() <= LONGEST_INLINE));
                } else {
                    left++;
                }
            }
        }
        if (left > 0) {
            fields.add(new Card.Field("…", left + (left == 1 ? " more value" : " more values"), false));
        }
        return List.copyOf(fields);
    }

    private static String print(@Nullable Object value) {
        String text = switch (value) {
            case null -> "";
            case Number number -> PlainNumber.print(number);
            case Map<?, ?> map -> json(map);
            case List<?> list -> json(list);
            default -> value.toString().strip();
        };
        return Text.cut(text, LONGEST_VALUE, "…");
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return value.toString();
        }
    }
}
