package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.notification.Attachment;
import dev.mehari.notification.Priority;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailProviderTest extends ProviderContract {
    private final EmailProvider provider = new EmailProvider(Samples.CLOCK);

    @Override
    Provider provider() {
        return provider;
    }

    @Override
    Channel channel() {
        return channel("smtp://desk:" + TOKEN + "@mail.example:587", Map.of());
    }

    private static Channel channel(String url, Map<String, Object> more) {
        Map<String, Object> settings = new java.util.HashMap<>(more);
        settings.putIfAbsent("from", "Mehari <alerts@desk.example>");
        settings.putIfAbsent("to", List.of("a@desk.example", "Béa <b@desk.example>"));
        return Samples.channel("email", url, settings);
    }

    private MimeMessage letter(Envelope envelope) throws Exception {
        byte[] body = provider.compose(channel(), List.of(envelope)).body();
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(body));
    }

    private static String part(MimeMessage letter, int index) throws Exception {
        return (String) ((MimeMultipart) letter.getContent()).getBodyPart(index).getContent();
    }

    @Test
    void card_becomesTextAndHtml() throws Exception {
        Card card = new Card(
                "P&L über <b>",
                "profit\ntaken",
                0x2ECC71,
                List.of(Samples.field("Size", "<2>")),
                "https://x.example/?a=1&b=2",
                "https://x.example/i.png",
                "desk",
                null);
        MimeMessage letter = letter(Samples.diverted(card));
        assertThat(letter.getSubject()).isEqualTo("[for channel alertes] P&L über <b>");
        assertThat(letter.getFrom()[0]).hasToString("Mehari <alerts@desk.example>");
        assertThat(letter.getAllRecipients()).hasSize(2);
        assertThat(letter.getMessageID()).isEqualTo("<01JD4Y.for.alertes@desk.example>");
        assertThat(letter.getSentDate()).isEqualTo(Samples.NOW);
        assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(letter.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
        assertThat(letter.getHeader("X-Trace-Id")).hasSize(1);
        assertThat(part(letter, 0)).contains("profit\r\ntaken\r\nSize: <2>\r\n");
        assertThat(part(letter, 1))
                .contains(
                        "<a href=\"https://x.example/?a=1&amp;b=2\">P&amp;L über &lt;b&gt;</a>",
                        "&lt;2&gt;",
                        "4px solid #2ecc71",
                        "<img alt=\"\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: evil@x.example",
                "a\nBcc: evil@x.example",
                "a\rBcc: evil@x.example",
                "a\u2028Bcc: evil@x.example",
                "a\u0085Bcc: evil@x.example",
                "=?utf-8?q?a=0d=0aBcc:_evil@x.example?="
            })
    void header_cannotBeSmuggledIn(String title) throws Exception {
        MimeMessage letter = letter(Samples.envelope(Samples.card(title, title)));
        assertThat(letter.getHeader("Bcc")).isNull();
        assertThat(letter.getAllRecipients()).hasSize(2);
        assertThat(letter.getHeader("Subject")).hasSize(1);
        assertThat(letter.getSubject())
                .matches("(a|= ?)[^\\p{Cntrl}\u2028]+")
                .contains("Bcc")
                .startsWith(title.startsWith("=") ? "= ?" : "a");
    }

    @Test
    void messageId_staysThroughRetries() throws Exception {
        Envelope envelope = Samples.envelope(Samples.card("t", "x"));
        assertThat(letter(envelope).getMessageID())
                .isEqualTo("<01JD4Y@desk.example>")
                .isEqualTo(letter(envelope).getMessageID());
    }

    @Test
    void wildCards_haveShortLinesOfAsciiAndNoLiveMarkup() throws Exception {
        Random random = new Random(9);
        for (int i = 0; i < 60; i++) {
            Envelope envelope = Samples.envelope(Samples.wildCard(random));
            String raw =
                    new String(provider.compose(channel(), List.of(envelope)).body(), StandardCharsets.UTF_8);
            assertThat(raw).matches("(?s)[\\x09\\x0A\\x0D\\x20-\\x7E]*").doesNotContainPattern("[^\r]\n|\r[^\n]");
            assertThat(raw.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(200));
            String html = part(letter(envelope), 1);
            assertThat(html.replaceAll(
                            "</?(html|body|div|h2|p|table|tr|th|td|a)( (style|href)=\"[^\"<>]*\")?>|<!DOCTYPE html>",
                            ""))
                    .doesNotContain("<", ">");
        }
    }

    @Test
    void files_areAttachedAndShownInline() throws Exception {
        Attachment chart = new Attachment("chart.png", "image/png", "PNG".getBytes(StandardCharsets.UTF_8), null);
        Card card = new Card("t", "x", null, List.of(), null, "attachment://chart.png", null, null);
        MimeMessage letter = letter(new Envelope(Samples.notification(Priority.CRITICAL, chart), card, null, false));
        assertThat(letter.getHeader("X-Priority")).containsExactly("1");
        MimeMultipart mixed = (MimeMultipart) letter.getContent();
        BodyPart file = mixed.getBodyPart(1);
        assertThat(file.getFileName()).isEqualTo("chart.png");
        assertThat(file.getInputStream().readAllBytes()).isEqualTo("PNG".getBytes(StandardCharsets.UTF_8));
        MimeMultipart alternatives = (MimeMultipart) mixed.getBodyPart(0).getContent();
        assertThat((String) alternatives.getBodyPart(1).getContent()).contains("src=\"cid:chart.png\"");
        assertThat((String) alternatives.getBodyPart(0).getContent()).doesNotContain("in the history");
    }

    @Test
    void settings_areCheckedAtLoad() {
        assertThat(provider.problems(channel(
                        "smtp://u:p@h", Map.of("tls", "maybe", "from", "nobody", "to", List.of("a@b.example", "c d")))))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly("from", "to", "tls");
        assertThat(provider.problems(Samples.channel("email", "smtp://h", Map.of())))
                .hasSize(2);
        assertThat(provider.problems(channel("https://h/", Map.of())))
                .singleElement()
                .asString()
                .startsWith("url: ");
        assertThat(provider.problems(channel(
                        "smtps://h", Map.of("to", "a@b.example", "from", "x\r\nBcc: y@z.example <a@b.example>"))))
                .singleElement()
                .asString()
                .startsWith("from: ");
    }

    @Test
    void queueId_isKept() {
        assertThat(provider.judge(channel(), Samples.answer(200, "250 2.0.0 Ok: queued as 4ABC")))
                .isEqualTo(new Outcome.Delivered("4ABC"));
    }
}
