package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackProviderTest extends ProviderContract {
    private final SlackProvider provider = new SlackProvider(Samples.CLOCK);

    @Override
    Provider provider() {
        return provider;
    }

    @Override
    Channel channel() {
        return Samples.channel("slack", "https://hooks.slack.com/services/T0/B0/" + TOKEN, Map.of());
    }

    private JsonNode written(Envelope... envelopes) {
        return Samples.json(provider.compose(channel(), List.of(envelopes)));
    }

    @Test
    void card_becomesBlocks() {
        Card card = new Card(
                "A & B",
                "x <@U1>",
                1,
                List.of(Samples.field("Size", "2")),
                null,
                "https://x.example/i.png",
                "desk",
                Samples.NOW);
        assertThat(written(Samples.diverted(card)).path("blocks").toString())
                .isEqualTo(
                        "["
                                + "{\"type\":\"context\",\"elements\":[{\"type\":\"mrkdwn\",\"text\":\"for channel alertes\"}]},"
                                + "{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"A &amp; B\"}},"
                                + "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"x &lt;@U1&gt;\"}},"
                                + "{\"type\":\"section\",\"fields\":[{\"type\":\"mrkdwn\",\"text\":\"*Size*\\n2\"}]},"
                                + "{\"type\":\"image\",\"image_url\":\"https://x.example/i.png\",\"alt_text\":\"A & B\"},"
                                + "{\"type\":\"context\",\"elements\":[{\"type\":\"mrkdwn\",\"text\":\"desk · 2026-11-20 08:00:00 UTC\"}]}]");
    }

    @Test
    void linkedTitle_isALinkThatNothingCanEscape() {
        Card card = new Card("a|b>", null, null, List.of(), "https://x.example/?a=1&b=|", null, null, null);
        assertThat(written(Samples.envelope(card)).at("/blocks/0/text/text").asText())
                .isEqualTo("*<https://x.example/?a=1&amp;b=%7C|a¦b&gt;>*");
    }

    @Test
    void threadAndPlainForm() {
        Channel thread = Samples.channel("slack", "https://hooks.slack.com/x", Map.of("thread", "1763625600.000100"));
        assertThat(Samples.json(provider.compose(thread, List.of(Samples.plain(Samples.card("*t*", "<x>")))))
                        .toString())
                .isEqualTo("{\"thread_ts\":\"1763625600.000100\",\"mrkdwn\":false,\"text\":\"*t*\\n&lt;x&gt;\"}");
        assertThat(provider.problems(Samples.channel("slack", "", Map.of("thread", "general"))))
                .singleElement()
                .asString()
                .startsWith("thread: ");
    }

    @Test
    void longText_isSplitOverSections_andItsCodeBlockGoesOn() {
        String text = "```\n" + "code &\n".repeat(600) + "```\nend";
        List<String> sections = SlackText.sections(3000, 5, SlackText.escape(text), "(cut)");
        assertThat(sections)
                .hasSize(3)
                .allSatisfy(section -> assertThat(section).startsWith("```\n").hasSizeLessThanOrEqualTo(3000));
        assertThat(sections.getFirst()).endsWith("\n```");
        assertThat(sections.getLast()).endsWith("```\nend");
        assertThat(String.join("", sections).split("code &amp;", -1)).hasSize(601);
        assertThat(SlackText.sections(3000, 2, SlackText.escape(text), "(cut)"))
                .hasSize(2)
                .last()
                .asString()
                .endsWith("(cut)");
    }

    @Test
    void cutText_isNeverInsideAnEntityAndClosesItsCodeBlock() {
        assertThat(SlackText.cut(40, SlackText.escape("&".repeat(100)), "…")).isEqualTo("&amp;".repeat(7) + "…");
        assertThat(SlackText.cut(30, "```\n" + "code ".repeat(100), "…")).isEqualTo("```\ncode code code code\n```…");
        assertThat(SlackText.cut(12, "abcdefg```" + "x".repeat(100), "…")).isEqualTo("abcdefg…");
    }

    @Test
    void wildCards_keepEveryLimitAndCallNobody() {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            List<Envelope> envelopes = Stream.generate(() -> Samples.envelope(Samples.wildCard(random)))
                    .limit(9)
                    .toList();
            JsonNode json = Samples.json(
                    provider.compose(channel(), envelopes.subList(0, provider.fits(channel(), envelopes))));
            assertThat(json.path("blocks").size()).isBetween(1, 50);
            json.path("blocks").forEach(SlackProviderTest::check);
            json.findValuesAsText("text").stream()
                    .filter(text -> !text.isEmpty())
                    .forEach(text -> {
                        assertThat(text.replaceAll("<https://example\\.org/\\d\\|[^<>]*>", ""))
                                .doesNotContain("<", ">");
                        assertThat(text.replaceAll("https?://\\S+", ""))
                                .doesNotContainPattern("(?i)@(here|channel|everyone)");
                        assertThat(text.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
                        assertThat(Samples.wellFormed(text)).isTrue();
                    });
        }
    }

    private static void check(JsonNode block) {
        switch (block.path("type").asText()) {
            case "header" ->
                assertThat(block.at("/text/text").asText().length()).isBetween(1, 150);
            case "context" -> assertThat(block.path("elements").size()).isBetween(1, 10);
            case "section" -> {
                assertThat(block.at("/text/text").asText().length()).isLessThanOrEqualTo(3000);
                assertThat(block.path("fields").size()).isLessThanOrEqualTo(10);
                block.path("fields")
                        .forEach(field ->
                                assertThat(field.path("text").asText().length()).isBetween(1, 2000));
            }
            default -> assertThat(block.path("type").asText()).isIn("divider", "image");
        }
    }

    @Test
    void backlog_sharesAMessageWithDividers() {
        List<Envelope> small = IntStream.range(0, 30)
                .mapToObj(i -> Samples.envelope(Samples.card("t" + i, "x")))
                .toList();
        assertThat(provider.fits(channel(), small)).isEqualTo(17);
        assertThat(written(small.get(0), small.get(1)).path("blocks"))
                .extracting(block -> block.path("type").asText())
                .containsExactly("header", "section", "divider", "header", "section");
    }

    @ParameterizedTest
    @CsvSource({
        "200, ok, Delivered", "400, invalid_payload, MessageRejected", "400, user_not_found, ChannelRejected",
        "403, action_prohibited, ChannelRejected", "404, no_service, ChannelRejected",
                "410, channel_is_archived, ChannelRejected",
        "400, no_text, MessageRejected", "400, posting_to_general_channel_denied, ChannelRejected",
                "500, rollup_error, Retry"
    })
    void plainWords_areUnderstood(int status, String word, String outcome) {
        Outcome judged = provider.judge(channel(), Samples.answer(status, word));
        assertThat(judged.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(judged.toString()).contains(status == 200 ? "" : "slack answered " + status + ": " + word);
    }
}
