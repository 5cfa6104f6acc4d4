package dev.mehari.delivery.budget;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.budget.Plan.Window;
import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The budgets in Redis, shared by all processes on it: sliding windows by Redis' clock. Thread-safe; {@link #acquire}
 * throws {@link dev.mehari.redis.RedisAway}.
 */
public class RedisBudgets {
    private static final RedisScript ACQUIRE = RedisScript.load("budget-acquire");
    private static final RedisScript LOOK = RedisScript.load("budget-look");
    private static final RedisScript SETTLE = RedisScript.load("budget-settle");
    private static final RedisScript PAUSE = RedisScript.load("budget-pause");
    private static final List<Scope> PAUSES = List.of(Scope.CHANNEL, Scope.SHARED, Scope.HOST);
    private static final byte[] YES = bytes("1");
    private static final byte[] NO = bytes("0");

    private final RedisGate redis;
    private final String keyPrefix;
    private final Duration underWay;

    /** @param underWay longer than a request can be without an answer or a time-out */
    public RedisBudgets(RedisGate redis, String keyPrefix, Duration underWay) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
        this.underWay = underWay;
    }

    /**
     * @param delay zero when the request may be sent
     * @param scope whose budget is spent, or null
     * @param spreading whether the wait is only there to fill a request that has room left
     */
    record Grant(Duration delay, @Nullable Scope scope, boolean spreading) {
        static final Grant NOW = new Grant(Duration.ZERO, null, false);

        boolean granted() {
            return delay.isZero();
        }
    }

    /**
     * Takes a request from all budgets of the plan, or from none.
     *
     * @param request a name no other request has
     * @param roomLeft whether more deliveries would fit into it
     */
    Grant acquire(Plan plan, String request, boolean roomLeft) {
        var names = BudgetKeys.of(keyPrefix, plan.host());
        var keys = new ArrayList<byte[]>();
        PAUSES.forEach(scope -> keys.add(names.pause(plan.pausedName(scope))));
        var arguments = new ArrayList<byte[]>(
                List.of(bytes(request), bytes(underWay.toMillis()), roomLeft ? YES : NO, bytes(PAUSES.size())));
        for (var window : plan.windows()) {
            keys.add(names.window(window.name()));
            arguments.add(bytes(window.requests()));
            arguments.add(bytes(window.period().toMillis()));
            arguments.add(window.spread() ? YES : NO);
        }
        return grant(plan, redis.await(redis.list(ACQUIRE, keys, arguments)));
    }

    private static Grant grant(Plan plan, List<Object> answer) {
        if (answer.size() == 1) {
            return Grant.NOW;
        }
        int by = ((Long) answer.get(1)).intValue() - 1;
        var scope = by < PAUSES.size()
                ? PAUSES.get(by)
                : plan.windows().get(by - PAUSES.size()).scope();
        return new Grant(Duration.ofMillis((Long) answer.get(0)), scope, ((Long) answer.get(2)) == 1);
    }

    /** How the budgets of the plan stand; takes nothing. */
    BudgetState look(Plan plan) {
        var names = BudgetKeys.of(keyPrefix, plan.host());
        var keys = new ArrayList<byte[]>();
        PAUSES.forEach(scope -> keys.add(names.pause(plan.pausedName(scope))));
        var arguments = new ArrayList<byte[]>(List.of(bytes(PAUSES.size())));
        for (var window : plan.windows()) {
            keys.add(names.window(window.name()));
            arguments.add(bytes(window.period().toMillis()));
        }
        var numbers = redis.await(redis.list(LOOK, keys, arguments)).stream()
                .mapToLong(number -> (Long) number)
                .toArray();
        var windows = new ArrayList<BudgetState.Window>();
        for (int at = 0; at < plan.windows().size(); at++) {
            var window = plan.windows().get(at);
            var scope = window.scope().name().toLowerCase(Locale.ROOT);
            long used = numbers[PAUSES.size() + at];
            windows.add(new BudgetState.Window(
                    scope, used, window.requests(), window.period().toString()));
        }
        long paused = Arrays.stream(numbers, 0, PAUSES.size()).max().orElse(0);
        return new BudgetState(windows, Duration.ofMillis(Math.max(0, paused)).toString());
    }

    /** Starts to end a request; one that was never sent is given back. */
    CompletionStage<Long> settle(Plan plan, String request, boolean sent) {
        var names = BudgetKeys.of(keyPrefix, plan.host());
        var keys = plan.windows().stream().map(Window::name).map(names::window).toList();
        return redis.integer(SETTLE, keys, List.of(bytes(request), sent ? YES : NO));
    }

    /** Leaves a webhook, those who share its limit, or the whole host alone for a time. */
    void pause(Plan plan, Scope scope, Duration time) {
        var key = BudgetKeys.of(keyPrefix, plan.host()).pause(plan.pausedName(scope));
        redis.await(redis.integer(PAUSE, List.of(key), List.of(bytes(Math.max(1, time.toMillis())))));
    }
}
