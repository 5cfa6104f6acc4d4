package dev.mehari.history;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** How the history stands. Deliveries do not need it, so that its being away is detail and the whole stays up. */
final class HistoryHealth implements HealthIndicator {
    private final Database database;
    private final HistoryWriter writer;

    HistoryHealth(Database database, HistoryWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    private static String how(HistoryWriter.Standing standing) {
        if (!standing.writes()) {
            return "written by another node";
        }
        return "written by this node"
                + (standing.standsBack() ? ", a little at a time while the processors are busy" : "");
    }

    private void postgres(Health.Builder health) {
        try {
            var version = database.ask(jdbc -> jdbc.queryForObject("SHOW server_version", String.class));
            health.withDetail("postgresql", String.valueOf(version));
        } catch (HistoryAway away) {
            health.status("WAITING").withDetail("reason", String.valueOf(away.getMessage()));
        }
    }

    @Override
    public Health health() {
        if (!database.enabled()) {
            return Health.up().withDetail("history", "off").build();
        }
        var standing = writer.standing();
        var health = Health.up();
        var trouble = standing.trouble();
        if (trouble != null) {
            health.status("WAITING").withDetail("reason", trouble);
        } else {
            health.withDetail("history", how(standing));
            postgres(health);
        }
        return health.withDetail("waiting", standing.waiting()).build();
    }
}
