package dev.mehari.channel;

import dev.mehari.problem.Problem;
import dev.mehari.problem.YamlNode;
import dev.mehari.problem.YamlNode.Items;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Place;
import dev.mehari.problem.YamlNode.Scalar;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** The fields of one channel: its own, else those of {@code defaults:}. For one use. */
final class ChannelFields {
    /** Keys that {@code defaults:} may hold. */
    static final Set<String> INHERITED =
            Set.of("provider", "throttle", "retry", "breaker", "fallback", "expire-after", "coalesce", "concurrency");

    private static final Set<String> OWN = Set.of("description", "url", "order-by");

    private final Mapping own;
    private final @Nullable Mapping defaults;
    private final UnaryOperator<String> placeholders;
    private final List<Problem> problems;

    ChannelFields(Mapping own, @Nullable Mapping defaults, UnaryOperator<String> placeholders, List<Problem> problems) {
        this.own = own;
        this.defaults = defaults;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    Place place(String key) {
        return own.find(key).map(YamlNode::place).orElse(own.place());
    }

    /** The text with its placeholders replaced; absent, null and empty are the same. */
    Optional<String> text(String key) {
        var holder = holder(own, defaults, key);
        return holder.flatMap(mapping -> mapping.scalar(key, problems))
                .filter(scalar -> scalar.value() != null)
                .map(this::replaced)
                .filter(text -> !text.isBlank());
    }

    /** The fallback; the channel that all others inherit as theirs has none itself. */
    @Nullable
    String fallback(String name) {
        var fallback = text("fallback").orElse(null);
        boolean inherited = own.find("fallback").isEmpty();
        return inherited && name.equals(fallback) ? null : fallback;
    }

    Duration duration(String key, Duration otherwise) {
        return duration(own, defaults, key, otherwise);
    }

    int number(String key, int otherwise, int least, int most) {
        return (int) number(own, defaults, key, otherwise, least, most);
    }

    Channel.Throttle throttle() {
        var mine = own.mapping("throttle", problems).orElse(null);
        var theirs = inherited("throttle");
        known(mine, Set.of("requests", "period"));
        return new Channel.Throttle(
                (int) number(mine, theirs, "requests", 5, 1, 1_000_000),
                duration(mine, theirs, "period", Duration.ofSeconds(2)));
    }

    Channel.Retry retry() {
        var mine = own.mapping("retry", problems).orElse(null);
        var theirs = inherited("retry");
        known(mine, Set.of("attempts", "delay", "multiplier", "max-delay", "jitter"));
        return new Channel.Retry(
                (int) number(mine, theirs, "attempts", 8, 1, 1000),
                duration(mine, theirs, "delay", Duration.ofSeconds(1)),
                number(mine, theirs, "multiplier", 2, 1, 10),
                duration(mine, theirs, "max-delay", Duration.ofSeconds(60)),
                number(mine, theirs, "jitter", 0.2, 0, 1));
    }

    Channel.Breaker breaker() {
        var mine = own.mapping("breaker", problems).orElse(null);
        var theirs = inherited("breaker");
        known(mine, Set.of("failure-rate", "window", "minimum-calls", "open-for"));
        return new Channel.Breaker(
                (float) number(mine, theirs, "failure-rate", 50, 1, 100),
                (int) number(mine, theirs, "window", 20, 1, 10_000),
                (int) number(mine, theirs, "minimum-calls", 5, 1, 10_000),
                duration(mine, theirs, "open-for", Duration.ofSeconds(30)));
    }

    /** Everything that is not common to all channels, for the provider to check. */
    Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        own.entries().forEach((key, entry) -> {
            if (!INHERITED.contains(key) && !OWN.contains(key)) {
                var value = value(entry.value());
                if (value != null) {
                    settings.put(key, value);
                }
            }
        });
        return java.util.Collections.unmodifiableMap(settings);
    }

    private @Nullable Object value(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> scalar.value() instanceof String ? textOrNull(scalar) : scalar.value();
            case Items items ->
                items.nodes().stream()
                        .map(this::value)
                        .filter(java.util.Objects::nonNull)
                        .toList();
            case Mapping mapping -> {
                var values = new LinkedHashMap<String, Object>();
                mapping.entries().forEach((key, entry) -> {
                    var value = value(entry.value());
                    if (value != null) {
                        values.put(key, value);
                    }
                });
                yield values;
            }
        };
    }

    private @Nullable String textOrNull(Scalar scalar) {
        var text = replaced(scalar);
        return text.isEmpty() ? null : text;
    }

    private String replaced(Scalar scalar) {
        try {
            return placeholders.apply(scalar.text()).trim();
        } catch (IllegalArgumentException e) {
            problems.add(
                    scalar.problem("The value names an environment variable that is not set and has no default; write"
                            + " ${NAME:} to allow it to be empty."));
            return "";
        }
    }

    private @Nullable Mapping inherited(String key) {
        return defaults == null ? null : defaults.mapping(key, problems).orElse(null);
    }

    private void known(@Nullable Mapping mapping, Set<String> keys) {
        if (mapping != null) {
            problems.addAll(mapping.unknownKeys(keys));
        }
    }

    private Duration duration(@Nullable Mapping mine, @Nullable Mapping theirs, String key, Duration otherwise) {
        return holder(mine, theirs, key)
                .flatMap(mapping -> mapping.read(key, "a time such as 500ms, 30s or 24h", this::duration, problems))
                .orElse(otherwise);
    }

    private Duration duration(String text) {
        var duration = DurationStyle.detectAndParse(placeholders.apply(text));
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("not positive");
        }
        return duration;
    }

    private double number(
            @Nullable Mapping mine, @Nullable Mapping theirs, String key, double otherwise, double least, double most) {
        return holder(mine, theirs, key)
                .flatMap(mapping -> mapping.read(
                        key,
                        "a number from " + plain(least) + " to " + plain(most),
                        text -> within(placeholders.apply(text), least, most),
                        problems))
                .orElse(otherwise);
    }

    private static double within(String text, double least, double most) {
        double number = Double.parseDouble(text.trim());
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static Optional<Mapping> holder(@Nullable Mapping mine, @Nullable Mapping theirs, String key) {
        if (mine != null && mine.find(key).isPresent()) {
            return Optional.of(mine);
        }
        return theirs != null && theirs.find(key).isPresent() ? Optional.of(theirs) : Optional.empty();
    }
}
