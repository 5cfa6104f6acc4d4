package dev.mehari.report;

import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * What was reported last, and what is being reported now, in one Redis hash for each report. A report is begun with its
 * whole content, sent, then finished: a crash in between sends the same notification again, with its id, and no delivery
 * is counted twice or left out. Thread-safe, for many nodes.
 */
final class ReportRuns {
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> BEGIN = RedisScript.of(script("begin"), List.class);

    private static final RedisScript<Long> FINISH = RedisScript.of(script("finish"), Long.class);
    private static final RedisScript<Long> FIRST = RedisScript.of(script("first"), Long.class);
    private final StringRedisTemplate redis;
    private final String keyPrefix;

    /** @param keyPrefix of all keys of the gateway, {@code mehari:} */
    ReportRuns(StringRedisTemplate redis, String keyPrefix) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
    }

    /**
     * The last report made.
     *
     * @param due when it should have been made
     * @param at when it was counted: where the next one begins
     */
    record Last(Instant due, Instant at, Counters counters) {}

    /** A report on its way. */
    record Begun(Instant due, Notification notification) {}

    Optional<Last> last(String name) {
        List<Object> fields = redis.opsForHash().multiGet(key(name), List.of("due", "at", "counters"));
        if (fields.contains(null)) {
            return Optional.empty();
        }
        return Optional.of(new Last(
                instant(fields.get(0)),
                instant(fields.get(1)),
                Counters.of(fields.get(2).toString())));
    }

    /** Counts from now on, unless there is a last report already. */
    void first(String name, Instant now, Counters counters) {
        redis.execute(FIRST, List.of(key(name)), millis(now), counters.toJson());
    }

    /**
     * Begins a report, or takes up one that was begun and never finished.
     *
     * @param since the report that this one counts from
     * @return nothing when another node has made a report after {@code since}
     */
    Optional<Begun> begin(String name, Last since, Begun report, Instant at, Counters counters) {
        var answer = redis.execute(
                BEGIN,
                List.of(key(name)),
                millis(since.due()),
                millis(report.due()),
                millis(at),
                counters.toJson(),
                write(report.notification()));
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Begun(instant(answer.get(0)), read(answer.get(1).toString())));
    }

    void finish(String name, Instant due) {
        redis.execute(FINISH, List.of(key(name)), millis(due));
    }

    private String key(String name) {
        return keyPrefix + "report:" + name;
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static Instant instant(Object millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis.toString()));
    }

    private static String write(Notification notification) {
        return new String(NotificationJson.write(notification), StandardCharsets.UTF_8);
    }

    private static Notification read(String json) {
        return NotificationJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Resource script(String name) {
        return new ClassPathResource("redis/report-" + name + ".lua");
    }
}
