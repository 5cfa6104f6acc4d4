package dev.mehari.security;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;

/**
 * Whether the routes are there to take a message. The HTTP port opens before them and closes after them; Boot says when
 * with its readiness state.
 */
class Readiness {
    private volatile boolean ready;

    boolean ready() {
        return ready;
    }

    @EventListener
    void changed(AvailabilityChangeEvent<ReadinessState> event) {
        ready = event.getState() == ReadinessState.ACCEPTING_TRAFFIC;
    }
}
