package dev.mehari.bench;

import java.time.Duration;

/** How many notifications a minute one Discord webhook carries, with Discord's limits enforced by the sandbox. */
final class DiscordRows {
    private static final int WAITING = 1_000;
    private final Setup setup;
    private final RedisServer redis;
    private final Table table;

    DiscordRows(Setup setup, RedisServer redis, Table table) {
        this.setup = setup;
        this.redis = redis;
        this.table = table;
    }

    void measure() {
        redis.empty();
        var folder = GatewayFiles.toSandbox(setup, "discord");
        try (var mehari = Gateway.start(setup, folder, redis.url(), setup.jvm())) {
            Bench.say("discord, three minutes");
            new Load(mehari.port(), Requests.batches(Mehari.BATCH, 1, 100)).open(1, WAITING / 100, Duration.ofSeconds(1));
            // The first minute spends what an idle webhook has saved up; the two after it are the steady rate.
            Bench.pause(Duration.ofMinutes(1));
            long before = mehari.total("delivered");
            Bench.pause(Duration.ofMinutes(2));
            table.mehari("Discord, one webhook, both limits", "/min", "≥ 280", (mehari.total("delivered") - before) / 2.0);
            table.mehari("… answers 429 in three minutes", "", "0", mehari.metric("mehari_delivery_attempts", "rate-limited"));
        }
    }
}
