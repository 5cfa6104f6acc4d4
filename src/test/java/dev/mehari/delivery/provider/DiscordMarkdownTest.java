package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscordMarkdownTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain 12.5 % (ok)¦plain 12.5 % (ok)",
                "**bold** _it_ ~~no~~ ||spoiler||¦\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\|\\|spoiler\\|\\|",
                "[click](https://evil.example)¦\\[click\\](https://evil.example)",
                "a\\*b¦a\\\\\\*b",
                "`code`¦\\`code\\`",
                "# title¦\\# title",
                "  ## title¦  \\## title",
                "-# small¦\\-# small",
                "- item¦\\- item",
                "-12.50 USD¦-12.50 USD",
                "1. first¦1\\. first",
                "2.5 left¦2.5 left",
                "> said¦\\> said",
                "a > b¦a > b",
                "<@123456789> <#1>¦\\<@123456789> \\<#1>",
                "see https://x.example/a_b_c?d=*e*&f=[1]¦see https://x.example/a_b_c?d=%2Ae%2A&f=%5B1%5D",
                "xhttps://a.example/__b__¦xhttps://a.example/\\_\\_b\\_\\_"
            })
    void markup_isShownAsItIs(String text, String escaped) {
        assertThat(DiscordMarkdown.escape(text)).isEqualTo(escaped);
    }

    @Test
    void callsToEveryone_areBrokenUp() {
        assertThat(DiscordMarkdown.escape("@everyone @here https://x.example/@everyone"))
                .isEqualTo("@\u200Beveryone @\u200Bhere https://x.example/%40everyone");
    }

    @Test
    void lineStarts_areFoundAfterEveryLineBreakAndAddress() {
        assertThat(DiscordMarkdown.escape("a\n# b\r\n> c\u2028- d\nhttps://x.example # e"))
                .isEqualTo("a\n\\# b\r\n\\> c\u2028\\- d\nhttps://x.example # e");
    }

    @Test
    void wildText_keepsNoLiveMarkupAndCanBeCutAnywhere() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            String escaped = DiscordMarkdown.escape(Samples.wild(random, 200));
            String words = escaped.replaceAll("(?<!\\w)https?://[A-Za-z0-9][^\\s<>]*?(?=[\\s<>\\\\]|$)", "address");
            assertThat(words.replaceAll("\\\\[\\\\`*_~|\\[\\]<#>.-]", "")).doesNotContainPattern("[\\\\`*_~|\\[\\]<]");
            assertThat(words)
                    .doesNotContainPattern("(?i)@(everyone|here)")
                    .doesNotContainPattern("(?m)^\\s*(#{1,3}|-#|-|>|\\d+\\.)\\s");
            String cut = Cut.to(random.nextInt(300), escaped, DiscordMarkdown::splits, "…");
            assertThat(Samples.wellFormed(cut)).isTrue();
            assertThat(cut.replace("\\\\", "")).doesNotEndWith("\\").doesNotEndWith("\\…");
        }
    }
}
