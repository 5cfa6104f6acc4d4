package dev.mehari.delivery.budget;

import dev.mehari.delivery.Outcome.Scope;
import java.time.Duration;
import java.util.List;

/**
 * Which budgets a request of one channel is taken from, and which pauses it obeys. Names hold no secret. Immutable.
 *
 * @param host {@code discord.com}, with a port where there is one; all that goes there lies in one Redis slot
 * @param own the name of the webhook or chat
 * @param shared the name of what it shares a limit with others by: the Discord channel, the group; often {@code own} again
 * @param windows in the order in which a refusal is reported
 */
record Plan(String host, String own, String shared, List<Window> windows) {

    /**
     * At most so many requests in any period of that length.
     *
     * @param spread whether requests with room left in them are spread over the period once half of it is spent
     */
    record Window(Scope scope, String name, int requests, Duration period, boolean spread) {}

    /** Whom a provider's pause of this scope is for. */
    String pausedName(Scope scope) {
        return switch (scope) {
            case CHANNEL -> own;
            case SHARED -> shared;
            case HOST -> "all";
        };
    }

    /** The same with the windows of one scope alone. */
    Plan only(Scope scope) {
        return new Plan(
                host,
                own,
                shared,
                windows.stream().filter(window -> window.scope() == scope).toList());
    }

    boolean unlimited() {
        return windows.isEmpty();
    }
}
