package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.ProviderAnswer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a status means where a provider has no better word for it: the table of DESIGN section 7. Safe for many threads. */
final class Verdict {
    /** Longer times are not told apart, so that no sum overflows; how long is waited is bounded elsewhere. */
    static final Duration LONGEST_READ = Duration.ofDays(365);
    /** How long a 429 that names no time is obeyed. */
    static final Duration UNNAMED_WAIT = Duration.ofSeconds(30);

    private final Clock clock;

    Verdict(Clock clock) {
        this.clock = clock;
    }

    /** @param detail what the body says went wrong, or null */
    Outcome of(Channel channel, ProviderAnswer answer, @Nullable String detail) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered(null);
        }
        String reason = Reason.of(channel, status, detail);
        if (status >= 300 && status < 400) {
            return new Outcome.ChannelRejected(reason + "; redirects are not followed, configure the final address");
        }
        return switch (status) {
            case 429 -> new Outcome.RateLimited(retryAfter(answer).orElse(UNNAMED_WAIT), Scope.CHANNEL);
            case 408, 425 -> new Outcome.Retry(reason, retryAfter(answer).orElse(null));
            case 401, 402, 403, 404, 405, 407, 410, 451 -> new Outcome.ChannelRejected(reason);
            default ->
                status >= 400 && status < 500
                        ? new Outcome.MessageRejected(reason)
                        : new Outcome.Retry(reason, retryAfter(answer).orElse(null));
        };
    }

    /** {@code Retry-After} in seconds (decimals allowed) or as an HTTP date; empty when absent or unreadable. */
    Optional<Duration> retryAfter(ProviderAnswer answer) {
        return answer.header("retry-after").map(String::strip).flatMap(value -> {
            Optional<Duration> seconds = seconds(value);
            return seconds.isPresent() ? seconds : until(value);
        });
    }

    /** Seconds with decimals, at most {@link #LONGEST_READ}; empty for what is no number or below zero. */
    static Optional<Duration> seconds(String value) {
        try {
            return seconds(Double.parseDouble(value));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    static Optional<Duration> seconds(double value) {
        if (!(value >= 0)) {
            return Optional.empty();
        }
        double bounded = Math.min(value, LONGEST_READ.toSeconds());
        return Optional.of(Duration.ofMillis((long) Math.ceil(bounded * 1000)));
    }

    private Optional<Duration> until(String httpDate) {
        try {
            Instant then = ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), then);
            return wait.isNegative() ? Optional.empty() : Optional.of(min(wait, LONGEST_READ));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
