package dev.mehari.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

    @Test
    void json_keepsEverything() {
        var letter =
                Letters.of("n1", "trades", DeadReason.MESSAGE_REJECTED, NOON).standingInFor("signal");

        var read = DeadLetterJson.read(DeadLetterJson.write(letter));

        assertThat(read).isEqualTo(letter);
        assertThat(read.id()).isEqualTo("n1:trades:signal");
        assertThat(read.diedAt()).isEqualTo("2026-11-20T12:00:00.123Z");
    }

    @Test
    void json_beginsWithWhatFiltersAskFor() {
        var letter = Letters.of("n1", "trades", DeadReason.ATTEMPTS_EXHAUSTED, Instant.parse("2026-11-20T12:00:00Z"));

        assertThat(DeadLetterJson.write(letter))
                .startsWith("{\"id\":\"n1:trades\",\"reason\":\"attempts-exhausted\",\"channel\":\"trades\","
                        + "\"type\":\"trade.opened\",\"diedAt\":\"2026-11-20T12:00:00.000Z\",\"attempts\":8,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{\"order\":1}", "[]", "{\"id\":\"x\",\"reason\":\"bored\"}", "null", "7"})
    void foreignEntry_becomesALetterThatHoldsItsText(String entry) {
        var letter = DeadLetterJson.read(entry);

        assertThat(letter.raw()).isEqualTo(entry);
        assertThat(letter.reason()).isEqualTo(DeadReason.NOT_UNDERSTOOD);
        assertThat(letter.id()).startsWith("foreign-");
    }

    @Test
    void rawText_isCutToItsLimitInBytesAndSaysSo() {
        var letter = DeadLetter.ofText("😀".repeat(20_000), "redis", DeadReason.NOT_UNDERSTOOD, null, NOON);

        assertThat(letter.raw().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(65_500, 65_536);
        assertThat(letter.raw()).endsWith("😀\n[cut here: the text was 80000 bytes long]");
    }

    @Test
    void detail_isCutBetweenCharacters() {
        var letter = DeadLetter.ofText("?", "redis", DeadReason.INVALID, "x" + "😀".repeat(2000), NOON);

        assertThat(letter.detail()).hasSizeLessThanOrEqualTo(2048).endsWith("😀…");
    }

    @Test
    void idOfText_tellsSourcesAndTimesApart() {
        var letter = DeadLetter.ofText("?", "redis", DeadReason.NOT_UNDERSTOOD, null, NOON);

        assertThat(letter.id())
                .isEqualTo(DeadLetter.ofText("?", "redis", DeadReason.INVALID, "other", NOON)
                        .id())
                .isNotEqualTo(DeadLetter.ofText("?", "tally", DeadReason.INVALID, null, NOON)
                        .id())
                .isNotEqualTo(DeadLetter.ofText("?", "redis", DeadReason.INVALID, null, NOON.plusMillis(1))
                        .id());
    }

    @ParameterizedTest
    @EnumSource
    void reason_isReadFromItsWord(DeadReason reason) {
        assertThat(DeadReason.of(reason.toString())).isEqualTo(reason);
        assertThat(reason.toString()).isEqualTo(reason.name().toLowerCase().replace('_', '-'));
    }

    @Test
    void reason_unknownNamesTheKnownOnes() {
        assertThatThrownBy(() -> DeadReason.of("bored"))
                .hasMessageContaining("'bored'")
                .hasMessageContaining("invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "notifications:dead_letter, {notifications:dead_letter}:index",
        "{mehari}:dead, {mehari}:dead:index",
        "odd{}, {odd{}}:index"
    })
    void index_standsOnTheListsSlot(String key, String index) {
        assertThat(new DeadLetterProperties(key, null).indexKey()).isEqualTo(index);
    }
}
