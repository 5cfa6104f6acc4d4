package dev.mehari.channel;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.notification.NotificationIds;

/**
 * The Redis keys of one channel. All carry the channel as hash tag, so that one script may touch them in a cluster.
 *
 * @param lane stream of ordinary deliveries
 * @param urgent stream of those that overtake
 * @param state hash: owner, paused, broken, hold-until, last-error, and attempts, next try and mark of single deliveries;
 *     and of the history: how many puts it may not have read, and up to which entry it has read in each stream
 * @param ledger hash: what was accepted and how it ended, in all and by type
 * @param events stream that history reads, of what became of deliveries; that they were put it reads in the lane itself
 * @param expiring sorted set: the entries that have a time of their own to expire, by that time
 * @param diverted stream of what the fallback channel took over, to be sent again by choice
 */
record LaneKeys(
        String prefix,
        byte[] lane,
        byte[] urgent,
        byte[] state,
        byte[] ledger,
        byte[] events,
        byte[] expiring,
        byte[] diverted) {
    private static final long HOUR = 3_600_000;

    static LaneKeys of(String keyPrefix, String channel) {
        var prefix = keyPrefix + "{" + channel + "}:";
        return new LaneKeys(
                prefix,
                bytes(prefix + "lane"),
                bytes(prefix + "urgent"),
                bytes(prefix + "state"),
                bytes(prefix + "ledger"),
                bytes(prefix + "events"),
                bytes(prefix + "expiring"),
                bytes(prefix + "diverted"));
    }

    /**
     * The set that remembers which deliveries were put, so that a repeated put is a no-op for at least 24 h. One set an
     * hour, found by the time inside the notification's id: it expires as a whole.
     */
    byte[] seen(long hour) {
        return bytes(prefix + "seen:" + hour);
    }

    /** The hour a notification was made in, counted from 1970; its id tells. */
    static long hour(String notificationId) {
        return NotificationIds.madeAt(notificationId).toEpochMilli() / HOUR;
    }
}
