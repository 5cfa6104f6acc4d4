package dev.mehari.channel;

import dev.mehari.problem.Problem;
import dev.mehari.problem.Spelling;
import dev.mehari.problem.YamlFile;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.security.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code config/channels.yaml}: defaults are inherited key by key, {@code ${NAME:default}} is replaced, and every
 * mistake is reported at once, with its place. Never says what a secret value was. Stateless.
 */
public final class ChannelsFile {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST_NAME = 40;

    private final ChannelRules rules;
    private final UnaryOperator<String> placeholders;
    private final String defaultChannel;

    /**
     * @param placeholders replaces {@code ${NAME:default}}; throws IllegalArgumentException for a name without a value
     * @param defaultChannel the channel that must exist, because it gets what nothing else matches
     */
    public ChannelsFile(ChannelRules rules, UnaryOperator<String> placeholders, String defaultChannel) {
        this.rules = rules;
        this.placeholders = placeholders;
        this.defaultChannel = defaultChannel;
    }

    /** Either channels, or what is wrong. */
    public record Result(Map<String, Channel> channels, List<Problem> problems) {}

    public Result read(String file, String text) {
        var problems = new ArrayList<Problem>();
        var channels = new LinkedHashMap<String, Channel>();
        switch (YamlFile.parse(file, text)) {
            case YamlFile.Broken broken -> problems.addAll(broken.problems());
            case YamlFile.Parsed parsed ->
                parsed.mapping(problems).ifPresent(root -> readRoot(file, root, channels, problems));
        }
        return new Result(channels, problems);
    }

    private void readRoot(String file, Mapping root, Map<String, Channel> channels, List<Problem> problems) {
        problems.addAll(root.unknownKeys(Set.of("defaults", "channels")));
        var defaults = root.mapping("defaults", problems).orElse(null);
        if (defaults != null) {
            problems.addAll(defaults.unknownKeys(ChannelFields.INHERITED));
        }
        var entries = root.mapping("channels", problems).orElse(null);
        if (entries == null || entries.entries().isEmpty()) {
            problems.add(Problem.of(file, "There are no channels: write them below 'channels:'."));
            return;
        }
        entries.entries().forEach((name, entry) -> {
            if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
                problems.add(entry.place()
                        .problem("A channel's name is lower-case letters, digits and single hyphens, at most "
                                + LONGEST_NAME + " characters; '" + name + "' is not."));
            } else if (entry.value() instanceof Mapping mapping) {
                readChannel(name, mapping, defaults, channels, problems);
            } else {
                problems.add(entry.place().problem("Channel '" + name + "' must be a map with at least 'provider:'."));
            }
        });
        checkTogether(file, entries, channels, problems);
    }

    private void readChannel(
            String name,
            Mapping mapping,
            @Nullable Mapping defaults,
            Map<String, Channel> channels,
            List<Problem> problems) {
        int before = problems.size();
        var fields = new ChannelFields(mapping, defaults, placeholders, problems);
        var provider = fields.text("provider").orElse("");
        if (provider.isEmpty()) {
            problems.add(mapping.problem("Channel '" + name + "' needs 'provider:', one of "
                    + String.join(", ", rules.providers().stream().sorted().toList()) + "."));
        } else if (!rules.providers().contains(provider)) {
            problems.add(fields.place("provider")
                    .problem("There is no provider '" + provider + "'." + Spelling.hint(provider, rules.providers())));
        }
        var channel = new Channel(
                name,
                fields.text("description").orElse(null),
                provider,
                Secret.of(fields.text("url").orElse("")),
                fields.throttle(),
                fields.retry(),
                fields.breaker(),
                fields.fallback(name),
                fields.duration("expire-after", Duration.ofHours(24)),
                fields.number("coalesce", 10, 1, 100),
                fields.number("concurrency", 1, 1, 256),
                fields.text("order-by").orElse(null),
                fields.settings());
        if (channel.orderBy() != null && !channel.orderBy().matches("recipient|data\\.\\S+")) {
            problems.add(fields.place("order-by").problem("'order-by' must be recipient or data.KEY."));
        }
        if (problems.size() == before) {
            for (var problem : rules.problems(channel)) {
                var key = problem.replaceAll("^['\"]?([\\w.-]+).*", "$1");
                problems.add(fields.place(key).problem("Channel '" + name + "': " + problem));
            }
        }
        channels.put(name, channel);
    }

    private void checkTogether(String file, Mapping entries, Map<String, Channel> channels, List<Problem> problems) {
        if (!channels.containsKey(defaultChannel)) {
            problems.add(Problem.of(
                    file,
                    "The default channel '" + defaultChannel
                            + "' (mehari.routing.default-channel) is missing: it gets what no" + " route matches."));
        }
        channels.values().forEach(channel -> checkFallback(channel, entries, channels, problems));
    }

    private static void checkFallback(
            Channel channel, Mapping entries, Map<String, Channel> channels, List<Problem> problems) {
        if (channel.fallback() == null) {
            return;
        }
        var place = entries.find(channel.name())
                .filter(Mapping.class::isInstance)
                .flatMap(mapping -> ((Mapping) mapping).find("fallback"))
                .map(dev.mehari.problem.YamlNode::place)
                .orElse(entries.place());
        if (!channels.containsKey(channel.fallback())) {
            problems.add(place.problem("Channel '" + channel.name() + "' falls back to '" + channel.fallback()
                    + "', which is not among the channels." + Spelling.hint(channel.fallback(), channels.keySet())));
            return;
        }
        var path = new LinkedHashSet<String>();
        var next = channel;
        while (next != null && path.add(next.name())) {
            next = next.fallback() == null ? null : channels.get(next.fallback());
        }
        if (next != null && next.name().equals(channel.name())) {
            problems.add(place.problem("The fallbacks go in a circle: " + String.join(" → ", path) + " → " + next.name()
                    + ". Take one of them out."));
        }
    }
}
