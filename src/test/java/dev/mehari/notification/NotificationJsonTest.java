package dev.mehari.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationJsonTest {
    private static final Notification FULL = new Notification(
            "01jd4y0000000000000000000a",
            "trade.opened",
            "T 😀",
            "X",
            data(),
            Priority.CRITICAL,
            "r",
            "http",
            "trace",
            "key",
            Instant.parse("2026-11-20T18:00:00.123456Z"),
            Instant.parse("2026-11-20T19:00:00Z"),
            List.of(new Attachment("a.png", "image/png", new byte[] {1, 2}, null)));

    @Test
    void whatIsWritten_isReadAgain() {
        var read = NotificationJson.read(NotificationJson.write(FULL));
        assertThat(read).usingRecursiveComparison().isEqualTo(FULL);
    }

    @Test
    void storedForm_saysInstantsAndPrioritiesInWords_andKeepsNullsOfTheDataAlone() {
        var text = new String(NotificationJson.write(FULL), UTF_8);
        assertThat(text)
                .contains("\"createdAt\":\"2026-11-20T18:00:00.123456Z\"", "\"priority\":\"critical\"", "\"none\":null")
                .doesNotContain("\"url\"");
    }

    @Test
    void fieldsOfANewerVersion_areReadOver_andBrokenTextIsRefused() {
        var newer = new String(NotificationJson.write(FULL), UTF_8).replaceFirst("\\{", "{\"fromTomorrow\":1,");
        assertThat(NotificationJson.read(newer.getBytes(UTF_8)).id()).isEqualTo(FULL.id());
        assertThatThrownBy(() -> NotificationJson.read("{".getBytes(UTF_8))).isInstanceOf(UncheckedIOException.class);
    }

    private static Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put("none", null);
        data.put("list", List.of(1, "two", true));
        return data;
    }
}
