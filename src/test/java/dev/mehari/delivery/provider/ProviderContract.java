package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import dev.mehari.security.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider promises: the table of DESIGN section 7, whatever the server sends, and no secret in anything it writes. */
abstract class ProviderContract {
    /** A token that must be seen nowhere but in the target and the secret headers. */
    static final String TOKEN = "s3cr3t-tOken_0123456789abcdef";

    abstract Provider provider();

    /** A channel with {@link #TOKEN} in its address or its settings, and no problems. */
    abstract Channel channel();

    @ParameterizedTest
    @CsvSource({
        "200, Delivered",
        "201, Delivered",
        "202, Delivered",
        "204, Delivered",
        "301, ChannelRejected",
        "302, ChannelRejected",
        "304, ChannelRejected",
        "307, ChannelRejected",
        "400, MessageRejected",
        "401, ChannelRejected",
        "402, ChannelRejected",
        "403, ChannelRejected",
        "404, ChannelRejected",
        "405, ChannelRejected",
        "406, MessageRejected",
        "407, ChannelRejected",
        "408, Retry",
        "409, MessageRejected",
        "410, ChannelRejected",
        "411, MessageRejected",
        "413, MessageRejected",
        "414, MessageRejected",
        "415, MessageRejected",
        "418, MessageRejected",
        "422, MessageRejected",
        "425, Retry",
        "429, RateLimited",
        "431, MessageRejected",
        "451, ChannelRejected",
        "500, Retry",
        "501, Retry",
        "502, Retry",
        "503, Retry",
        "504, Retry",
        "507, Retry",
        "520, Retry",
        "599, Retry",
        "100, Retry",
        "0, Retry",
        "999, Retry"
    })
    void status_leadsToOutcome(int status, String outcome) {
        for (String body : List.of("", "{}", "<html>no</html>")) {
            assertThat(judge(status, Map.of(), body))
                    .extracting(it -> it.getClass().getSimpleName())
                    .isEqualTo(outcome);
        }
    }

    static Stream<byte[]> malformedBodies() {
        Random random = new Random(7);
        byte[] noise = new byte[64 * 1024];
        random.nextBytes(noise);
        Stream<String> texts = Stream.of(
                "",
                "null",
                "[]",
                "[[1]]",
                "\"text\"",
                "42",
                "{",
                "{\"ok\":",
                "[".repeat(60_000),
                "{\"errors\":".repeat(900),
                "{\"retry_after\":\"soon\",\"code\":\"x\",\"errors\":7,\"message\":[],\"id\":{},\"global\":\"?\",\"ok\":3}",
                "{\"retry_after\":-5,\"parameters\":{\"retry_after\":-1,\"migrate_to_chat_id\":{}},\"error_code\":\"a\"}",
                "{\"retry_after\":1e308,\"parameters\":7,\"result\":[{}],\"ok\":null,\"code\":1e99}",
                "{\"retry_after\":NaN}",
                "{\"code\":50035,\"message\":\"m\",\"errors\":{\"a\":null,\"b\":{\"_errors\":[]},\"c\":{\"_errors\":[{}]}}}");
        return Stream.concat(texts.map(text -> text.getBytes(StandardCharsets.UTF_8)), Stream.of(noise));
    }

    @Test
    void chats_keepTheirOrder() {
        Channel many = Samples.withConcurrency(channel(), 4);
        boolean chat = List.of("discord", "telegram", "slack", "sandbox")
                .contains(provider().name());
        assertThat(provider().problems(many).stream().anyMatch(problem -> problem.startsWith("concurrency: ")))
                .isEqualTo(chat);
    }

    @ParameterizedTest
    @MethodSource("malformedBodies")
    void malformedBody_isJudgedByItsStatus(byte[] body) {
        IntStream.range(100, 600).forEach(status -> {
            Outcome outcome = provider().judge(channel(), new ProviderAnswer(status, Map.of(), body));
            if (status / 100 == 5) {
                assertThat(outcome).isInstanceOf(Outcome.Retry.class);
            }
            if (status == 429) {
                assertThat(outcome).isInstanceOf(Outcome.RateLimited.class);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "NaN",
                "1e400",
                "Infinity",
                "99999999999999999999",
                "Fri, 99 Nov 2026",
                "\u0000"
            })
    void strangeRetryAfter_isBounded(String value) {
        Map<String, String> headers = Map.of("retry-after", value, "via", "1.1 google");
        if (judge(429, headers, "{}") instanceof Outcome.RateLimited limited) {
            assertThat(limited.delay()).isBetween(Duration.ofMillis(1), Duration.ofDays(366));
        }
        assertThatNoException().isThrownBy(() -> judge(503, headers, ""));
    }

    @Test
    void retryAfter_isHonouredInSecondsAndAsDate() {
        assertThat(judge(503, Map.of("retry-after", "1.5"), ""))
                .extracting("retryAfter")
                .isEqualTo(Duration.ofMillis(1500));
        assertThat(judge(502, Map.of("retry-after", "Fri, 20 Nov 2026 08:00:20 GMT"), ""))
                .extracting("retryAfter")
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(judge(503, Map.of("retry-after", "Fri, 20 Nov 2026 07:59:59 GMT"), ""))
                .extracting("retryAfter")
                .isNull();
        assertThat(judge(429, Map.of("retry-after", "700", "via", "1.1 google"), "{\"retry_after\": 3}"))
                .extracting("delay")
                .satisfies(wait -> assertThat((Duration) wait).isGreaterThanOrEqualTo(Duration.ofSeconds(700)));
    }

    @Test
    void echoedSecret_isNotInTheReason() {
        String echo = "Cannot POST /hooks/" + TOKEN + " \r\nX-Injected: yes " + "x".repeat(5000);
        for (int status : new int[] {301, 400, 404, 410, 500}) {
            for (String body : List.of(
                    echo,
                    "{\"message\":\"" + TOKEN + "\",\"description\":\"" + TOKEN + "\",\"error\":\"" + TOKEN + "\"}")) {
                String reason = judge(status, Map.of(), body).toString();
                assertThat(reason)
                        .doesNotContain(TOKEN)
                        .doesNotContain("\n", "\r")
                        .hasSizeLessThan(600);
            }
        }
    }

    @Test
    void request_holdsNoSecret() {
        ProviderRequest request = provider().compose(channel(), List.of(Samples.diverted(Samples.card("a", "b"))));
        assertThat(request.toString() + new String(request.body(), StandardCharsets.UTF_8))
                .doesNotContain(TOKEN);
        assertThat(provider().target(channel()) + "" + provider().secretHeaders(channel()))
                .contains(TOKEN);
    }

    /** A channel without an address is the sandbox's: requests are written before anybody asks where to. */
    @Test
    void request_isWrittenWithoutAnAddress() {
        Channel sandboxed = channel().withUrl(Secret.NONE);
        assertThat(provider().problems(sandboxed)).isEmpty();
        assertThatNoException()
                .isThrownBy(() -> provider().compose(sandboxed, List.of(Samples.envelope(Samples.EMPTY))));
        assertThatNoException().isThrownBy(() -> provider().judge(sandboxed, Samples.answer(404, "gone")));
    }

    @Test
    void wildCards_areAlwaysWritten() {
        Random random = new Random(11);
        for (int i = 0; i < 100; i++) {
            Envelope rich = Samples.envelope(Samples.wildCard(random));
            Envelope plain = Samples.plain(rich.card());
            assertThatNoException().isThrownBy(() -> provider().compose(channel(), List.of(rich)));
            assertThatNoException().isThrownBy(() -> provider().compose(channel(), List.of(plain)));
        }
        assertThatNoException()
                .isThrownBy(() -> provider().compose(channel(), List.of(Samples.envelope(Samples.EMPTY))));
    }

    @Test
    void batch_isNeverLargerThanGivenAndNeverEmpty() {
        Random random = new Random(13);
        List<Envelope> many = Stream.generate(() -> Samples.envelope(Samples.wildCard(random)))
                .limit(15)
                .toList();
        List<Envelope> small = Stream.generate(() -> Samples.envelope(Samples.card("t", "x")))
                .limit(15)
                .toList();
        for (List<Envelope> envelopes : List.of(many, small, List.of(Samples.plain(Samples.EMPTY), small.getFirst()))) {
            assertThat(provider().fits(channel(), envelopes)).isBetween(1, envelopes.size());
        }
        assertThat(provider().fits(channel(), List.of(Samples.plain(Samples.EMPTY), small.getFirst())))
                .isEqualTo(1);
    }

    @Test
    void problems_areNoneForAGoodChannelAndNameUnknownSettings() {
        assertThat(provider().problems(channel())).isEmpty();
        assertThat(provider().problems(Samples.channel(provider().name(), "", Map.of("colour", "red"))))
                .singleElement()
                .asString()
                .startsWith("colour: ");
        assertThat(provider()
                        .problems(Samples.channel(
                                provider().name(), "ht!tp://" + TOKEN, channel().settings())))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).doesNotContain(TOKEN));
    }

    private Outcome judge(int status, Map<String, String> headers, String body) {
        return provider().judge(channel(), Samples.answer(status, headers, body));
    }
}
