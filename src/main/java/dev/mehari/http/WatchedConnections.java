package dev.mehari.http;

import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.http11.Http11Nio2Protocol;
import org.apache.juli.logging.LogFactory;
import org.apache.tomcat.util.net.Nio2Endpoint;

/**
 * Tomcat's connector that the system calls back, with one clock for all connections. By itself each read sets a timer and
 * takes it back when a request comes, and mostly wakes the thread that keeps timers (docs/decisions/0090). Thread-safe.
 */
public final class WatchedConnections extends Http11Nio2Protocol {
    /** A read may end later than it should by up to two of these. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final long BORN = System.nanoTime();

    private final Set<WatchedChannel> open = ConcurrentHashMap.newKeySet();
    /** The last look, or the last new connection, in milliseconds; so one look ago at most, while there is any. */
    private volatile long now = millis();

    /** Nobody is connected: there is nothing to look at, and the first connection wakes the watch. */
    private volatile boolean asleep;

    private volatile boolean running;
    private volatile Thread watch = Thread.currentThread();

    /** Made by Tomcat, which knows its connectors by the names of their classes. */
    public WatchedConnections() {
        super(new Endpoint());
        ((Endpoint) getEndpoint()).connections = this;
    }

    private static final class Endpoint extends Nio2Endpoint {
        @SuppressWarnings("NullAway.Init") // set before the first connection
        private WatchedConnections connections;

        @Override
        protected boolean setSocketOptions(AsynchronousSocketChannel socket) {
            return super.setSocketOptions(connections.watched(socket));
        }
    }

    @Override
    public void start() throws Exception {
        running = true;
        watch = Thread.ofVirtual().name("connections").start(this::watch);
        super.start();
    }

    @Override
    public void stop() throws Exception {
        super.stop();
        running = false;
        LockSupport.unpark(watch);
    }

    WatchedChannel watched(AsynchronousSocketChannel socket) {
        var channel = new WatchedChannel(socket, this);
        now = millis();
        open.add(channel);
        if (asleep) {
            LockSupport.unpark(watch);
        }
        return channel;
    }

    boolean isIdle() {
        return open.isEmpty();
    }

    void remove(WatchedChannel channel) {
        open.remove(channel);
    }

    /** When what begins now has certainly taken longer than this, in milliseconds as the looks count. */
    long dueAfter(long timeout, TimeUnit unit) {
        return now + LOOK.toMillis() + unit.toMillis(timeout);
    }

    private void watch() {
        while (running) {
            asleep = true;
            if (isIdle()) {
                LockSupport.park(this);
            }
            asleep = false;
            LockSupport.parkNanos(this, LOOK.toNanos());
            now = millis();
            open.forEach(this::look);
        }
    }

    private static long millis() {
        return Duration.ofNanos(System.nanoTime() - BORN).toMillis();
    }

    private void look(WatchedChannel channel) {
        try {
            channel.endIfLate(now);
        } catch (IOException gone) {
            LogFactory.getLog(WatchedConnections.class).debug("A connection was gone already", gone);
        }
    }
}
