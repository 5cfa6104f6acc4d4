package dev.mehari.report;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.CronExpression;

/** When a report is due, as its route's file says. */
record Schedule(String cron, ZoneId zone) {
    /** From here, step by step further back, the last time is looked for; rarer than once in four years is never. */
    private static final List<Duration> BACK = List.of(
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(8),
            Duration.ofDays(32),
            Duration.ofDays(367),
            Duration.ofDays(1462));

    static Schedule of(QuartzEndpoint endpoint) {
        var parameters = endpoint.getTriggerParameters();
        var zone = parameters == null ? null : parameters.get("timeZone");
        // Quartz takes a zone it does not know for GMT: so do we, and agree with it.
        var known = zone == null ? TimeZone.getDefault() : TimeZone.getTimeZone(zone.toString());
        return new Schedule(endpoint.getCron(), known.toZoneId());
    }

    /** The last time it was due at or before the instant; Quartz itself only knows the next one. */
    Optional<Instant> latest(Instant now) {
        var expression = expression();
        for (Duration back : BACK) {
            Optional<Instant> due = next(expression, now.minus(back), now);
            if (due.isPresent()) {
                return Optional.of(last(expression, due.get(), now));
            }
        }
        return Optional.empty();
    }

    /** The first time after the instant; none when it never comes again. */
    Optional<Instant> next(Instant now) {
        return Optional.ofNullable(expression().getNextValidTimeAfter(Date.from(now)))
                .map(Date::toInstant);
    }

    private static Instant last(CronExpression expression, Instant first, Instant now) {
        Instant due = first;
        for (var next = Optional.of(due); next.isPresent(); next = next(expression, due, now)) {
            due = next.get();
        }
        return due;
    }

    private static Optional<Instant> next(CronExpression expression, Instant after, Instant atMost) {
        Date next = expression.getNextValidTimeAfter(Date.from(after));
        return Optional.ofNullable(next).map(Date::toInstant).filter(due -> !due.isAfter(atMost));
    }

    private CronExpression expression() {
        try {
            var expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return expression;
        } catch (ParseException e) {
            throw new IllegalArgumentException("'" + cron + "' is no cron expression of Quartz: " + e.getMessage(), e);
        }
    }
}
