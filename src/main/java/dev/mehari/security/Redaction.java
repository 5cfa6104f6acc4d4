package dev.mehari.security;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Masks secrets in text that is about to leave: log lines, error texts, JMX. Knows the shapes of the providers' tokens, and
 * the exact value of every {@link Secret} made in this process. Thread-safe.
 */
public final class Redaction {
    /** What stands where a secret stood. */
    public static final String MASK = "***";

    private static final int SHORTEST = 6;
    private static final int SHORTEST_PATH = 12;
    private static final Set<String> REMEMBERED = ConcurrentHashMap.newKeySet();
    private static volatile List<String> values = List.of();

    /** A shape to mask; a slash may be escaped, as some JSON writers do. */
    private record Shape(Pattern pattern, String replacement) {
        private static Shape of(String regex, String replacement) {
            return new Shape(Pattern.compile(regex.replace("/", "\\\\?/")), replacement);
        }

        private String mask(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }

    private static final List<Shape> SHAPES = List.of(
            // Discord, and whatever imitates it: /webhooks/ID/TOKEN
            Shape.of("(/webhooks/[\\w-]+/)[\\w-]{8,}", "$1***"),
            // Telegram: /bot123456:TOKEN/sendMessage
            Shape.of("(\\bbot|\\b)(\\d{6,}):[\\w-]{30,}", "$1$2:***"),
            // Slack: hooks.slack.com/services/T…/B…/…
            Shape.of("(/services/)[\\w-]+/[\\w-]+/[\\w-]+", "$1***"),
            Shape.of("\\bxox[a-z]-[\\w-]{8,}", MASK),
            // Standard Webhooks' signing secrets, and this gateway's own keys
            Shape.of("\\b(whsec_|whsk_|whpk_|" + ApiKeys.PREFIX + ")[\\w+/=-]{8,}", "$1***"),
            Shape.of(
                    "(?i)(authorization[\"']?\\s*[:=]\\s*[\"'\\[]{0,2}(?:(?:bearer|basic|bot)\\s+)?)[^\\s\"',;\\]]+",
                    "$1***"),
            Shape.of("(?i)(\\bbearer\\s+)(?=\\S*\\d)[\\w.~+/=-]{12,}", "$1***"),
            // redis://user:password@host
            Shape.of("(://[^/\\s:@\"]*:)[^@/\\s\"]+@", "$1***@"),
            Shape.of(
                    "(?i)([?&](?:token|access_token|key|api_key|secret|password|sig|signature)=)[^&\\s\"']+", "$1***"));

    private Redaction() {}

    /** The text with every secret that is known or recognised replaced by {@code ***}. */
    public static String mask(String text) {
        String masked = text;
        for (String value : values) {
            if (masked.contains(value)) {
                masked = masked.replace(value, MASK);
            }
        }
        for (Shape shape : SHAPES) {
            masked = shape.mask(masked);
        }
        return masked;
    }

    /** Remembers a value that no text may show from now on; of an address only what would give it away. */
    static void remember(String value) {
        List<String> parts = value.contains("://") ? secretParts(value) : List.of(value);
        boolean added = false;
        for (String part : parts) {
            added |= part.length() >= SHORTEST && REMEMBERED.add(part);
            added |= part.length() >= SHORTEST && part.contains("/") && REMEMBERED.add(part.replace("/", "\\/"));
        }
        if (added) {
            values = REMEMBERED.stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();
        }
    }

    /** Path with query, and the password: host and port alone tell nothing that must not be told. */
    private static List<String> secretParts(String address) {
        try {
            URI uri = URI.create(address);
            List<String> parts = new ArrayList<>();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            parts.add(uri.getRawPath() + query);
            parts.removeIf(path -> path.length() < SHORTEST_PATH);
            if (uri.getRawUserInfo() != null) {
                parts.add(uri.getRawUserInfo());
            }
            return parts;
        } catch (IllegalArgumentException noAddress) {
            return List.of(address);
        }
    }
}
