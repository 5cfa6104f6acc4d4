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

    private final Set<WatchedChannel> open = ConcurrentHashMap.newKeySet();
    /** Looks so far, from 1. */
    private volatile long now = 1;

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

    private AsynchronousSocketChannel watched(AsynchronousSocketChannel socket) {
        var channel = new WatchedChannel(socket, this);
        open.add(channel);
        return channel;
    }

    void remove(WatchedChannel channel) {
        open.remove(channel);
    }

    /** The look, by its number, at which what begins now has certainly taken longer than this. */
    long dueAfter(long timeout, TimeUnit unit) {
        return now + 2 + unit.toSeconds(timeout);
    }

    private void watch() {
        while (running) {
            LockSupport.parkNanos(this, LOOK.toNanos());
            now++;
            open.forEach(this::look);
        }
    }

    private void look(WatchedChannel channel) {
        try {
            channel.endIfLate(now);
        } catch (IOException gone) {
            LogFactory.getLog(WatchedConnections.class).debug("A connection was gone already", gone);
        }
    }
}
