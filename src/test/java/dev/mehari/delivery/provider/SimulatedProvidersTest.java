package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.Provider;
import dev.mehari.notification.Attachment;
import dev.mehari.notification.Priority;
import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.Fault.Kind;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.testkit.SimulatorServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the providers write is taken by imitations that refuse what the real ones refuse. */
class SimulatedProvidersTest {
    private static final Provider DISCORD = new DiscordProvider(Samples.CLOCK, Duration.ofMinutes(10));
    private static final Provider TELEGRAM = new TelegramProvider(Samples.CLOCK);
    private static final Pattern TITLE = Pattern.compile("title \\d{3}");
    private final SimulatorServer server = SimulatorServer.unlimited();
    private final Wire wire = new Wire();

    static Stream<Provider> providers() {
        return Stream.of(
                DISCORD,
                new WebhookProvider(Samples.CLOCK),
                new SlackProvider(Samples.CLOCK),
                TELEGRAM,
                new NtfyProvider(Samples.CLOCK),
                new EmailProvider(Samples.CLOCK));
    }

    @AfterEach
    void stop() {
        wire.close();
        server.close();
    }

    private Channel channel(Provider provider) {
        Map<String, Object> settings = switch (provider.name()) {
            case "telegram" -> Map.of("chat", "-1001557912345");
            case "webhook" -> Map.of("body", "card");
            default -> Map.of();
        };
        return Samples.channel(
                provider.name(), server.urlOf("trades", provider.name()).toString(), settings);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void wildCards_areTakenInOrderInWhateverBatches(Provider provider) throws Exception {
        Random random = new Random(21);
        List<Envelope> waiting = new ArrayList<>(
                IntStream.range(0, 60).mapToObj(i -> wild(random, i)).toList());
        while (!waiting.isEmpty()) {
            List<Envelope> batch = waiting.subList(0, Math.min(10, waiting.size()));
            List<Envelope> together = List.copyOf(batch.subList(0, provider.fits(channel(provider), batch)));
            sendAll(provider, together);
            waiting.subList(0, together.size()).clear();
        }
        assertThat(server.violations()).isEmpty();
        List<String> titles = server.messages("trades").stream()
                .flatMap(message -> TITLE.matcher(shown(message))
                        .results()
                        .map(MatchResult::group)
                        .distinct())
                .toList();
        assertThat(titles)
                .isEqualTo(IntStream.range(0, 60)
                        .mapToObj(i -> "title " + (100 + i))
                        .toList());
    }

    private static Envelope wild(Random random, int number) {
        Card card = Samples.wildCard(random);
        String text = random.nextInt(3) == 0 ? card.text() : "short " + Samples.wild(random, 5);
        List<Card.Field> fields = random.nextInt(3) == 0 ? card.fields() : List.of(Samples.field("a", "b"));
        return new Envelope(
                Samples.notification(Priority.NORMAL),
                new Card(
                        "title " + (100 + number),
                        text,
                        card.color(),
                        fields,
                        card.link(),
                        null,
                        card.footer(),
                        card.timestamp()),
                random.nextInt(10) == 0 ? "alertes" : null,
                random.nextInt(10) == 0);
    }

    private static String shown(InboxMessage message) {
        return message.content()
                + message.embeds()
                + message.extra()
                + message.request().body();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void files_areTaken(Provider provider) throws Exception {
        Attachment picture =
                new Attachment("chart.png", "image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10}, null);
        Attachment log = new Attachment("run.log", "text/plain", "a\r\n--b\r\n".getBytes(StandardCharsets.UTF_8), null);
        Card card = new Card("t", "x".repeat(3000), null, List.of(), null, "attachment://chart.png", null, null);
        for (List<Attachment> files :
                List.of(List.of(picture), List.of(log), List.of(picture, log), List.of(picture, picture))) {
            Envelope envelope = new Envelope(
                    Samples.notification(Priority.LOW, files.toArray(Attachment[]::new)), card, null, false);
            sendAll(provider, List.of(envelope));
        }
        assertThat(server.violations()).isEmpty();
    }

    /** With all the parts of one that takes several requests. */
    private void sendAll(Provider provider, List<Envelope> together) throws Exception {
        Envelope first = together.getFirst();
        int parts = together.size() > 1 ? 1 : provider.parts(channel(provider), first);
        for (int sent = 0; sent < parts; sent++) {
            Envelope part = new Envelope(first.notification(), first.card(), first.divertedFrom(), first.plain(), sent);
            assertThat(wire.send(provider, channel(provider), parts == 1 ? together : List.of(part)))
                    .isInstanceOf(Outcome.Delivered.class);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void faults_leadToTheirOutcomes(Provider provider) throws Exception {
        assertThat(met(provider, Fault.of(Kind.DELETED))).isInstanceOf(Outcome.ChannelRejected.class);
        assertThat(met(provider, Fault.of(Kind.UNAUTHORIZED))).isInstanceOf(Outcome.ChannelRejected.class);
        assertThat(met(provider, Fault.status(503))).isInstanceOf(Outcome.Retry.class);
        assertThat(met(provider, Fault.rateLimited(3, "user").withRetryAfterHeader(7)))
                .isInstanceOfSatisfying(
                        Outcome.RateLimited.class,
                        limited -> assertThat(limited.delay()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8)));
    }

    private Outcome met(Provider provider, Fault fault) throws Exception {
        Channel channel = channel(provider);
        server.faults().put("trades", fault.times(1));
        return wire.send(provider, channel, List.of(Samples.envelope(Samples.card("t", "x"))));
    }

    @ParameterizedTest
    @CsvSource({"user, CHANNEL", "shared, SHARED", "global, HOST"})
    void discordsRateLimits_areToldApart(String scope, Scope who) throws Exception {
        assertThat(met(DISCORD, Fault.rateLimited(1.5, scope)))
                .isInstanceOfSatisfying(
                        Outcome.RateLimited.class,
                        limited -> assertThat(limited.scope()).isEqualTo(who));
        assertThat(met(DISCORD, Fault.of(Kind.BANNED)))
                .isEqualTo(new Outcome.RateLimited(Duration.ofMinutes(10), Scope.HOST));
    }

    @Test
    void movedGroup_isFollowed() throws Exception {
        assertThat(met(TELEGRAM, Fault.migrated(-100777))).isEqualTo(new Outcome.Moved("chat", "-100777"));
        Channel moved = channel(TELEGRAM).withSettings(Map.of("chat", "-100777"));
        assertThat(wire.send(TELEGRAM, moved, List.of(Samples.envelope(Samples.card("t", "x")))))
                .isInstanceOf(Outcome.Delivered.class);
    }
}
