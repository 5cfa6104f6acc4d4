package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderRequest;
import dev.mehari.security.Redaction;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WebhookProviderTest extends ProviderContract {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String ED25519 =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    private final Envelope envelope = Samples.envelope(Samples.card("BTC", "up"));
    private final WebhookProvider provider = new WebhookProvider(Samples.CLOCK);

    @Override
    Provider provider() {
        return provider;
    }

    @Override
    Channel channel() {
        return channel(Map.of("headers", Map.of("Authorization", "Bearer " + TOKEN), "secrets", List.of(SECRET)));
    }

    private static Channel channel(Map<String, Object> settings) {
        return Samples.channel("webhook", "https://in.example/hooks/" + TOKEN + "?k=v", settings);
    }

    @Test
    void body_isTheNotificationOrItsCard() {
        JsonNode notification =
                Samples.json(provider.compose(channel(Map.of()), List.of(Samples.diverted(envelope.card()))));
        assertThat(notification.path("id").asText()).isEqualTo("01JD4Y");
        assertThat(notification.path("data").path("size").asInt()).isEqualTo(2);
        assertThat(notification.path("createdAt").asText()).isEqualTo("2026-11-20T08:00:00Z");
        assertThat(notification.path("channel").asText()).isEqualTo("trades");
        assertThat(notification.path("divertedFrom").asText()).isEqualTo("alertes");
        JsonNode card = Samples.json(provider.compose(channel(Map.of("body", "card")), List.of(envelope)));
        assertThat(card.path("card").path("title").asText()).isEqualTo("BTC");
        assertThat(card.has("data")).isFalse();
    }

    @Test
    void card_isMadeOnce_andNotForANotificationAsItCameIn() {
        var made = new AtomicInteger();
        var lazy = new Envelope(
                envelope.notification(),
                () -> {
                    made.incrementAndGet();
                    return envelope.card();
                },
                null,
                false,
                0);
        provider.compose(channel(Map.of()), List.of(lazy));
        assertThat(made).hasValue(0);

        for (int i = 0; i < 2; i++) {
            provider.compose(channel(Map.of("body", "card")), List.of(lazy));
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void methodAndHeaders_areTheChannelsOwn() {
        ProviderRequest put = provider.compose(channel(Map.of("method", "put")), List.of(envelope));
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.headers())
                .containsEntry(
                        "traceparent",
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-"
                                + put.headers().get("traceparent").substring(36, 52) + "-01");
        ProviderRequest get = provider.compose(channel(Map.of("method", "GET")), List.of(envelope));
        assertThat(get.body()).isEmpty();
        assertThat(get.query()).containsEntry("id", "01JD4Y").containsEntry("type", "trade.opened");
        assertThat(provider.secretHeaders(channel())).containsEntry("authorization", "Bearer " + TOKEN);
    }

    @Test
    void id_staysThroughRetriesAndTellsDivertedCopies() {
        Clock later = Clock.offset(Samples.CLOCK, Duration.ofMinutes(5));
        Map<String, String> first =
                provider.compose(channel(), List.of(envelope)).headers();
        Map<String, String> second =
                new WebhookProvider(later).compose(channel(), List.of(envelope)).headers();
        assertThat(first.get("webhook-id")).isEqualTo("01JD4Y").isEqualTo(second.get("webhook-id"));
        assertThat(Long.parseLong(second.get("webhook-timestamp")) - Long.parseLong(first.get("webhook-timestamp")))
                .isEqualTo(300);
        assertThat(provider.compose(channel(), List.of(Samples.diverted(envelope.card())))
                        .headers())
                .containsEntry("webhook-id", "01JD4Y_for_alertes");
    }

    /** The public library of the standard reads the wall clock, so this one signs by it too; it knows v1, and passes over v1a. */
    @Test
    void signature_isAcceptedByThePublicLibraryWithOldAndNewSecret() throws Exception {
        Channel rotating = channel(Map.of("secrets", List.of(SECRET, ED25519, OTHER_SECRET)));
        ProviderRequest request = new WebhookProvider(Clock.systemUTC()).compose(rotating, List.of(envelope));
        HttpHeaders headers = HttpHeaders.of(
                request.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))),
                (name, value) -> true);
        String body = new String(request.body(), StandardCharsets.UTF_8);
        new Webhook(SECRET).verify(body, headers.map());
        new Webhook(OTHER_SECRET).verify(body, headers.map());
        String stranger = "whsec_" + "A".repeat(32);
        assertThatThrownBy(() -> new Webhook(stranger).verify(body, headers.map()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void unsignedChannel_sendsIdAndTimestampAlone() {
        assertThat(provider.compose(channel(Map.of()), List.of(envelope)).headers())
                .containsKeys("webhook-id", "webhook-timestamp")
                .doesNotContainKey("webhook-signature");
    }

    @Test
    void settings_areCheckedAtLoad() {
        assertThat(provider.problems(channel(Map.of(
                        "method",
                        "BREW",
                        "body",
                        "x",
                        "secrets",
                        List.of("plain-" + TOKEN),
                        "headers",
                        Map.of("webhook-id", "1", "X-Bad", "a\r\nb", "X y", "1")))))
                .hasSize(6)
                .allSatisfy(problem -> assertThat(problem).doesNotContain(TOKEN));
        assertThat(provider.problems(channel(Map.of("headers", "Authorization: x"))))
                .singleElement()
                .asString()
                .startsWith("headers: ");
    }

    @Test
    void credentials_areMaskedFromTheFirstLookOn() {
        Map<String, Object> headers =
                Map.of("headers", Map.of("X-Api-Key", "k3y-of-the-desk", "Accept", "text/special"));
        provider.secretHeaders(channel(headers));
        assertThat(Redaction.mask("k3y-of-the-desk text/special")).isEqualTo("*** text/special");
    }

    @Test
    void redirectAndGone_stopTheChannel() {
        assertThat(provider.judge(channel(), Samples.answer(307, "")))
                .isInstanceOfSatisfying(
                        Outcome.ChannelRejected.class,
                        rejected -> assertThat(rejected.reason()).contains("redirects are not followed"));
        assertThat(provider.judge(channel(), Samples.answer(410, "unsubscribed")))
                .isEqualTo(new Outcome.ChannelRejected("webhook answered 410: unsubscribed"));
    }
}
