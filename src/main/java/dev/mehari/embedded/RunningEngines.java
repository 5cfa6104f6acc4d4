package dev.mehari.embedded;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What one application context has started, and the data folder in which it lies. */
final class RunningEngines implements AutoCloseable {
    private final DataFolder data;
    private final Deque<AutoCloseable> engines = new ArrayDeque<>();
    private boolean closed;

    RunningEngines(DataFolder data) {
        this.data = data;
    }

    Path dataDir() {
        return data.path();
    }

    synchronized void add(AutoCloseable engine) {
        engines.push(engine);
    }

    /** Stops the engines, then lets go of the data folder; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (data) {
            while (!engines.isEmpty()) {
                engines.pop().close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
