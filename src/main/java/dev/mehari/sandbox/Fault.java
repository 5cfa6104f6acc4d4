package dev.mehari.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong at a provider while it is switched on for a channel. Immutable.
 *
 * @param status of {@code status}: what is answered, 100 to 599
 * @param body of {@code status}: the answer's body; without it the provider's own for that status
 * @param headers of {@code status}: the answer's headers
 * @param times how many requests meet it; without it all, until it is switched off
 * @param seconds of {@code slow}: how late the answer comes (20 unless told)
 * @param retryAfter of {@code rate-limited}: seconds in the body (5 unless told)
 * @param retryAfterHeader of {@code rate-limited}: seconds in the header, where it shall not agree with the body
 * @param scope of {@code rate-limited}: {@code user}, {@code shared} or {@code global}
 * @param rate of {@code flaky}: share of requests that fail, 0 to 1 (0.5 unless told); {@code status} tells how (503)
 * @param seed of {@code flaky}: the same seed fails the same requests
 * @param migrateTo of {@code migrated}: the chat's new id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        Kind kind,
        @Nullable Integer status,
        @Nullable String body,
        @Nullable Map<String, String> headers,
        @Nullable Integer times,
        @Nullable Double seconds,
        @Nullable Double retryAfter,
        @Nullable Double retryAfterHeader,
        @Nullable String scope,
        @Nullable Double rate,
        @Nullable Long seed,
        @Nullable Long migrateTo) {

    /** What goes wrong. */
    public enum Kind {
        /** a given status, body and headers */
        @JsonProperty("status")
        STATUS,
        /** takes the message, but answers late */
        @JsonProperty("slow")
        SLOW,
        /** a 429 of the provider itself */
        @JsonProperty("rate-limited")
        RATE_LIMITED,
        /** a 429 of the network in front of the provider: a page, no times, no {@code Via} */
        @JsonProperty("banned")
        BANNED,
        /** the webhook, chat or service is gone */
        @JsonProperty("deleted")
        DELETED,
        /** the token is refused */
        @JsonProperty("unauthorized")
        UNAUTHORIZED,
        /** the connection is reset, the message not taken */
        @JsonProperty("reset")
        RESET,
        /** the message is taken, then the connection is reset: nobody learns of it */
        @JsonProperty("lost-answer")
        LOST_ANSWER,
        /** some requests fail, others do not */
        @JsonProperty("flaky")
        FLAKY,
        /** Discord answers as its API version 6: milliseconds, flat errors */
        @JsonProperty("version-6")
        VERSION_6,
        /** Telegram's group has become a supergroup with another id */
        @JsonProperty("migrated")
        MIGRATED
    }

    public Fault {
        check(
                kind != null,
                "kind: one of status, slow, rate-limited, banned, deleted, unauthorized, reset, "
                        + "lost-answer, flaky, version-6, migrated");
        check(kind != Kind.STATUS || status != null, "status: a fault of kind status needs the status to answer");
        check(status == null || (status >= 200 && status <= 599), "status: a number from 200 to 599");
        check(times == null || times > 0, "times: a number above 0, or left out");
        check(rate == null || (rate >= 0 && rate <= 1), "rate: a share from 0 to 1");
        check(seconds == null || (seconds >= 0 && seconds <= 600), "seconds: 0 to 600");
        check(retryAfter == null || retryAfter >= 0, "retryAfter: seconds, not below 0");
        check(scope == null || scope.matches("user|shared|global"), "scope: user, shared or global");
        check(kind != Kind.MIGRATED || migrateTo != null, "migrateTo: a fault of kind migrated needs the new chat id");
        headers = headers == null ? null : Map.copyOf(headers);
    }

    public static Fault of(Kind kind) {
        return new Fault(kind, null, null, null, null, null, null, null, null, null, null, null);
    }

    public static Fault status(int status) {
        return new Fault(Kind.STATUS, status, null, null, null, null, null, null, null, null, null, null);
    }

    public static Fault status(int status, String body, Map<String, String> headers) {
        return new Fault(Kind.STATUS, status, body, headers, null, null, null, null, null, null, null, null);
    }

    public static Fault slow(Duration delay) {
        return new Fault(
                Kind.SLOW, null, null, null, null, delay.toMillis() / 1000.0, null, null, null, null, null, null);
    }

    public static Fault rateLimited(double retryAfter, String scope) {
        return new Fault(Kind.RATE_LIMITED, null, null, null, null, null, retryAfter, null, scope, null, null, null);
    }

    public static Fault flaky(double rate, long seed) {
        return new Fault(Kind.FLAKY, null, null, null, null, null, null, null, null, rate, seed, null);
    }

    public static Fault migrated(long newChat) {
        return new Fault(Kind.MIGRATED, null, null, null, null, null, null, null, null, null, null, newChat);
    }

    /** The same for so many requests only. */
    public Fault times(int count) {
        return new Fault(
                kind,
                status,
                body,
                headers,
                count,
                seconds,
                retryAfter,
                retryAfterHeader,
                scope,
                rate,
                seed,
                migrateTo);
    }

    /** The same with a header that does not agree with the body. */
    public Fault withRetryAfterHeader(double other) {
        return new Fault(kind, status, body, headers, times, seconds, retryAfter, other, scope, rate, seed, migrateTo);
    }

    public Duration delay() {
        return Duration.ofMillis(Math.round((seconds == null ? 20 : seconds) * 1000));
    }

    public double retryAfterOr(double usual) {
        return retryAfter == null ? usual : retryAfter;
    }

    /** What a {@code Retry-After} header says of this rate limit, in whole seconds. */
    public String wholeSeconds() {
        return Long.toString((long) Math.ceil(retryAfterHeader == null ? retryAfterOr(5) : retryAfterHeader));
    }

    /** The status of a failure that no kind of its own stands for; 503 unless told. */
    public int statusOr503() {
        return status == null ? 503 : status;
    }

    private static void check(boolean good, String problem) {
        if (!good) {
            throw new IllegalArgumentException(problem);
        }
    }
}
