package dev.mehari.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mehari.security.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.mock.env.MockEnvironment;

/** What stands in the log files, written through the shipped configuration. */
class LogFilesTest {
    @TempDir
    Path data;

    @Test
    void line_isAnObjectWithItsValuesByNameAndItsTrace() throws Exception {
        List<JsonNode> lines = log(logger -> {
            MDC.put("node", "n1");
            logger.info("delivery.attempted id={} channel={} ms={} trace={}", "01A", "trades", 12L, "abc-123");
            MDC.clear();
        });

        JsonNode line = lines.getFirst();
        assertThat(Instant.parse(line.path("timestamp").asText())).isAfter(Instant.EPOCH);
        assertThat(line.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("component").asText()).isEqualTo("mehari");
        assertThat(line.path("message").asText())
                .isEqualTo("delivery.attempted id=01A channel=trades ms=12 trace=abc-123");
        assertThat(line.path("traceId").asText()).isEqualTo("abc-123");
        assertThat(new ObjectMapper().convertValue(line.path("data"), Map.class))
                .isEqualTo(Map.of("node", "n1", "id", "01A", "channel", "trades", "ms", 12));
    }

    @Test
    void secrets_areMaskedInMessagesValuesAndStackTraces() throws Exception {
        Secret.of("https://hooks.example/very/secret/path/of/mine");
        String discord = "https://discord.com/api/webhooks/123/aBcDeFgHiJkLmNoP";

        List<JsonNode> lines = log(logger -> {
            logger.warn("failed url={}", discord, new IOException("POST /very/secret/path/of/mine"));
            logger.atInfo().addKeyValue("header", "Bearer abcdef1234567890").log("sent");
        });

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.toString())
                        .contains("***")
                        .doesNotContain("aBcDeFgH")
                        .doesNotContain("very/secret")
                        .doesNotContain("abcdef1234567890"));
        assertThat(lines.getFirst().path("exception").asText())
                .contains("IOException")
                .contains("LogFilesTest");
    }

    @Test
    void debugProfile_makesAFileEveryTwoMinutesAndKeepsTenMinutes() throws IOException {
        var context = context();
        var files = new ShortFiles(Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC));
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%m%n");
        encoder.start();
        files.setContext(context);
        files.setEncoder(encoder);
        files.setFolder(data.toString());
        files.start();
        Files.writeString(data.resolve("mehari.jsonl"), "of the normal profile");
        for (int minute = 0; minute < 30; minute++) {
            var event = new LoggingEvent("x", context.getLogger("x"), Level.INFO, "minute " + minute, null, null);
            event.setTimeStamp(Instant.parse("2026-11-20T10:00:00Z")
                    .plusSeconds(60L * minute)
                    .toEpochMilli());
            files.doAppend(event);
        }
        files.stop();

        assertThat(names())
                .containsExactly(
                        "mehari-2026-11-20T10-18.jsonl",
                        "mehari-2026-11-20T10-20.jsonl",
                        "mehari-2026-11-20T10-22.jsonl",
                        "mehari-2026-11-20T10-24.jsonl",
                        "mehari-2026-11-20T10-26.jsonl",
                        "mehari-2026-11-20T10-28.jsonl",
                        "mehari.jsonl");
        assertThat(Files.readString(data.resolve("mehari-2026-11-20T10-20.jsonl")))
                .isEqualTo("minute 20\nminute 21\n");
    }

    private static LoggerContext context() {
        var context = new LoggerContext();
        context.setMDCAdapter(((LoggerContext) LoggerFactory.getILoggerFactory()).getMDCAdapter());
        return context;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Logs through the file appender of the shipped configuration, in a context of its own. */
    private List<JsonNode> log(java.util.function.Consumer<org.slf4j.Logger> lines) throws Exception {
        var context = context();
        var environment = new MockEnvironment().withProperty("mehari.data-dir", data.toString());
        Appender<ILoggingEvent> file = new Appenders(context, environment).file();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file);
        lines.accept(context.getLogger("dev.mehari.delivery.attempts"));
        context.stop();
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> read = new java.util.ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("logs/mehari.jsonl"))) {
            read.add(json.readTree(line));
        }
        return read;
    }
}
