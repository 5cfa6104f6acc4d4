package dev.mehari.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.InterruptedByTimeoutException;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose reads set no timer of their own: {@link WatchedConnections} looks now and then whether one is overdue.
 * All else is the connection's that it stands before. Thread-safe as that one is.
 */
final class WatchedChannel extends AsynchronousSocketChannel {
    /** There is no read under way, or none that may be too late. */
    private static final long NEVER = 0;
    /** A read was too late: the connection is closed. */
    private static final long TOO_LATE = -1;

    private final AsynchronousSocketChannel channel;
    private final WatchedConnections connections;
    /** When the read under way is too late, as the connections count. */
    private final AtomicLong due = new AtomicLong();

    private final CompletionHandler<Integer, Object> readEnds = new ReadEnds();
    /** Of the read under way; there is only one at a time. */
    private @Nullable CompletionHandler<Integer, Object> handler;

    WatchedChannel(AsynchronousSocketChannel channel, WatchedConnections connections) {
        super(channel.provider());
        this.channel = channel;
        this.connections = connections;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A> void read(
            ByteBuffer target,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Integer, ? super A> handler) {
        this.handler = (CompletionHandler<Integer, Object>) handler;
        due.compareAndSet(NEVER, timeout > 0 ? connections.dueAfter(timeout, unit) : NEVER);
        channel.read(target, 0, unit, attachment, readEnds);
    }

    /** Closes the connection if its read is too late at this time; one that Tomcat did not take is closed behind our back. */
    void endIfLate(long now) throws IOException {
        if (!isOpen()) {
            connections.remove(this);
        }
        long until = due.get();
        if (until > NEVER && until <= now && due.compareAndSet(until, TOO_LATE)) {
            close();
        }
    }

    private final class ReadEnds implements CompletionHandler<Integer, Object> {
        @Override
        public void completed(Integer count, Object attachment) {
            due.set(NEVER);
            handler().completed(count, attachment);
        }

        @Override
        public void failed(Throwable problem, Object attachment) {
            boolean late = due.getAndSet(NEVER) == TOO_LATE && problem instanceof AsynchronousCloseException;
            handler().failed(late ? new InterruptedByTimeoutException() : problem, attachment);
        }

        @SuppressWarnings("NullAway") // set before the read began
        private CompletionHandler<Integer, Object> handler() {
            return handler;
        }
    }

    @Override
    public <A> void read(
            ByteBuffer[] targets,
            int offset,
            int length,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Long, ? super A> handler) {
        channel.read(targets, offset, length, timeout, unit, attachment, handler);
    }

    @Override
    public Future<Integer> read(ByteBuffer target) {
        return channel.read(target);
    }

    @Override
    public <A> void write(
            ByteBuffer source,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Integer, ? super A> handler) {
        channel.write(source, timeout, unit, attachment, handler);
    }

    @Override
    public <A> void write(
            ByteBuffer[] sources,
            int offset,
            int length,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Long, ? super A> handler) {
        channel.write(sources, offset, length, timeout, unit, attachment, handler);
    }

    @Override
    public Future<Integer> write(ByteBuffer source) {
        return channel.write(source);
    }

    @Override
    public void close() throws IOException {
        connections.remove(this);
        channel.close();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public AsynchronousSocketChannel bind(@Nullable SocketAddress local) throws IOException {
        channel.bind(local);
        return this;
    }

    @Override
    public <T> AsynchronousSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        channel.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return channel.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return channel.supportedOptions();
    }

    @Override
    public AsynchronousSocketChannel shutdownInput() throws IOException {
        channel.shutdownInput();
        return this;
    }

    @Override
    public AsynchronousSocketChannel shutdownOutput() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return channel.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public <A> void connect(SocketAddress remote, A attachment, CompletionHandler<Void, ? super A> handler) {
        channel.connect(remote, attachment, handler);
    }

    @Override
    public Future<Void> connect(SocketAddress remote) {
        return channel.connect(remote);
    }
}
