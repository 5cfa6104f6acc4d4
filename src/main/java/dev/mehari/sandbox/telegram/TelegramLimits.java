package dev.mehari.sandbox.telegram;

import java.time.Duration;

/**
 * How much Telegram takes: of one bot, in one chat (1 a second, short bursts over four seconds forgiven), in one group.
 * Source: the Bot API's questions and answers; the exact numbers are nowhere documented.
 */
public record TelegramLimits(
        int botRequests,
        Duration botPeriod,
        int chatRequests,
        Duration chatPeriod,
        int groupRequests,
        Duration groupPeriod) {

    public static TelegramLimits real() {
        return new TelegramLimits(30, Duration.ofSeconds(1), 5, Duration.ofSeconds(4), 20, Duration.ofSeconds(60));
    }

    /** So high that nothing meets them: for tests of something else. */
    public static TelegramLimits none() {
        int many = Integer.MAX_VALUE;
        Duration second = Duration.ofSeconds(1);
        return new TelegramLimits(many, second, many, second, many, second);
    }
}
