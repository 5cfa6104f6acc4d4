package dev.mehari.delivery.budget;

import dev.mehari.delivery.Outcome.Scope;
import dev.mehari.delivery.budget.RedisBudgets.Grant;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pauses that providers asked for, for channels that have no budget: these may send thousands a second, so Redis is
 * asked once in a while, and a pause that this process was asked for holds at once. Thread-safe.
 */
class Pauses {
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** By webhook: until when Redis need not be asked. */
    private final Map<String, Long> free = new ConcurrentHashMap<>();

    private final RedisBudgets budgets;
    private final Clock clock;

    Pauses(RedisBudgets budgets, Clock clock) {
        this.budgets = budgets;
        this.clock = clock;
    }

    /** Whether a request of a plan without windows may be sent. */
    Grant of(Plan plan) {
        long now = clock.millis();
        if (free.getOrDefault(name(plan), 0L) > now) {
            return Grant.NOW;
        }
        var grant = budgets.acquire(plan, "", false);
        if (grant.granted()) {
            free.put(name(plan), now + FRESH.toMillis());
        }
        return grant;
    }

    /** Leaves a webhook, those who share its limit, or the whole host alone for a time, in all processes. */
    void add(Plan plan, Scope scope, Duration time) {
        budgets.pause(plan, scope, time);
        free.clear();
    }

    private static String name(Plan plan) {
        return plan.host() + " " + plan.own();
    }
}
