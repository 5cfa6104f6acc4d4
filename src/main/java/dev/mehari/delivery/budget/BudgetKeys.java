package dev.mehari.delivery.budget;

import static dev.mehari.redis.RedisScript.bytes;

/**
 * The Redis keys of one host's budgets: the host is their hash tag, so that one script may take from all of them.
 *
 * @param prefix {@code mehari:budget:{discord.com}:}
 */
record BudgetKeys(String prefix) {
    static BudgetKeys of(String keyPrefix, String host) {
        return new BudgetKeys(keyPrefix + "budget:{" + host + "}:");
    }

    /** Sorted set: the requests that count, by the millisecond from which they do. */
    byte[] window(String name) {
        return bytes(prefix + "window:" + name);
    }

    /** Lives as long as the provider asked to be left alone. */
    byte[] pause(String name) {
        return bytes(prefix + "pause:" + name);
    }

    /** Hash: the Discord channel that each webhook writes into. */
    byte[] discordChannels() {
        return bytes(prefix + "discord-channels");
    }
}
