package dev.mehari.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST https://discord.com/api/v10/webhooks/12345/AbC-d_efgh1?wait=true | POST https://discord.com/api/v10/webhooks/12345/***?wait=true",
                "{\"u\":\"https:\\/\\/discord.com\\/api\\/webhooks\\/12345\\/AbCdefgh12\"} | {\"u\":\"https:\\/\\/discord.com\\/api\\/webhooks\\/12345\\/***\"}",
                "https://api.telegram.org/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0/sendMessage | https://api.telegram.org/bot123456:***/sendMessage",
                "https://hooks.slack.com/services/T00/B00/XXXXyyyy | https://hooks.slack.com/services/***",
                "Authorization: Bearer abcdefgh | Authorization: Bearer ***",
                "Authorization=[Basic YWRtaW46eA==] | Authorization=[Basic ***]",
                "\"authorization\":\"plain-token\" | \"authorization\":\"***\"",
                "signed with whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD | signed with whsec_***",
                "key mhr_AYw--NCJJ18GustHBTj1BL1n1wCsSqKW | key mhr_***",
                "redis://user:pa55word@10.0.0.1:6379 | redis://user:***@10.0.0.1:6379",
                "GET /x?token=abc&a=1 | GET /x?token=***&a=1",
            })
    void shapesOfSecrets_areMasked(String text, String masked) {
        assertThat(Redaction.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trade.opened reached channel trades after 12 ms",
                "The bearer of this message is not a secret",
                "at 2026-11-20T10:15:30.123Z, id 01J9Z3-7f:12",
                "http://127.0.0.1:8080/sandbox"
            })
    void ordinaryText_staysAsItIs(String text) {
        assertThat(Redaction.mask(text)).isEqualTo(text);
    }

    @Test
    void secrets_areMaskedFromTheirMakingOn() {
        String text = "calling https://internal.example/hook/in/7c1f?k=v with hunter-22 failed";
        Secret.of("https://internal.example/hook/in/7c1f?k=v");
        Secret.of("hunter-22");

        assertThat(Redaction.mask(text)).isEqualTo("calling https://internal.example*** with *** failed");
    }

    @Test
    void valuesThatOverlap_areMaskedTogether() {
        Secret.of("opening-sesame");
        Secret.of("sesame-and-more");
        Secret.of("sesame");

        assertThat(Redaction.mask("opening-sesame-and-more")).isEqualTo("***");
        assertThat(Redaction.mask("sesame!sesame, opening-sesamE sesame")).isEqualTo("***!***, opening-sesamE ***");
        assertThat(Redaction.mask("sesam")).isEqualTo("sesam");
    }

    @Test
    void manyValues_areFoundWhereverTheyStand() {
        var random = new Random(7);
        var values = Stream.generate(() -> "s/" + Long.toString(random.nextLong(), 36))
                .limit(300)
                .toList();
        values.forEach(Secret::of);

        for (var value : values) {
            var around = Long.toString(random.nextLong(), 36);
            assertThat(Redaction.mask(around + value + around)).isEqualTo(around + "***" + around);
        }
    }

    @Test
    void logLines_areMaskedWithTheirStackTraces() {
        LoggerContext context = new LoggerContext();
        RedactingLayout layout = new RedactingLayout();
        layout.setContext(context);
        layout.setPattern("%m %ex");
        layout.start();
        Logger logger = context.getLogger("test");
        Exception failure = new IllegalStateException("no answer from /webhooks/12345/AbCdefgh12");
        LoggingEvent event = new LoggingEvent(
                "here", logger, Level.WARN, "posting to /webhooks/1/{}", failure, new Object[] {"AbCdefgh12"});

        assertThat(layout.doLayout(event))
                .contains("posting to /webhooks/1/***", "IllegalStateException: no answer")
                .doesNotContain("AbCdefgh12");
    }
}
