package dev.mehari.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path of a {@code platform-http:} route: plain, or with {@code {names}} for single segments, or the beginning of the
 * paths it takes. Immutable.
 */
record RoutePath(String text, String[] segments, boolean prefix) {

    static RoutePath of(String path, boolean prefix) {
        String text = path.startsWith("/") ? path : "/" + path;
        return new RoutePath(text, text.split("/"), prefix);
    }

    boolean isPlain() {
        return !prefix && text.indexOf('{') < 0;
    }

    /** The values of the names in it, or null when the path is not one of its. */
    @Nullable
    Map<String, String> match(String path) {
        String[] given = path.split("/");
        if (prefix ? given.length < segments.length : given.length != segments.length) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            if (segment.startsWith("{") && segment.endsWith("}")) {
                values.put(segment.substring(1, segment.length() - 1), given[i]);
            } else if (!segment.equals(given[i])) {
                return null;
            }
        }
        return values;
    }
}
