package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import dev.mehari.security.Redaction;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sentence an operator reads about a refused attempt: bounded, on one line, and without the channel's secrets. */
final class Reason {
    private static final int LONGEST = 300;
    /** As much of a page is looked at for what else may be a secret. */
    private static final int READ = 4000;
    /** Shorter parts of an address are words ({@code webhooks}), not tokens. */
    private static final int TOKEN = 12;

    private Reason() {}

    static String of(Channel channel, int status, @Nullable String detail) {
        String said = detail == null || detail.isBlank() ? "" : ": " + line(channel, detail);
        return channel.provider() + " answered " + status + said;
    }

    /** Servers like to repeat the path they did not find, and with it the token. */
    private static String line(Channel channel, String detail) {
        String masked = detail;
        for (String secret : secrets(channel).toList()) {
            masked = masked.replace(secret, Redaction.MASK);
        }
        String start = masked.substring(0, Math.min(masked.length(), READ));
        return Cut.to(
                LONGEST,
                Redaction.mask(start.replaceAll("[\\p{Cntrl}\\s]+", " ").strip()));
    }

    private static Stream<String> secrets(Channel channel) {
        String url = channel.url().reveal();
        return Stream.concat(
                        Stream.concat(Stream.of(url), Arrays.stream(url.split("[/?&=#@:]"))),
                        channel.settings().values().stream().flatMap(Reason::words))
                .filter(word -> word.length() >= TOKEN)
                .sorted((one, other) -> other.length() - one.length());
    }

    private static Stream<String> words(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.values().stream().flatMap(Reason::words);
            case Collection<?> many -> many.stream().flatMap(Reason::words);
            default ->
                Stream.concat(
                        Stream.of(value.toString()),
                        Arrays.stream(value.toString().split(" ")));
        };
    }
}
