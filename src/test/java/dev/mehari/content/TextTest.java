package dev.mehari.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource({
        "abc, 3, abc",
        "abcd, 3, ab…",
        "a cde, 3, a…",
        "abcd, 0, ''",
        // a surrogate pair, a joined family, a flag, a skin tone, a letter with its accent
        "ab😀cd, 4, ab…",
        "ab😀cd, 5, ab😀…",
        "a👨‍👩‍👧b-, 7, a…",
        "🇩🇪🇫🇷🇮🇹, 7, 🇩🇪…",
        "👍🏽👍🏽, 4, …",
        "xe\u0301e\u0301y, 5, xe\u0301…",
    })
    void cut_keepsCharactersWhole(String text, int most, String expected) {
        assertThat(Text.cut(text, most, "…")).isEqualTo(expected);
    }

    @Test
    void cut_staysWithinTheLimitForAnything() {
        String marks = "e" + "\u0301".repeat(500);
        String flags = "🇩🇪".repeat(200);
        for (int most = 0; most < 300; most++) {
            assertThat(Text.cut(marks, most, "…")).hasSizeLessThanOrEqualTo(most);
            assertThat(Text.cut(flags, most, " (more)")).hasSizeLessThanOrEqualTo(most);
        }
        assertThat(Text.cut(marks, 200, "…")).hasSize(200);
    }

    @Test
    void humanised_readsAsAHeadline() {
        assertThat(Text.humanised("trade.post-mortem")).isEqualTo("Trade post mortem");
    }
}
