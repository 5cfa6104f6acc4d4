package dev.mehari.notification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Every text in a value of JSON: the strings, and the keys of objects. */
public final class JsonTexts {
    private JsonTexts() {}

    /** A copy in which each text is what the replacement makes of it; all else is the same. */
    public static @Nullable Object replaced(@Nullable Object value, UnaryOperator<String> replacement) {
        return switch (value) {
            case String text -> replacement.apply(text);
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach(
                        (key, inner) -> copy.put(replacement.apply(String.valueOf(key)), replaced(inner, replacement)));
                yield copy;
            }
            case Iterable<?> items -> {
                var copy = new ArrayList<@Nullable Object>();
                items.forEach(item -> copy.add(replaced(item, replacement)));
                yield copy;
            }
            case null -> null;
            default -> value;
        };
    }
}
