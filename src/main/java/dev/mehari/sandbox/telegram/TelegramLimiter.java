package dev.mehari.sandbox.telegram;

import dev.mehari.sandbox.SlidingWindow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The limits per bot, per chat and per group; a message that is refused takes from none. Safe for use by many threads. */
final class TelegramLimiter {
    private static final int MOST_CHATS = 10_000;
    private final Map<String, SlidingWindow> windows = new HashMap<>();
    private final TelegramLimits limits;
    private final Clock clock;

    TelegramLimiter(TelegramLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Zero when the message may be sent, and is counted; otherwise how long until it may. */
    synchronized Duration take(String token, String chat) {
        Instant now = clock.instant();
        SlidingWindow bot = window(token, limits.botRequests(), limits.botPeriod());
        SlidingWindow one = window(token + chat, limits.chatRequests(), limits.chatPeriod());
        SlidingWindow group = chat.startsWith("-") || chat.startsWith("@")
                ? window("group" + token + chat, limits.groupRequests(), limits.groupPeriod())
                : new SlidingWindow(Integer.MAX_VALUE, Duration.ZERO);
        for (SlidingWindow window : new SlidingWindow[] {bot, one, group}) {
            Duration wait = window.wait(now);
            if (!wait.isZero()) {
                return wait;
            }
        }
        bot.take(now);
        one.take(now);
        group.take(now);
        return Duration.ZERO;
    }

    /** Chats come with requests: past some thousands all windows begin anew. */
    private SlidingWindow window(String key, int requests, Duration period) {
        if (windows.size() > MOST_CHATS) {
            windows.clear();
        }
        return windows.computeIfAbsent(key, unknown -> new SlidingWindow(requests, period));
    }
}
