package dev.mehari.security;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final int SHORTEST_PATH = 12;
    private static final Set<String> REMEMBERED = ConcurrentHashMap.newKeySet();
    private static volatile KnownValues values = new KnownValues(Set.of());

    /**
     * A shape to mask; a slash may be escaped, as some JSON writers do.
     *
     * @param hints one of these stands, in small letters, in every text that has the shape: to look for them costs little
     */
    private record Shape(List<String> hints, Pattern pattern, String replacement) {
        private static Shape of(List<String> hints, String regex, String replacement) {
            return new Shape(hints, Pattern.compile(regex.replace("/", "\\\\?/")), replacement);
        }

        private String mask(String text, String small) {
            return hints.stream().anyMatch(small::contains)
                    ? pattern.matcher(text).replaceAll(replacement)
                    : text;
        }
    }

    private static final List<Shape> SHAPES = List.of(
            // Discord, and whatever imitates it: /webhooks/ID/TOKEN
            Shape.of(List.of("webhooks"), "(/webhooks/[\\w-]+/)[\\w-]{8,}", "$1***"),
            // Telegram: /bot123456:TOKEN/sendMessage
            Shape.of(List.of(":"), "(\\bbot|\\b)(\\d{6,}):[\\w-]{30,}", "$1$2:***"),
            // Slack: hooks.slack.com/services/T…/B…/…
            Shape.of(List.of("services"), "(/services/)[\\w-]+/[\\w-]+/[\\w-]+", "$1***"),
            Shape.of(List.of("xox"), "\\bxox[a-z]-[\\w-]{8,}", MASK),
            // Standard Webhooks' signing secrets, and this gateway's own keys
            Shape.of(
                    List.of("whsec_", "whsk_", "whpk_", ApiKeys.PREFIX),
                    "\\b(whsec_|whsk_|whpk_|" + ApiKeys.PREFIX + ")[\\w+/=-]{8,}",
                    "$1***"),
            Shape.of(
                    List.of("authorization"),
                    "(?i)(authorization[\"']?\\s*[:=]\\s*[\"'\\[]{0,2}(?:(?:bearer|basic|bot)\\s+)?)[^\\s\"',;\\]]+",
                    "$1***"),
            Shape.of(List.of("bearer"), "(?i)(\\bbearer\\s+)(?=\\S*\\d)[\\w.~+/=-]{12,}", "$1***"),
            // redis://user:password@host
            Shape.of(List.of("@"), "(://[^/\\s:@\"]*:)[^@/\\s\"]+@", "$1***@"),
            Shape.of(
                    List.of("token=", "key=", "secret=", "password=", "sig=", "signature="),
                    "(?i)([?&](?:token|access_token|key|api_key|secret|password|sig|signature)=)[^&\\s\"']+",
                    "$1***"));

    private Redaction() {}

    /** The text with every secret that is known or recognised replaced by {@code ***}. */
    public static String mask(String text) {
        String masked = values.mask(text, MASK);
        String small = masked.toLowerCase(Locale.ROOT);
        for (Shape shape : SHAPES) {
            masked = shape.mask(masked, small);
        }
        return masked;
    }

    /** Remembers a value that no text may show from now on; of an address only what would give it away. */
    static synchronized void remember(String value) {
        List<String> parts = value.contains("://") ? secretParts(value) : List.of(value);
        boolean added = false;
        for (String part : parts) {
            added |= part.length() >= KnownValues.SHORTEST && REMEMBERED.add(part);
            added |= part.length() >= KnownValues.SHORTEST
                    && part.contains("/")
                    && REMEMBERED.add(part.replace("/", "\\/"));
        }
        if (added) {
            values = new KnownValues(REMEMBERED);
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
