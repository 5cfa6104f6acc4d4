package dev.mehari.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mehari.testkit.RealRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.Reference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.core.StringRedisTemplate;

class DeadLettersIT {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String KEY = "notifications:dead_letter";
    private static final String INDEX = "{notifications:dead_letter}:index";

    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final StringRedisTemplate template = redis.template();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> replayed = new ArrayList<>();
    private Consumer<DeadLetter> onReplay = letter -> {};
    private final DeadLetterList list =
            new DeadLetterList(template, new DeadLetterProperties(KEY, Duration.ofSeconds(15)));
    private final DeadLetters letters = new DeadLetters(
            list,
            letter -> {
                onReplay.accept(letter);
                replayed.add(letter.id());
            },
            Clock.fixed(NOW, ZoneOffset.UTC),
            meters);

    @Test
    void letter_standsReadableInTheList() {
        letters.put(letter(1));

        assertThat(template.opsForList().size(KEY)).isEqualTo(1);
        assertThat(template.opsForList().range(KEY, 0, -1).get(0)).contains("\"reason\":\"attempts-exhausted\"");
        assertThat(letters.find("n1:trades")).contains(letter(1));
    }

    @Test
    void putTwice_keepsOne() {
        assertThat(letters.put(letter(1))).isTrue();
        assertThat(letters.put(letter(1))).isFalse();

        assertThat(letters.size()).isEqualTo(1);
        assertThat(counted(DeadReason.ATTEMPTS_EXHAUSTED)).isEqualTo(1);
    }

    @Test
    void anotherDeath_takesThePlaceOfTheOneBefore() {
        letters.put(letter(1));
        letters.put(letter(2));
        var again = Letters.of("n1", "trades", DeadReason.CHANNEL_REJECTED, NOW.minusSeconds(1));

        letters.put(again);

        assertThat(letters.size()).isEqualTo(2);
        assertThat(ids(DeadLetterFilter.ANY)).containsExactly("n1:trades", "n2:trades");
        assertThat(letters.find("n1:trades")).contains(again);
        assertThat(again.replayMark()).isNotEqualTo(letter(1).replayMark());
    }

    @Test
    void detail_isStoredWithoutSecrets() {
        letters.put(DeadLetter.ofText(
                "?", "redis", DeadReason.NOT_UNDERSTOOD, "https://discord.com/api/webhooks/1/s3cret-token", NOW));

        assertThat(template.opsForList().index(KEY, 0))
                .contains("/webhooks/1/***")
                .doesNotContain("s3cret");
    }

    @Test
    void pages_showEachLetterOnceNewestFirst() {
        put(10);

        var pages = pages(DeadLetterFilter.ANY, 4, () -> {});

        assertThat(pages).containsExactlyElementsOf(idsDown(10, 1));
    }

    @Test
    void pages_stayRightWhileLettersComeAndGo() {
        put(10);

        var pages = pages(DeadLetterFilter.ANY, 4, () -> {
            letters.put(letter(11));
            letters.delete("n2:trades");
            letters.delete("n9:trades");
        });

        assertThat(pages)
                .containsExactly(
                        "n10:trades",
                        "n9:trades",
                        "n8:trades",
                        "n7:trades",
                        "n6:trades",
                        "n5:trades",
                        "n4:trades",
                        "n3:trades",
                        "n1:trades");
    }

    @Test
    void page_goesOnWhenTheLetterItEndedWithIsGone() {
        put(10);

        var pages = pages(DeadLetterFilter.ANY, 4, () -> letters.delete("n7:trades"));

        assertThat(pages).containsExactlyElementsOf(idsDown(10, 1));
    }

    @Test
    void cursor_thatIsNoneIsRefused() {
        assertThatThrownBy(() -> letters.list(DeadLetterFilter.ANY, "7th", 10)).hasMessageContaining("'7th'");
    }

    @Test
    void filters_holdForListGroupsAndCount() {
        letters.put(Letters.of("a", "trades", DeadReason.MESSAGE_REJECTED, "trade.opened", NOW));
        letters.put(Letters.of("b", "trades", DeadReason.MESSAGE_REJECTED, "trade.opened", NOW));
        letters.put(Letters.of("c", "trades", DeadReason.ATTEMPTS_EXHAUSTED, "trade.closed", NOW));
        letters.put(Letters.of("d", "admin", DeadReason.ATTEMPTS_EXHAUSTED, "admin.message", NOW));
        letters.put(DeadLetter.ofText("?", "redis", DeadReason.NOT_UNDERSTOOD, null, NOW));

        assertThat(ids(new DeadLetterFilter("trades", null, null))).containsExactly("c:trades", "b:trades", "a:trades");
        assertThat(ids(new DeadLetterFilter(null, DeadReason.ATTEMPTS_EXHAUSTED, "admin.message")))
                .containsExactly("d:admin");
        assertThat(letters.count(new DeadLetterFilter(null, DeadReason.ATTEMPTS_EXHAUSTED, null)))
                .isEqualTo(2);
        assertThat(letters.groups(DeadLetterFilter.ANY))
                .hasSize(4)
                .startsWith(new DeadLetterGroup("message-rejected", "trades", "trade.opened", 2))
                .contains(new DeadLetterGroup("not-understood", null, null, 1));
    }

    @Test
    void delete_removesOneLetter() {
        put(3);

        assertThat(letters.delete("n2:trades")).isTrue();
        assertThat(letters.delete("n2:trades")).isFalse();

        assertThat(ids(DeadLetterFilter.ANY)).containsExactly("n3:trades", "n1:trades");
        assertThat(template.opsForHash().size(INDEX)).isEqualTo(2);
    }

    @Test
    void purge_removesWhatIsOlderAndLeavesForeignEntries() {
        put(500);
        template.opsForList().leftPush(KEY, "by hand");
        letters.put(Letters.of("late", "trades", DeadReason.INVALID, NOW.minusSeconds(3600)));

        assertThat(letters.purge(NOW.minusSeconds(3600 - 401))).isEqualTo(401);

        assertThat(letters.size()).isEqualTo(101);
        assertThat(letters.find("n400:trades")).isEmpty();
        assertThat(letters.find("n401:trades")).isPresent();
        assertThat(template.opsForHash().size(INDEX)).isEqualTo(100);
    }

    @Test
    void replay_removesTheLetterWhenItStandsInItsLane() {
        put(2);

        letters.replay("n1:trades");

        assertThat(replayed).containsExactly("n1:trades");
        assertThat(ids(DeadLetterFilter.ANY)).containsExactly("n2:trades");
        assertThatThrownBy(() -> letters.replay("n1:trades")).isInstanceOf(DeadLetterNotFound.class);
    }

    @Test
    void replay_thatFailsKeepsTheLetter() {
        put(1);
        onReplay = letter -> {
            throw new IllegalStateException("killed here");
        };

        assertThatThrownBy(() -> letters.replay("n1:trades")).hasMessage("killed here");

        assertThat(letters.find("n1:trades")).isPresent();
    }

    @Test
    void replayOfMany_countsFirstThenGoesOldestFirst() {
        put(450);
        var even = new DeadLetterFilter(null, null, "even");
        IntStream.range(0, 300)
                .forEach(i -> letters.put(
                        Letters.of("e" + i, "trades", DeadReason.INVALID, "even", NOW.minusSeconds(400 - i))));

        assertThat(letters.replay(even, true).matched()).isEqualTo(300);
        assertThat(replayed).isEmpty();

        var report = letters.replay(even, false);

        assertThat(report).isEqualTo(new ReplayReport(300, 300, 0, false, List.of()));
        assertThat(replayed).startsWith("e0:trades", "e1:trades").hasSize(300).doesNotHaveDuplicates();
        assertThat(letters.size()).isEqualTo(450);
    }

    @Test
    void replayOfMany_keepsWhatCannotBeReplayedAndGoesOn() {
        put(300);
        onReplay = letter -> {
            if (letter.id().startsWith("n1")) {
                throw new NotReplayable("The channel trades is gone.");
            }
        };

        var report = letters.replay(DeadLetterFilter.ANY, false);

        assertThat(report.failed()).isEqualTo(111);
        assertThat(report.replayed()).isEqualTo(189);
        assertThat(report.problems()).containsExactly("The channel trades is gone.");
        assertThat(letters.size()).isEqualTo(111);
    }

    @Test
    void replayOfMany_leavesWhatDiesAgainMeanwhile() {
        put(250);
        onReplay = letter -> letters.put(
                Letters.of(letter.notification().id(), "trades", DeadReason.MESSAGE_REJECTED, NOW.plusSeconds(1)));

        assertThat(letters.replay(DeadLetterFilter.ANY, false).replayed()).isEqualTo(250);

        assertThat(letters.count(new DeadLetterFilter(null, DeadReason.MESSAGE_REJECTED, null)))
                .isEqualTo(250);
        assertThat(letters.size()).isEqualTo(250);
    }

    @Test
    void entryTakenByHand_isNeitherCountedNorShownNorFound() {
        put(3);
        template.opsForList().rightPop(KEY);

        assertThat(letters.size()).isEqualTo(2);
        assertThat(letters.find("n1:trades")).isEmpty();
        assertThat(letters.groups(DeadLetterFilter.ANY))
                .singleElement()
                .extracting("count")
                .isEqualTo(2L);
        assertThat(letters.put(letter(1))).isTrue();
        assertThat(letters.size()).isEqualTo(3);
    }

    @Test
    void census_forgetsWhatWasTakenByHand() {
        put(600);
        IntStream.range(0, 50).forEach(i -> template.opsForList().rightPop(KEY));

        var census = new DeadLetterCensus(list, meters);
        census.count();

        assertThat(template.opsForHash().size(INDEX)).isEqualTo(550);
        assertThat(meters.get("mehari.dead-letters.waiting").gauge().value()).isEqualTo(550);
        Reference.reachabilityFence(census); // its gauge does not hold it
    }

    @Test
    void entryPutBackByHand_isFoundAgain() {
        put(3);
        var entry = template.opsForList().rightPop(KEY);
        assertThat(letters.find("n1:trades")).isEmpty();

        template.opsForList().rightPush(KEY, entry);

        assertThat(letters.find("n1:trades")).contains(letter(1));
        assertThat(letters.delete("n1:trades")).isTrue();
        assertThat(letters.size()).isEqualTo(2);
    }

    @Test
    void expunging_deletesWhatIsAboutTheRecipient_andNothingElse() {
        letters.put(letter(1));
        letters.put(DeadLetter.ofText("{\"recipient\":\"bob\",", "redis", DeadReason.NOT_UNDERSTOOD, null, NOW));
        letters.put(DeadLetter.ofText("{\"recipient\":\"bobby\",", "redis", DeadReason.NOT_UNDERSTOOD, null, NOW));

        assertThat(letters.expunge("ana")).isZero();
        assertThat(letters.expunge("bob")).isEqualTo(2);

        assertThat(letters.size()).isEqualTo(1);
        assertThat(template.opsForHash().size(INDEX)).isEqualTo(1);
    }

    @Test
    void foreignEntry_isALetterOfItsOwn() {
        template.opsForList().leftPush(KEY, "{\"alert\":\"old format\"}");

        var letter = letters.list(DeadLetterFilter.ANY, null, 10).letters().get(0);

        assertThat(letter.raw()).isEqualTo("{\"alert\":\"old format\"}");
        assertThat(letters.count(new DeadLetterFilter(null, DeadReason.NOT_UNDERSTOOD, null)))
                .isEqualTo(1);
        letters.replay(letter.id());
        assertThat(letters.size()).isZero();
    }

    private static DeadLetter letter(int number) {
        return Letters.of(
                "n" + number,
                "trades",
                DeadReason.ATTEMPTS_EXHAUSTED,
                NOW.minusSeconds(3600).plusSeconds(number));
    }

    private void put(int count) {
        IntStream.rangeClosed(1, count).forEach(number -> letters.put(letter(number)));
    }

    private List<String> ids(DeadLetterFilter filter) {
        return letters.list(filter, null, 1000).letters().stream()
                .map(DeadLetter::id)
                .toList();
    }

    private static List<String> idsDown(int from, int to) {
        return IntStream.iterate(from, number -> number >= to, number -> number - 1)
                .mapToObj(number -> "n" + number + ":trades")
                .toList();
    }

    private List<String> pages(DeadLetterFilter filter, int limit, Runnable afterTheFirst) {
        var seen = new ArrayList<String>();
        var page = letters.list(filter, null, limit);
        page.letters().forEach(letter -> seen.add(letter.id()));
        afterTheFirst.run();
        while (page.cursor() != null) {
            page = letters.list(filter, page.cursor(), limit);
            page.letters().forEach(letter -> seen.add(letter.id()));
        }
        return seen;
    }

    private double counted(DeadReason reason) {
        return meters.get("mehari.dead-letters")
                .tag("reason", reason.toString())
                .counter()
                .count();
    }
}
