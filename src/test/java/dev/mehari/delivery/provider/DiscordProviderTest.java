package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.RateLimited;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderRequest;
import dev.mehari.notification.Attachment;
import dev.mehari.notification.Priority;
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
import org.junit.jupiter.params.provider.ValueSource;

class DiscordProviderTest extends ProviderContract {
    private static final String URL = "https://discord.com/api/webhooks/223704706495545344/" + TOKEN;
    private final DiscordProvider provider = new DiscordProvider(Samples.CLOCK, Duration.ofMinutes(10));

    @Override
    Provider provider() {
        return provider;
    }

    @Override
    Channel channel() {
        return channel(Map.of());
    }

    private static Channel channel(Map<String, Object> settings) {
        return Samples.channel("discord", URL, settings);
    }

    private JsonNode written(Envelope... envelopes) {
        return Samples.json(provider.compose(channel(), List.of(envelopes)));
    }

    // the address

    @ParameterizedTest
    @CsvSource({
        "https://discord.com/api/webhooks/1/t, https://discord.com/api/v10/webhooks/1/t",
        "https://discordapp.com/api/v6/webhooks/1/t/, https://discordapp.com/api/v10/webhooks/1/t",
        "https://ptb.discord.com/api/v10/webhooks/1/t, https://ptb.discord.com/api/v10/webhooks/1/t",
        "https://discord.com/api/webhooks/1/t/slack, https://discord.com/api/v10/webhooks/1/t",
        "http://127.0.0.1:8080/sandbox/discord/api/webhooks/1/t, http://127.0.0.1:8080/sandbox/discord/api/v10/webhooks/1/t",
    })
    void target_isVersionTenOfTheSameHost(String configured, String target) {
        assertThat(provider.target(Samples.channel("discord", configured, Map.of())))
                .hasToString(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://discord.com/channels/1/" + TOKEN, "no address " + TOKEN, URL + "?wait=true", URL + "#x"
            })
    void wrongAddress_isNamedAtLoadWithoutItsToken(String url) {
        Channel channel = Samples.channel("discord", url, Map.of());
        assertThat(provider.problems(channel))
                .singleElement()
                .asString()
                .startsWith("url: ")
                .doesNotContain(TOKEN);
        if (!url.contains("?")) {
            assertThatThrownBy(() -> provider.target(channel))
                    .hasNoCause()
                    .message()
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void settings_areCheckedAtLoad() {
        assertThat(provider.problems(channel(Map.of(
                        "username", "Discord bot", "avatar", "x", "thread", "general", "mentions", List.of("all")))))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder("username", "avatar", "thread", "mentions");
        assertThat(provider.problems(channel(Map.of("thread", 123L, "mentions", List.of("users", "123456")))))
                .isEmpty();
    }

    // what is written

    @Test
    void card_becomesAnEmbed() {
        Card card = new Card(
                "BTC *closed*",
                "profit_taken",
                0x2ECC71,
                List.of(Samples.field("P&L", "+12.50")),
                "https://x.example/1",
                "https://x.example/c.png",
                "desk",
                Samples.NOW);
        ProviderRequest request = provider.compose(
                channel(Map.of("username", "Trading desk", "thread", "77")), List.of(Samples.diverted(card)));
        assertThat(request.query()).isEqualTo(Map.of("wait", "true", "thread_id", "77"));
        assertThat(request.headers().get("User-Agent")).matches("DiscordBot \\(https://github.com/mehari, .+\\)");
        JsonNode json = Samples.json(request);
        assertThat(json.path("username").asText()).isEqualTo("Trading desk");
        assertThat(json.path("allowed_mentions").toString()).isEqualTo("{\"parse\":[]}");
        JsonNode embed = json.path("embeds").path(0);
        assertThat(embed.path("title").asText()).isEqualTo("BTC \\*closed\\*");
        assertThat(embed.path("description").asText()).isEqualTo("profit\\_taken");
        assertThat(embed.path("color").asInt()).isEqualTo(0x2ECC71);
        assertThat(embed.path("fields").path(0).toString())
                .isEqualTo("{\"name\":\"P&L\",\"value\":\"+12.50\",\"inline\":true}");
        assertThat(embed.path("author").path("name").asText()).isEqualTo("for channel alertes");
        assertThat(embed.path("footer").path("text").asText()).isEqualTo("desk");
        assertThat(embed.path("image").path("url").asText()).isEqualTo("https://x.example/c.png");
        assertThat(embed.path("timestamp").asText()).isEqualTo("2026-11-20T08:00:00Z");
    }

    @Test
    void emptyCard_isNamedByItsType() {
        assertThat(written(Samples.envelope(Samples.EMPTY))
                        .at("/embeds/0/title")
                        .asText())
                .isEqualTo("trade.opened");
        Envelope critical =
                new Envelope(Samples.notification(Priority.CRITICAL), Samples.card("Down", " "), null, false);
        assertThat(written(critical).at("/embeds/0").toString()).isEqualTo("{\"title\":\"⚠ Down\"}");
    }

    @Test
    void longText_isCutAndSaysSo() {
        JsonNode embed = written(Samples.envelope(Samples.card("t", "word ".repeat(2000))))
                .path("embeds")
                .path(0);
        assertThat(embed.path("description").asText())
                .endsWith("word… (cut, full text in the history: 01JD4Y)")
                .hasSizeBetween(4000, 4096);
    }

    @Test
    void droppedField_isSaid() {
        List<Card.Field> fields = IntStream.range(0, 26)
                .mapToObj(i -> Samples.field("n" + i, "v"))
                .toList();
        JsonNode embed = written(Samples.envelope(new Card("t", null, null, fields, null, null, null, null)))
                .at("/embeds/0");
        assertThat(embed.path("fields")).hasSize(25);
        assertThat(embed.path("description").asText()).contains("full text in the history");
    }

    @Test
    void wildCards_keepEveryLimit() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            List<Envelope> envelopes = Stream.generate(() -> Samples.envelope(Samples.wildCard(random)))
                    .limit(3)
                    .toList();
            int fits = provider.fits(channel(), envelopes);
            JsonNode json = Samples.json(provider.compose(channel(), envelopes.subList(0, fits)));
            int total = 0;
            for (JsonNode embed : json.path("embeds")) {
                total += limit(embed.path("title"), 256)
                        + limit(embed.path("description"), 4096)
                        + limit(embed.at("/footer/text"), 2048)
                        + limit(embed.at("/author/name"), 256);
                assertThat(embed.path("fields").size()).isLessThanOrEqualTo(25);
                for (JsonNode field : embed.path("fields")) {
                    assertThat(field.path("name").asText()).isNotBlank();
                    assertThat(field.path("value").asText()).isNotBlank();
                    total += limit(field.path("name"), 256) + limit(field.path("value"), 1024);
                }
            }
            assertThat(total).isLessThanOrEqualTo(6000);
            JsonNode plain = Samples.json(provider.compose(
                    channel(), List.of(Samples.plain(envelopes.getFirst().card()))));
            assertThat(plain.has("embeds")).isFalse();
            assertThat(limit(plain.path("content"), 2000)).isPositive();
        }
    }

    private static int limit(JsonNode text, int limit) {
        assertThat(text.asText().length()).isLessThanOrEqualTo(limit);
        assertThat(Samples.wellFormed(text.asText())).isTrue();
        return text.asText().length();
    }

    @Test
    void backlog_goesOutTenAtATimeWithinSixThousand() {
        List<Envelope> small = IntStream.range(0, 12)
                .mapToObj(i -> Samples.envelope(Samples.card("t" + i, "x")))
                .toList();
        assertThat(provider.fits(channel(), small)).isEqualTo(10);
        assertThat(Samples.json(provider.compose(channel(), small.subList(0, 10)))
                        .path("embeds"))
                .extracting(embed -> embed.path("title").asText())
                .containsExactly("t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9");
        List<Envelope> large = IntStream.range(0, 5)
                .mapToObj(i -> Samples.envelope(Samples.card("t", "x ".repeat(1001))))
                .toList();
        assertThat(provider.fits(channel(), large)).isEqualTo(2);
    }

    @Test
    void filesAndPlainRetries_goAlone() {
        Envelope small = Samples.envelope(Samples.card("t", "x"));
        Envelope file = new Envelope(
                Samples.notification(Priority.NORMAL, new Attachment("a.png", "image/png", new byte[] {1}, null)),
                small.card(),
                null,
                false);
        assertThat(provider.fits(channel(), List.of(file, small))).isEqualTo(1);
        assertThat(provider.fits(channel(), List.of(small, small, file))).isEqualTo(2);
        assertThat(provider.fits(channel(), List.of(small, Samples.plain(small.card()))))
                .isEqualTo(1);
    }

    @Test
    void repeatedLink_isLeftOutSoThatNoEmbedIsHidden() {
        Card linked = new Card("t", "x", null, List.of(), "https://x.example/", null, null, null);
        JsonNode embeds =
                written(Samples.envelope(linked), Samples.envelope(linked)).path("embeds");
        assertThat(embeds.path(0).has("url")).isTrue();
        assertThat(embeds.path(1).has("url")).isFalse();
    }

    @Test
    void attachments_goAsMultipartFilesAndShowInTheEmbed() {
        Attachment chart = new Attachment("chart 1.png", "image/png", "PNG!".getBytes(StandardCharsets.UTF_8), null);
        Attachment evil =
                new Attachment("a\"\r\nX: y.txt", "text/plain\r\nX: y", "text".getBytes(StandardCharsets.UTF_8), null);
        Attachment link = new Attachment("report", "text/html", null, "https://x.example/r");
        Card card = new Card("t", "x", null, List.of(), null, "attachment://chart 1.png", null, null);
        ProviderRequest request = provider.compose(
                channel(),
                List.of(new Envelope(Samples.notification(Priority.NORMAL, chart, evil, link), card, null, false)));
        assertThat(request.headers().get("Content-Type")).startsWith("multipart/form-data; boundary=mehari-");
        assertThat(new String(request.body(), StandardCharsets.UTF_8))
                .contains("name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n{")
                .contains("\"image\":{\"url\":\"attachment://chart_1.png\"}")
                .contains("\"attachments\":[{\"id\":0,\"filename\":\"chart_1.png\"},{\"id\":1,")
                .contains("name=\"files[0]\"; filename=\"chart_1.png\"\r\nContent-Type: image/png\r\n\r\nPNG!\r\n")
                .contains("name=\"files[1]\"; filename=\"a___X__y.txt\"\r\nContent-Type: application/octet-stream\r\n")
                .contains("report: https://x.example/r")
                .doesNotContain("\nX: y");
    }

    @Test
    void mentions_callNobodyUnlessAllowed() {
        Envelope calling = Samples.envelope(Samples.card("@everyone", "<@123456> and <@&777777> and @here"));
        assertThat(written(calling).toString()).doesNotContain("@everyone", "@here", "content");
        JsonNode users =
                Samples.json(provider.compose(channel(Map.of("mentions", List.of("users"))), List.of(calling)));
        assertThat(users.path("content").asText()).isEqualTo("<@123456>");
        assertThat(users.path("allowed_mentions").toString()).isEqualTo("{\"parse\":[],\"users\":[\"123456\"]}");
        assertThat(users.at("/embeds/0/description").asText()).isEqualTo("<@123456> and \\<@&777777> and @\u200Bhere");
        JsonNode more = Samples.json(
                provider.compose(channel(Map.of("mentions", List.of("everyone", "777777"))), List.of(calling)));
        assertThat(more.path("content").asText()).isEqualTo("@everyone <@&777777> @here");
        assertThat(more.path("allowed_mentions").toString())
                .isEqualTo("{\"parse\":[\"everyone\"],\"roles\":[\"777777\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "Desk,Desk",
        "'  A \t B ',A B",
        "My Discord,",
        "CLYDE2,",
        "here,",
        "over here,",
        "There,There",
        "everyone1,",
        "' ',"
    })
    void username_isMendedOrDropped(String wanted, String sent) {
        assertThat(DiscordName.of(wanted).orElse(null)).isEqualTo(sent);
        assertThat(DiscordName.of("😀".repeat(60)).orElseThrow())
                .hasSizeBetween(78, 80)
                .satisfies(name -> assertThat(Samples.wellFormed(name)).isTrue());
    }

    // what is answered

    @Test
    void messageId_isKept() {
        assertThat(provider.judge(channel(), Samples.answer(200, "{\"id\":\"1308700000000000001\",\"type\":0}")))
                .isEqualTo(new Outcome.Delivered("1308700000000000001"));
        assertThat(provider.judge(channel(), Samples.answer(204, ""))).isEqualTo(new Outcome.Delivered(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "user¦65¦{\"retry_after\":64.57,\"global\":false}¦65050¦CHANNEL",
                "user¦1¦{\"retry_after\":64.57,\"global\":false}¦64620¦CHANNEL",
                "shared¦1¦{\"code\":20028,\"global\":false,\"retry_after\":1163.097}¦1163147¦SHARED",
                "''¦1¦{\"code\":20028,\"global\":false,\"retry_after\":2}¦2050¦SHARED",
                "global¦3¦{\"retry_after\":2,\"global\":true}¦3050¦HOST",
                "user¦3¦not json¦3050¦CHANNEL",
            })
    void tooFast_waitsTheLongerOfHeaderAndBody(String scope, String header, String body, long millis, Scope who) {
        Map<String, String> headers = Map.of(
                "via",
                "1.1 google",
                "retry-after",
                header,
                "x-ratelimit-scope",
                scope,
                "x-ratelimit-reset-after",
                "0.9");
        assertThat(provider.judge(channel(), Samples.answer(429, headers, body)))
                .isEqualTo(new RateLimited(Duration.ofMillis(millis), who));
    }

    @Test
    void banAtTheEdge_shutsTheWholeHost() {
        RateLimited ban = new RateLimited(Duration.ofMinutes(10), Scope.HOST);
        assertThat(provider.judge(channel(), Samples.answer(429, "<html>error code: 1015</html>")))
                .isEqualTo(ban);
        assertThat(provider.judge(channel(), Samples.answer(429, "{\"retry_after\":2}")))
                .isEqualTo(ban);
        assertThat(provider.judge(channel(), Samples.answer(429, Map.of("via", "1.1 google"), "{\"code\":0}")))
                .isEqualTo(ban);
        assertThat(provider.judge(channel(), Samples.answer(429, Map.of("retry-after", "3600"), "")))
                .isEqualTo(new RateLimited(Duration.ofHours(1), Scope.HOST));
    }

    @Test
    void refusals_nameCodeAndField() {
        String form =
                "{\"message\":\"Invalid Form Body\",\"code\":50035,\"errors\":{\"embeds\":{\"0\":{\"fields\":{\"1\":{\"value\":"
                        + "{\"_errors\":[{\"code\":\"BASE_TYPE_MAX_LENGTH\",\"message\":\"Must be 1024 or fewer in length.\"}]}}}}}}}";
        assertThat(provider.judge(channel(), Samples.answer(400, form)))
                .isEqualTo(
                        new Outcome.MessageRejected(
                                "discord answered 400: Invalid Form Body (50035), embeds[0].fields[1].value: Must be 1024 or fewer in length."));
        assertThat(provider.judge(channel(), Samples.answer(404, "{\"message\":\"Unknown Webhook\",\"code\":10015}")))
                .isEqualTo(new Outcome.ChannelRejected("discord answered 404: Unknown Webhook (10015)"));
        assertThat(provider.judge(
                        channel(), Samples.answer(401, "{\"message\":\"Invalid Webhook Token\",\"code\":50027}")))
                .isInstanceOf(Outcome.ChannelRejected.class);
        assertThat(provider.judge(channel(), Samples.answer(400, "{\"message\":\"…\",\"code\":220001}")))
                .isInstanceOf(Outcome.ChannelRejected.class);
        assertThat(provider.judge(
                        channel(), Samples.answer(403, "{\"message\":\"internal network error\",\"code\":40333}")))
                .isInstanceOf(Outcome.Retry.class);
    }
}
