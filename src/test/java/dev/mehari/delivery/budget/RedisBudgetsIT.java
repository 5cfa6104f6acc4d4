package dev.mehari.delivery.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.budget.Plan.Window;
import dev.mehari.delivery.budget.RedisBudgets.Grant;
import dev.mehari.redis.RedisGate;
import dev.mehari.sandbox.SlidingWindow;
import dev.mehari.testkit.RealRedis;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The budgets' scripts on a real Redis; its clock cannot be turned, so the periods are short. */
class RedisBudgetsIT {
    private static final Duration PERIOD = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMinutes(1);

    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final RedisBudgets budgets = budgets();

    /** A strict provider counts a request at any moment while it is under way, sooner for one and later for the next. */
    @Test
    void twoProcesses_withSlowAndFastRequests_neverMeetTheLimit() {
        var provider = new SlidingWindow(5, PERIOD);
        var refused = new AtomicInteger();
        var sent = new AtomicInteger();
        var senders = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> send(budgets(), provider, sent, refused), Thread.ofVirtual()::start))
                .toList();
        senders.forEach(CompletableFuture::join);

        assertThat(refused).hasValue(0);
        assertThat(sent).hasValue(30);
    }

    private static void send(RedisBudgets process, SlidingWindow provider, AtomicInteger sent, AtomicInteger refused) {
        var plan = plan(window(5, PERIOD.plusMillis(5)));
        for (int i = 0; i < 5; i++) {
            var request = UUID.randomUUID().toString();
            for (var grant = process.acquire(plan, request, true); !grant.granted(); ) {
                rest(grant.delay().toMillis());
                grant = process.acquire(plan, request, true);
            }
            rest(ThreadLocalRandom.current().nextInt(120));
            refused.addAndGet(provider.tryTake(Clock.systemUTC().instant()).isZero() ? 0 : 1);
            rest(ThreadLocalRandom.current().nextInt(20));
            process.settle(plan, request, true).toCompletableFuture().join();
            sent.incrementAndGet();
        }
    }

    @Test
    void aWindow_isTakenFromAsAWhole_orNotAtAll() {
        var plan = plan(window(9, LONG), new Window(Scope.SHARED, "narrow", 1, LONG, false));
        assertThat(sent(plan, "one").granted()).isTrue();
        var second = budgets.acquire(plan, "two", false);

        assertThat(second.scope()).isEqualTo(Scope.SHARED);
        assertThat(second.delay()).isBetween(Duration.ofSeconds(50), LONG);
        assertThat(redis.template().opsForZSet().zCard("test:budget:{discord.com}:window:wide"))
                .isEqualTo(1);
    }

    @Test
    void aLook_tellsWhatIsUsedAndPaused_andTakesNothing() {
        var plan = plan(window(9, LONG), new Window(Scope.HOST, "all-of-it", 50, PERIOD, false));
        sent(plan, "one");
        budgets.pause(plan, Scope.SHARED, LONG);

        var first = budgets.look(plan);
        var again = budgets.look(plan);

        assertThat(first.windows())
                .containsExactly(
                        new BudgetState.Window("channel", 1, 9, LONG.toString()),
                        new BudgetState.Window("host", 1, 50, PERIOD.toString()));
        assertThat(Duration.parse(first.pausedFor())).isBetween(Duration.ofSeconds(50), LONG);
        assertThat(again.windows().get(0).used()).isEqualTo(1);
    }

    @Test
    void aRequestUnderWay_counts_andItsAnswerIsAskedForSoon() {
        var plan = plan(window(1, LONG));
        budgets.acquire(plan, "slow", false);
        assertThat(budgets.acquire(plan, "next", false).delay())
                .isBetween(Duration.ofMillis(1), Duration.ofMillis(100));
    }

    @Test
    void aRequestThatWasNeverSent_isGivenBack() {
        var plan = plan(window(1, LONG));
        budgets.acquire(plan, "unsent", false);
        budgets.settle(plan, "unsent", false).toCompletableFuture().join();
        assertThat(budgets.acquire(plan, "next", false).granted()).isTrue();
    }

    @Test
    void halfSpent_aRequestWithRoomWaitsForMore_andAFullOneGoes() {
        var plan = plan(new Window(Scope.SHARED, "spread", 4, LONG, true));
        sent(plan, "one");
        assertThat(sent(plan, "two").granted()).isTrue();

        var roomy = budgets.acquire(plan, "three", true);
        assertThat(roomy.spreading()).isTrue();
        assertThat(roomy.delay()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
        assertThat(budgets.acquire(plan, "three", false).granted()).isTrue();
    }

    @Test
    void aPause_holdsForThoseItNames_andALongerOneStays() {
        var mine = new Plan("discord.com", "webhook:1", "channel:9", List.of());
        var neighbour = new Plan("discord.com", "webhook:2", "channel:9", List.of());
        var elsewhere = new Plan("example.org", "webhook:3", "webhook:3", List.of());
        budgets.pause(mine, Scope.CHANNEL, Duration.ofSeconds(40));
        budgets.pause(mine, Scope.CHANNEL, Duration.ofSeconds(5));
        assertThat(ask(mine).delay()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
        assertThat(ask(neighbour).granted()).isTrue();

        budgets.pause(mine, Scope.SHARED, Duration.ofSeconds(20));
        assertThat(ask(neighbour).scope()).isEqualTo(Scope.SHARED);
        assertThat(ask(elsewhere).granted()).isTrue();

        budgets.pause(neighbour, Scope.HOST, Duration.ofMinutes(10));
        assertThat(ask(mine).scope()).isEqualTo(Scope.HOST);
        assertThat(ask(elsewhere).granted()).isTrue();
    }

    @Test
    void aDiscordChannel_onceLearnt_isKnownToAllProcesses_withWhatItsWebhooksHaveSent() {
        var channels = new DiscordChannels(gate(), "test:", LONG);
        for (var webhook : List.of("1", "2")) {
            sent(plan(new Window(Scope.SHARED, channels.of("discord.com", webhook), 3, LONG, false)), webhook);
        }
        channels.learn("discord.com", "1", "9");
        channels.learn("discord.com", "2", "9");

        var shared = new DiscordChannels(gate(), "test:", LONG).of("discord.com", "2");
        assertThat(shared).isEqualTo("channel:9").isEqualTo(channels.of("discord.com", "1"));
        var plan = plan(new Window(Scope.SHARED, shared, 3, LONG, false));
        assertThat(sent(plan, "third").granted()).isTrue();
        assertThat(sent(plan, "fourth").granted()).isFalse();
    }

    @Test
    void aWebhookThatWasMoved_isLearntAnew() {
        var channels = new DiscordChannels(gate(), "test:", LONG);
        assertThat(channels.knows(channels.of("discord.com", "3"))).isFalse();
        channels.said("discord.com", "3", "9");
        channels.said("discord.com", "3", "10");
        assertThat(new DiscordChannels(gate(), "test:", LONG).of("discord.com", "3"))
                .isEqualTo("channel:10")
                .isEqualTo(channels.of("discord.com", "3"));
        assertThat(channels.knows(channels.of("discord.com", "3"))).isTrue();
    }

    private Grant ask(Plan plan) {
        return budgets.acquire(plan, "any", false);
    }

    private Grant sent(Plan plan, String request) {
        var grant = budgets.acquire(plan, request, false);
        budgets.settle(plan, request, true).toCompletableFuture().join();
        return grant;
    }

    private static Plan plan(Window... windows) {
        return new Plan("discord.com", "webhook:1", "channel:9", List.of(windows));
    }

    private static Window window(int requests, Duration period) {
        return new Window(Scope.CHANNEL, "wide", requests, period, false);
    }

    private static void rest(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static RedisBudgets budgets() {
        return new RedisBudgets(gate(), "test:", Duration.ofSeconds(5));
    }

    /** A gate with its own connection, as another process would have. */
    @SuppressWarnings("unchecked")
    private static RedisGate gate() {
        var connection = (RedisClusterAsyncCommands<byte[], byte[]>)
                redis.connections().getConnection().getNativeConnection();
        return new RedisGate(() -> connection);
    }
}
