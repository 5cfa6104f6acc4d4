package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramProviderTest extends ProviderContract {
    private final TelegramProvider provider = new TelegramProvider(Samples.CLOCK);

    @Override
    Provider provider() {
        return provider;
    }

    @Override
    Channel channel() {
        return channel(Map.of("chat", "-1001557912345"));
    }

    private static Channel channel(Map<String, Object> settings) {
        return Samples.channel("telegram", "https://api.telegram.org/bot123456:" + TOKEN + "/", settings);
    }

    private JsonNode written(Envelope... envelopes) {
        return Samples.json(provider.compose(channel(), List.of(envelopes)));
    }

    @Test
    void card_becomesHtml() {
        Card card = new Card(
                "A <b> & B",
                "profit_taken @admin a@b.example https://m.example/@me",
                1,
                List.of(Samples.field("P&L", "+12")),
                "https://x.example/?a=1&b=\"",
                null,
                "desk",
                null);
        ProviderRequest request =
                provider.compose(channel(Map.of("chat", "@ops", "topic", 7)), List.of(Samples.diverted(card)));
        assertThat(request.path()).isEqualTo("/sendMessage");
        assertThat(provider.target(channel())).hasToString("https://api.telegram.org/bot123456:" + TOKEN);
        assertThat(Samples.json(request).toString())
                .isEqualTo("{\"chat_id\":\"@ops\",\"message_thread_id\":7,\"parse_mode\":\"HTML\","
                        + "\"text\":\"<i>for channel alertes</i>\\n<b>A &lt;b&gt; &amp; B</b>\\n"
                        + "profit_taken @\u200Badmin a@b.example https://m.example/@me\\n<b>P&amp;L:</b> +12\\n<i>desk</i>\","
                        + "\"link_preview_options\":{\"is_disabled\":true}}");
        assertThat(written(Samples.envelope(card)).path("chat_id").isIntegralNumber())
                .isTrue();
    }

    @Test
    void linkedTitle_quotesItsAddress() {
        Card card = new Card("t", null, null, List.of(), "https://x.example/?a=1&b='2'", null, null, null);
        assertThat(written(Samples.envelope(card)).path("text").asText())
                .isEqualTo("<b><a href=\"https://x.example/?a=1&amp;b='2'\">t</a></b>");
    }

    @Test
    void wildCards_areWellFormedHtmlWithinTheLimit_andNothingOfThemIsLost() {
        Random random = new Random(6);
        int split = 0;
        for (int i = 0; i < 300; i++) {
            Envelope envelope = Samples.envelope(Samples.wildCard(random));
            int parts = provider.parts(channel(), envelope);
            split += parts > 1 ? 1 : 0;
            StringBuilder all = new StringBuilder();
            for (int sent = 0; sent < parts; sent++) {
                all.append(parsed(written(sent(envelope, sent)).path("text").asText()));
            }
            assertThat(squeezed(all.toString())).isEqualTo(squeezed(new TelegramText(envelope).plain()));
        }
        assertThat(split).isGreaterThan(50);
    }

    private static Envelope sent(Envelope envelope, int sent) {
        return new Envelope(envelope.notification(), envelope.card(), null, envelope.plain(), sent);
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }

    /** What Telegram reads, after some checks of its markup. */
    private static String parsed(String html) {
        String text = html.replaceAll("</?(b|i)>|<a href=\"https://example.org/\\d\">|</a>", "");
        assertThat(text).doesNotContain("<", ">");
        assertThat(text.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
        String parsed = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        assertThat(parsed.length()).isBetween(1, 4096);
        assertThat(parsed).doesNotContainPattern("(?<![\\w/])@\\w");
        assertThat(Samples.wellFormed(html)).isTrue();
        for (String tag : List.of("b", "i", "a")) {
            assertThat(html.split("<" + tag + "[ >]", -1)).hasSameSizeAs(html.split("</" + tag + ">", -1));
        }
        return parsed;
    }

    @Test
    void longText_becomesSeveralMessages_inOrder_splitBetweenLines() {
        String line = "x".repeat(99) + "\n";
        Envelope envelope = Samples.envelope(Samples.card("t", line.repeat(100)));
        assertThat(provider.parts(channel(), envelope)).isEqualTo(3);
        assertThat(provider.fits(channel(), List.of(envelope, envelope))).isEqualTo(1);
        assertThat(written(envelope).path("text").asText())
                .startsWith("<b>t</b>\nx")
                .hasSize(7 + 2 + 4000 - 1);
        assertThat(written(sent(envelope, 1)).path("text").asText()).hasSize(4000 - 1);
        assertThat(written(sent(envelope, 2)).path("text").asText()).hasSize(2000 - 1);
    }

    @Test
    void tagOpenAtASplit_isOpenedAgain() {
        Card card = new Card("😀".repeat(3000), null, null, List.of(), "https://x.example/", null, null, null);
        Envelope envelope = Samples.envelope(card);
        String open = "<b><a href=\"https://x.example/\">";
        String close = "</a></b>";
        assertThat(written(envelope).path("text").asText()).isEqualTo(open + "😀".repeat(2048) + close);
        assertThat(written(sent(envelope, 1)).path("text").asText()).isEqualTo(open + "😀".repeat(952) + close);
    }

    @Test
    void textForMoreMessagesThanTheChannelWants_isCutAndSaysSo() {
        Envelope envelope = Samples.envelope(Samples.card("t", "word ".repeat(2000)));
        Channel two = channel(Map.of("chat", "-1001557912345", "parts", 2));
        assertThat(provider.parts(two, envelope)).isEqualTo(2);
        String last = Samples.json(provider.compose(two, List.of(sent(envelope, 1))))
                .path("text")
                .asText();
        assertThat(last)
                .endsWith("word… (cut, full text in the history: 01JD4Y)")
                .hasSizeBetween(4000, 4096);
        assertThat(provider.problems(channel(Map.of("chat", "1", "parts", 0)))).hasSize(1);
    }

    /** The rich form may be refused after some of its parts were taken: the plain one goes on at the same place. */
    @Test
    void plainParts_areCutWhereTheRichOnesAre() {
        Random random = new Random(8);
        for (int i = 0; i < 100; i++) {
            Card card = Samples.wildCard(random);
            int parts = provider.parts(channel(), Samples.envelope(card));
            for (int sent = 0; sent < parts; sent++) {
                String rich = parsed(
                        written(sent(Samples.envelope(card), sent)).path("text").asText());
                String plain =
                        written(sent(Samples.plain(card), sent)).path("text").asText();
                assertThat(plain).hasSizeBetween(1, 4096).startsWith(rich.strip());
            }
            assertThat(provider.parts(channel(), Samples.plain(card))).isBetween(parts, parts + 1);
        }
    }

    @Test
    void namesAtASplit_areCalledByNobody() {
        Envelope mail = Samples.envelope(Samples.card("t", "x".repeat(4093) + "y@mail.example " + "z".repeat(99)));
        assertThat(written(sent(mail, 1)).path("text").asText()).startsWith("y@mail.example");
    }

    @Test
    void picture_goesAsPhotoOrAsPreviewOfALongText() {
        Card card = new Card("t", "x", null, List.of(), null, "https://x.example/i.png", null, null);
        ProviderRequest photo = provider.compose(channel(), List.of(Samples.envelope(card)));
        assertThat(photo.path()).isEqualTo("/sendPhoto");
        assertThat(Samples.json(photo).path("photo").asText()).isEqualTo("https://x.example/i.png");
        assertThat(Samples.json(photo).path("caption").asText()).isEqualTo("<b>t</b>\nx");
        Card more = new Card("t", "x".repeat(1500), null, List.of(), null, "https://x.example/i.png", null, null);
        JsonNode text = written(Samples.envelope(more));
        assertThat(text.at("/link_preview_options/url").asText()).isEqualTo("https://x.example/i.png");
    }

    @Test
    void files_goAloneOrAsAGroup() {
        Attachment picture = new Attachment("a.png", "image/png", "PNG1".getBytes(StandardCharsets.UTF_8), null);
        Attachment second = new Attachment("b.png", "image/png", "PNG2".getBytes(StandardCharsets.UTF_8), null);
        Attachment log = new Attachment("c.log", "text/plain", "log".getBytes(StandardCharsets.UTF_8), null);
        assertThat(upload(picture))
                .startsWith("/sendPhoto")
                .contains("name=\"chat_id\"")
                .contains("\r\n\r\n-1001557912345\r\n")
                .contains("name=\"photo\"; filename=\"a.png\"")
                .contains("name=\"caption\"");
        assertThat(upload(log)).startsWith("/sendDocument").contains("name=\"document\"; filename=\"c.log\"");
        assertThat(upload(picture, second))
                .startsWith("/sendMediaGroup")
                .contains("{\"type\":\"photo\",\"media\":\"attach://file0\",\"caption\":")
                .contains("name=\"file1\"; filename=\"b.png\"");
        assertThat(upload(picture, log)).contains("{\"type\":\"document\",\"media\":\"attach://file1\",\"caption\":");
    }

    @Test
    void textTooLongForACaption_followsThePicture() {
        Attachment picture = new Attachment("a.png", "image/png", "PNG1".getBytes(StandardCharsets.UTF_8), null);
        Envelope envelope = new Envelope(
                Samples.notification(Priority.NORMAL, picture), Samples.card("Chart", "y".repeat(1500)), null, false);
        assertThat(provider.parts(channel(), envelope)).isEqualTo(2);
        ProviderRequest photo = provider.compose(channel(), List.of(envelope));
        assertThat(photo.path()).isEqualTo("/sendPhoto");
        assertThat(new String(photo.body(), StandardCharsets.UTF_8)).contains("\r\n\r\n<b>Chart</b>\r\n");
        ProviderRequest rest = provider.compose(channel(), List.of(sent(envelope, 1)));
        assertThat(rest.path()).isEqualTo("/sendMessage");
        assertThat(Samples.json(rest).path("text").asText()).isEqualTo("y".repeat(1500));

        Envelope plain = new Envelope(envelope.notification(), envelope.card(), null, true);
        assertThat(written(plain).path("text").asText()).isEqualTo("Chart\na.png: in the history");
        assertThat(written(sent(plain, 1)).path("text").asText()).isEqualTo("y".repeat(1500));
    }

    private String upload(Attachment... attachments) {
        Envelope envelope =
                new Envelope(Samples.notification(Priority.NORMAL, attachments), Samples.card("t", "x"), null, false);
        ProviderRequest request = provider.compose(channel(), List.of(envelope));
        return request.path() + new String(request.body(), StandardCharsets.UTF_8);
    }

    @Test
    void backlog_sharesAMessage() {
        List<Envelope> small = IntStream.range(0, 12)
                .mapToObj(i -> Samples.envelope(Samples.card("t" + i, "x".repeat(1000))))
                .toList();
        assertThat(provider.fits(channel(), small)).isEqualTo(4);
        assertThat(written(small.get(0), small.get(1)).path("text").asText()).contains("x\n\n<b>t1</b>\n");
        Envelope photo =
                Samples.envelope(new Card("t", "x", null, List.of(), null, "https://x.example/i.png", null, null));
        assertThat(provider.fits(channel(), List.of(small.get(0), photo))).isEqualTo(1);
        assertThat(provider.fits(channel(), List.of(photo, small.get(0)))).isEqualTo(1);
    }

    @Test
    void plainForm_hasNoParseMode() {
        JsonNode json = written(Samples.plain(Samples.card("a <b>", "x & y")));
        assertThat(json.has("parse_mode")).isFalse();
        assertThat(json.path("text").asText()).isEqualTo("a <b>\nx & y");
    }

    @ParameterizedTest
    @CsvSource({
        "@a,@|a",
        "x@a.example,x@a.example",
        "https://h.example/@a,https://h.example/@a",
        "http://@a,http://@|a",
        "https://h.example/ @a,https://h.example/ @|a",
        "//@a,//@|a",
        "https://h.example<@a,https://h.example<@|a"
    })
    void names_areCalledByNobody(String text, String quiet) {
        assertThat(TelegramHtml.silence(text)).isEqualTo(quiet.replace('|', '\u200B'));
    }

    @Test
    void lowPriority_isSilent() {
        Envelope low = new Envelope(Samples.notification(Priority.LOW), Samples.card("t", "x"), null, false);
        assertThat(written(low).path("disable_notification").asBoolean()).isTrue();
        assertThat(written(low, Samples.envelope(Samples.card("t", "x"))).has("disable_notification"))
                .isFalse();
    }

    @Test
    void answers_areUnderstood() {
        assertThat(judge(200, "{\"ok\":true,\"result\":{\"message_id\":42}}")).isEqualTo(new Outcome.Delivered("42"));
        assertThat(judge(200, "{\"ok\":true,\"result\":[{\"message_id\":7},{\"message_id\":8}]}"))
                .isEqualTo(new Outcome.Delivered("7"));
        assertThat(
                        judge(
                                429,
                                "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 34\",\"parameters\":{\"retry_after\":34}}"))
                .isEqualTo(new Outcome.RateLimited(Duration.ofSeconds(34), Scope.CHANNEL));
        assertThat(
                        judge(
                                400,
                                "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: group chat was upgraded to a supergroup chat\",\"parameters\":{\"migrate_to_chat_id\":-1001557912345}}"))
                .isEqualTo(new Outcome.Moved("chat", "-1001557912345"));
        assertThat(judge(400, "{\"description\":\"Bad Request: can't parse entities: Unsupported start tag\"}"))
                .isEqualTo(new Outcome.MessageRejected(
                        "telegram answered 400: Bad Request: can't parse entities: Unsupported start tag"));
        assertThat(judge(403, "{\"description\":\"Forbidden: bot was blocked by the user\"}"))
                .isInstanceOf(Outcome.ChannelRejected.class);
        assertThat(judge(200, "{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden\"}"))
                .isInstanceOf(Outcome.ChannelRejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat not found",
                "message thread not found",
                "not enough rights to send text messages to the chat",
                "TOPIC_CLOSED"
            })
    void brokenChat_isNoBadMessage(String what) {
        assertThat(judge(400, "{\"description\":\"Bad Request: " + what + "\"}"))
                .isInstanceOf(Outcome.ChannelRejected.class);
    }

    private Outcome judge(int status, String body) {
        return provider.judge(channel(), Samples.answer(status, body));
    }

    @Test
    void settings_areCheckedAtLoad() {
        assertThat(provider.problems(Samples.channel(
                        "telegram", "https://api.telegram.org/bot1:x/sendMessage", Map.of("topic", "x"))))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder("url", "chat", "topic");
        assertThat(provider.problems(channel(Map.of("chat", -100L, "topic", 3))))
                .isEmpty();
    }
}
