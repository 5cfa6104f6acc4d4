package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.Provider;
import dev.mehari.notification.Priority;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtfyProviderTest extends ProviderContract {
    private final NtfyProvider provider = new NtfyProvider(Samples.CLOCK);

    @Override
    Provider provider() {
        return provider;
    }

    @Override
    Channel channel() {
        return Samples.channel("ntfy", "https://ntfy.sh/desk", Map.of("token", TOKEN));
    }

    private JsonNode written(Envelope envelope) {
        return Samples.json(provider.compose(channel(), List.of(envelope)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://ntfy.sh/desk, , https://ntfy.sh/, desk", "https://ntfy.sh/desk/, , https://ntfy.sh/, desk",
        "https://ntfy.sh, other, https://ntfy.sh/, other",
                "http://127.0.0.1:9/sandbox/ntfy/desk, , http://127.0.0.1:9/sandbox/ntfy/, desk"
    })
    void topic_goesIntoTheBodyAndTheRestIsTheRoot(String url, String topic, String target, String written) {
        Channel channel = Samples.channel("ntfy", url, topic == null ? Map.of() : Map.of("topic", topic));
        assertThat(provider.problems(channel)).isEmpty();
        assertThat(provider.target(channel)).hasToString(target);
        assertThat(Samples.json(provider.compose(channel, List.of(Samples.envelope(Samples.EMPTY))))
                        .path("topic")
                        .asText())
                .isEqualTo(written);
    }

    @Test
    void card_becomesANotification() {
        Card card = new Card(
                "Opened",
                "BTC",
                1,
                List.of(Samples.field("Size", "2")),
                "https://x.example/1",
                "https://x.example/i.png",
                "desk",
                null);
        Envelope critical = new Envelope(Samples.notification(Priority.CRITICAL), card, "alertes", false);
        assertThat(written(critical).toString())
                .isEqualTo("{\"topic\":\"desk\",\"title\":\"⚠ Opened\","
                        + "\"message\":\"[for channel alertes]\\nBTC\\nSize: 2\\ndesk\",\"priority\":5,"
                        + "\"click\":\"https://x.example/1\",\"attach\":\"https://x.example/i.png\"}");
    }

    @Test
    void message_isCutByBytes() {
        Random random = new Random(8);
        for (int i = 0; i < 200; i++) {
            String message = written(Samples.envelope(Samples.wildCard(random)))
                    .path("message")
                    .asText();
            assertThat(message.getBytes(StandardCharsets.UTF_8).length).isBetween(1, 4096);
            assertThat(Samples.wellFormed(message)).isTrue();
        }
        String emoji = written(Samples.envelope(Samples.card("t", "😀".repeat(2000))))
                .path("message")
                .asText();
        assertThat(emoji).endsWith("😀… (cut, full text in the history: 01JD4Y)");
        assertThat(emoji.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4090, 4096);
    }

    @Test
    void noTopic_isNamedAtLoad() {
        assertThat(provider.problems(Samples.channel("ntfy", "https://ntfy.sh/", Map.of())))
                .singleElement()
                .asString()
                .startsWith("topic: ");
        assertThat(provider.problems(Samples.channel("ntfy", "", Map.of()))).isEmpty();
    }

    @Test
    void answers_areUnderstood() {
        assertThat(judge(200, "{\"id\":\"hwQ2YpKdmg\",\"event\":\"message\"}"))
                .isEqualTo(new Outcome.Delivered("hwQ2YpKdmg"));
        assertThat(judge(429, "{\"code\":42901,\"http\":429}"))
                .isEqualTo(new Outcome.RateLimited(Duration.ofSeconds(30), Scope.HOST));
        assertThat(judge(429, "{\"code\":42908,\"http\":429}"))
                .isEqualTo(new Outcome.RateLimited(Duration.ofHours(1), Scope.HOST));
        assertThat(judge(403, "{\"code\":40301,\"http\":403,\"error\":\"forbidden\"}"))
                .isEqualTo(new Outcome.ChannelRejected("ntfy answered 403: forbidden (40301)"));
        assertThat(judge(400, "{\"code\":40007,\"error\":\"invalid priority parameter\"}"))
                .isInstanceOf(Outcome.MessageRejected.class);
        assertThat(judge(400, "{\"code\":40009,\"error\":\"topic invalid\"}"))
                .isInstanceOf(Outcome.ChannelRejected.class);
    }

    private Outcome judge(int status, String body) {
        return provider.judge(channel(), Samples.answer(status, body));
    }
}
