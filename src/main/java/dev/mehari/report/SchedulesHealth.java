package dev.mehari.report;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.quartz.Trigger.TriggerState;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Every route that Quartz starts: when it was and will be, and whether Quartz has it under way. Deliveries need none. */
final class SchedulesHealth implements HealthIndicator {
    private final CamelContext camel;
    private final Clock clock;

    SchedulesHealth(CamelContext camel, Clock clock) {
        this.camel = camel;
        this.clock = clock;
    }

    @Override
    public Health health() {
        var health = Health.up();
        for (var route : camel.getRoutes()) {
            if (route.getEndpoint() instanceof QuartzEndpoint quartz && quartz.getCron() != null) {
                var state = state(quartz);
                if (state != TriggerState.NORMAL && state != TriggerState.BLOCKED) {
                    health.status("WARNING");
                }
                health.withDetail(route.getRouteId(), detail(quartz, state));
            }
        }
        return health.build();
    }

    private Map<String, Object> detail(QuartzEndpoint quartz, TriggerState state) {
        var detail = new LinkedHashMap<String, Object>();
        var last = last(quartz);
        detail.put("cron", quartz.getCron());
        detail.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
        Schedule.of(quartz).next(clock.instant()).ifPresent(next -> detail.put("next", next));
        if (last != null) {
            detail.put("last", last);
        }
        return detail;
    }

    private static TriggerState state(QuartzEndpoint quartz) {
        try {
            return quartz.getComponent().getScheduler().getTriggerState(quartz.getTriggerKey());
        } catch (SchedulerException e) {
            return TriggerState.ERROR;
        }
    }

    /** Since the start of this process. */
    private static @Nullable Instant last(QuartzEndpoint quartz) {
        try {
            var trigger = quartz.getComponent().getScheduler().getTrigger(quartz.getTriggerKey());
            Date fired = trigger == null ? null : trigger.getPreviousFireTime();
            return fired == null ? null : fired.toInstant();
        } catch (SchedulerException e) {
            return null;
        }
    }
}
