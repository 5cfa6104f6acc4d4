package dev.mehari.reload;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Whether the operators' files on disk are in use. A refused edit leaves what was good running, so the whole stays up. */
final class ReloaderHealth implements HealthIndicator {
    private final Reloader reloader;

    ReloaderHealth(Reloader reloader) {
        this.reloader = reloader;
    }

    @Override
    public Health health() {
        var states = reloader.states();
        var refused = states.stream().filter(state -> !state.ok()).toList();
        var health = Health.up().withDetail("files", states.size());
        if (!refused.isEmpty()) {
            health.status("WARNING");
            refused.forEach(file -> health.withDetail(
                    file.path(),
                    file.problems().stream().map(Object::toString).sorted().toList()));
        }
        return health.build();
    }
}
