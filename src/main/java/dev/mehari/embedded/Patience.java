package dev.mehari.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a process, which tells nobody when it is ready or gone. */
final class Patience {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private Patience() {}

    /** Whether it came true within the time; an interrupt ends the waiting. */
    static boolean until(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || !pause()) {
                return false;
            }
        }
        return true;
    }

    /** False when interrupted. */
    static boolean pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
