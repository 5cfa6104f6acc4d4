package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mehari.notification.NotificationJson;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
    private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
    private static final Instant THEN = Instant.parse("2026-11-20T17:59:30.250Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-11-20T17:59:30.250Z\"",
                "\"2026-11-20 17:59:30.250\"",
                "\"2026-11-20T18:59:30.250+01:00\"",
                "\"2026-11-20 18:59:30.250+0100\"",
                "1795197570.25",
                "1795197570250"
            })
    void times_areReadAsLoggersWriteThem(String time) throws Exception {
        assertThat(line("{\"timestamp\":" + time + "}").at()).isEqualTo(THEN);
    }

    @Test
    void fields_goByTheirUsualNames_andTheRestIsData() throws Exception {
        var line = line(
                "{\"ts\":\"nonsense\",\"severity\":\"WARN\",\"logger\":\"bot\",\"trace_id\":\"t1\",\"msg\":\"slow\","
                        + "\"data\":{\"durationMs\":700},\"extra\":1}");
        assertThat(line)
                .isEqualTo(new LogLine(NOW, "bot", "warn", "t1", "slow", Map.of("durationMs", 700, "extra", 1)));
    }

    @Test
    void loguru_isUnfolded() throws Exception {
        var line = line("{\"text\":\"…\",\"record\":{\"level\":{\"name\":\"ERROR\",\"no\":40},\"message\":\"lost\","
                + "\"name\":\"worker\",\"time\":{\"repr\":\"2026-11-20 17:59:30.250000+00:00\",\"timestamp\":1.5},"
                + "\"extra\":{\"trace_id\":\"t1\",\"order\":7},\"line\":12,\"exception\":\"boom\"}}");
        assertThat(line)
                .isEqualTo(new LogLine(THEN, "worker", "error", "t1", "lost", Map.of("order", 7, "exception", "boom")));
    }

    @Test
    void anEmptyLine_isTakenAsItIs() throws Exception {
        assertThat(line("{}")).isEqualTo(new LogLine(NOW, "frontend", "info", null, "", Map.of()));
    }

    @SuppressWarnings("unchecked")
    private static LogLine line(String json) throws JsonProcessingException {
        return LogLine.of(NotificationJson.MAPPER.readValue(json, Map.class), "frontend", NOW);
    }
}
