package dev.mehari.history;

import dev.mehari.redis.RedisAway;
import dev.mehari.security.Redaction;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other rooms tell the history, beside the lanes' events. It is durable in Redis when a method returns, and written
 * to PostgreSQL later; with the history switched off nothing happens. Thread-safe; times are taken here.
 */
public class Records {
    static final String WEBHOOK = "webhook";
    static final String AUDIT = "audit";
    static final String CONFIGURATION = "configuration";
    static final String LOG = "log";

    private static final Logger LOGGER = LoggerFactory.getLogger(Records.class);

    private final EventStreams streams;
    private final Clock clock;
    private final boolean enabled;

    Records(EventStreams streams, Clock clock, boolean enabled) {
        this.streams = streams;
        this.clock = clock;
        this.enabled = enabled;
    }

    /** Whether anything told here is kept. */
    public boolean enabled() {
        return enabled;
    }

    /**
     * An inbound webhook, as it came.
     *
     * @param headers those worth keeping; no secret and no signature
     * @param body the body as JSON text; anything else is kept as text
     * @throws RedisAway it could not be kept
     */
    public void webhook(
            String source,
            @Nullable String traceId,
            @Nullable String notificationId,
            Map<String, String> headers,
            String body) {
        var fields = fields(WEBHOOK, clock.instant());
        fields.put("source", source);
        put(fields, "trace", traceId);
        put(fields, "notification", notificationId);
        fields.put("headers", Redaction.mask(Storable.json(headers)));
        fields.put("body", Redaction.mask(body));
        add(fields);
    }

    /**
     * What an operator did. The history being out of reach keeps nobody from operating: then it stands in the log alone.
     *
     * @param action method and path
     */
    public void operated(String who, String action, int status, @Nullable String traceId) {
        var fields = fields(AUDIT, clock.instant());
        fields.put("who", who);
        fields.put("action", Redaction.mask(action));
        fields.put("status", Integer.toString(status));
        put(fields, "trace", traceId);
        LOGGER.info("operated who={} action={} status={}", who, fields.get("action"), status);
        addIfPossible(fields);
    }

    /** A file of the operator's was put in use, or refused. */
    public void configurationChanged(String file, boolean inUse, @Nullable String detail) {
        var fields = fields(CONFIGURATION, clock.instant());
        fields.put("file", file);
        fields.put("outcome", inUse ? "in-use" : "refused");
        put(fields, "detail", detail == null ? null : Redaction.mask(detail));
        addIfPossible(fields);
    }

    /** @throws RedisAway it could not be kept */
    public void logLine(LogLine line) {
        var fields = fields(LOG, line.at());
        fields.put("component", line.component());
        fields.put("level", line.level());
        put(fields, "trace", line.traceId());
        fields.put("message", Redaction.mask(line.message()));
        fields.put("data", Redaction.mask(Storable.json(line.data())));
        add(fields);
    }

    private static Map<String, String> fields(String kind, Instant at) {
        var fields = new HashMap<String, String>();
        fields.put("kind", kind);
        fields.put("at", Long.toString(at.toEpochMilli()));
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private void addIfPossible(Map<String, String> fields) {
        try {
            add(fields);
        } catch (RedisAway away) {
            LOGGER.warn("Not kept in the history: {}", away.getMessage());
        }
    }

    private void add(Map<String, String> fields) {
        if (enabled) {
            streams.add(fields);
        }
    }
}
