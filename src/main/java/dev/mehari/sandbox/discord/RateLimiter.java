package dev.mehari.sandbox.discord;

import dev.mehari.sandbox.SlidingWindow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Discord's four limits: per webhook (a window that opens with its first request), per Discord channel (any 60 seconds,
 * hidden), per address, and the ban after too many invalid requests. Safe for use by many threads.
 */
final class RateLimiter {
    private static final int ADDRESSES = 1000;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Map<String, SlidingWindow> channels = new HashMap<>();
    private final Map<String, Address> addresses = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Address> eldest) {
            return size() > ADDRESSES;
        }
    };
    private final DiscordLimits limits;
    private final Clock clock;

    RateLimiter(DiscordLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Who has to wait. */
    enum Scope {
        NONE,
        USER,
        SHARED,
        GLOBAL
    }

    /** What the limiter says of one request: who must wait how long, and what the bucket's headers tell. */
    record Ticket(Scope scope, Duration delay, int limit, int remaining, Instant reset, Duration resetAfter) {
        boolean admitted() {
            return scope == Scope.NONE;
        }
    }

    /** Takes from all limits that hold for the request; one that is refused takes from none but its webhook's. */
    synchronized Ticket take(DiscordWebhook webhook, DiscordPath path, String method, String remote) {
        Instant now = clock.instant();
        Bucket bucket = buckets.computeIfAbsent(webhook.id() + path.bucket(method), key -> new Bucket());
        Address address = address(remote);
        Duration global = address.all.wait(now);
        if (!global.isZero()) {
            return bucket.ticket(Scope.GLOBAL, global, now);
        }
        if (!bucket.take(now)) {
            return bucket.ticket(Scope.USER, Duration.between(now, bucket.reset), now);
        }
        SlidingWindow channel = channels.computeIfAbsent(
                webhook.channelId(), key -> new SlidingWindow(limits.channelRequests(), limits.channelPeriod()));
        boolean writes = method.equals("POST");
        Duration shared = writes ? channel.wait(now) : Duration.ZERO;
        if (!shared.isZero()) {
            return bucket.ticket(Scope.SHARED, shared, now);
        }
        address.all.take(now);
        if (writes) {
            channel.take(now);
        }
        return bucket.ticket(Scope.NONE, Duration.ZERO, now);
    }

    /** Whether the address is kept out by the network in front of Discord. */
    synchronized boolean banned(String remote) {
        return clock.instant().isBefore(address(remote).bannedUntil);
    }

    /** Counts an answer of 401, 403 or 429 (those of scope shared do not count) towards the ban. */
    synchronized void countInvalid(String remote) {
        Instant now = clock.instant();
        Address address = address(remote);
        address.invalid.take(now);
        if (!address.invalid.wait(now).isZero()) {
            address.bannedUntil = now.plus(limits.ban());
        }
    }

    private Address address(String remote) {
        return addresses.computeIfAbsent(remote, key -> new Address());
    }

    private final class Address {
        private final SlidingWindow all = new SlidingWindow(limits.globalRequests(), limits.globalPeriod());
        private final SlidingWindow invalid = new SlidingWindow(limits.invalidRequests(), limits.invalidPeriod());
        private Instant bannedUntil = Instant.MIN;
    }

    private final class Bucket {
        private Instant reset = Instant.MIN;
        private int used;

        private boolean take(Instant now) {
            if (!now.isBefore(reset)) {
                reset = now.plus(limits.webhookPeriod());
                used = 0;
            }
            if (used >= limits.webhookRequests()) {
                return false;
            }
            used++;
            return true;
        }

        private Ticket ticket(Scope scope, Duration wait, Instant now) {
            Duration after = reset.isAfter(now) ? Duration.between(now, reset) : Duration.ZERO;
            int remaining = Math.max(0, limits.webhookRequests() - used);
            return new Ticket(scope, wait, limits.webhookRequests(), remaining, now.plus(after), after);
        }
    }
}
