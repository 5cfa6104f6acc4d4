package dev.mehari.delivery.budget;

import java.util.List;

/**
 * How a channel's budgets with its provider stand at one moment.
 *
 * @param windows empty for a provider without limits
 * @param pausedFor how long the provider asked to be left alone, as ISO 8601 writes it; {@code PT0S} when it did not
 */
public record BudgetState(List<Window> windows, String pausedFor) {

    /**
     * At most so many requests in any period of that length.
     *
     * @param scope channel, shared (with others of the same chat or Discord channel) or host
     * @param used how many count now
     * @param period {@code PT2S}
     */
    public record Window(String scope, long used, long requests, String period) {}
}
