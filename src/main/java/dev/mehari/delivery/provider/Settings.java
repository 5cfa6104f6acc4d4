package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import dev.mehari.security.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads what an operator wrote under a channel, and words what is wrong with it. Says no value aloud: it may be secret. */
final class Settings {
    private Settings() {}

    static Optional<String> text(Channel channel, String key) {
        Object value = channel.settings().get(key);
        return value == null || value.toString().isBlank()
                ? Optional.empty()
                : Optional.of(value.toString().strip());
    }

    /** A value that is masked from now on wherever it turns up in a text. */
    static Secret secret(Channel channel, String key) {
        return text(channel, key).map(Secret::of).orElse(Secret.NONE);
    }

    /** A list, or a single value as a list of one. */
    static List<String> words(Channel channel, String key) {
        Object value = channel.settings().get(key);
        Collection<?> all = value instanceof Collection<?> many ? many : value == null ? List.of() : List.of(value);
        return all.stream()
                .filter(one -> one != null && !one.toString().isBlank())
                .map(one -> one.toString().strip())
                .toList();
    }

    static Map<?, ?> map(Channel channel, String key) {
        return channel.settings().get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** One sentence for each setting that is not among the known. */
    static List<String> unknown(Channel channel, String... known) {
        List<String> problems = new ArrayList<>();
        for (String key : new TreeSet<>(channel.settings().keySet())) {
            if (!List.of(known).contains(key)) {
                problems.add(key + ": a " + channel.provider() + " channel has no such setting; it has "
                        + String.join(", ", known) + ".");
            }
        }
        return problems;
    }

    /**
     * The channel's address, without a fragment.
     *
     * @throws IllegalStateException when it is none; the address itself is not in the message
     */
    static URI address(Channel channel) {
        return parse(channel)
                .orElseThrow(() -> new IllegalStateException("The url of channel " + channel.name()
                        + " is no http(s) address; mend it in channels.yaml or its environment variable."));
    }

    /** Of a chat: people read it, so its messages stay in order. */
    static List<String> orderProblems(Channel channel) {
        return channel.concurrency() == 1
                ? List.of()
                : List.of("concurrency: " + channel.provider()
                        + " keeps the order of its messages, one request at a time; leave it out, or set it to 1.");
    }

    static List<String> addressProblems(Channel channel) {
        return channel.sandboxed() || parse(channel).isPresent()
                ? List.of()
                : List.of("url: must be a whole http(s) address, https://host/path.");
    }

    private static Optional<URI> parse(Channel channel) {
        try {
            URI uri = URI.create(channel.url().reveal());
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null && uri.getRawFragment() == null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
