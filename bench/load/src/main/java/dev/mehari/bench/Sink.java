package dev.mehari.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.SynchronizedHistogram;

/** The receiver of all webhooks: answers 200 at once, counts, and measures from the stamp inside the body to here. */
final class Sink implements Runnable {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocketChannel server;
    private final Selector selector;
    private final AtomicLong count = new AtomicLong();
    private final SynchronizedHistogram latency = new SynchronizedHistogram(600_000_000_000L, 3);
    private volatile long lastAt = System.nanoTime();

    Sink() throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    long count() {
        return count.get();
    }

    /** When the last webhook came, in {@link System#nanoTime}. */
    long lastAt() {
        return lastAt;
    }

    double millis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }

    void reset() {
        count.set(0);
        latency.reset();
    }

    @Override
    public void run() {
        try {
            while (true) {
                selector.select();
                for (var key : selector.selectedKeys()) {
                    if (key.isAcceptable()) {
                        accept();
                    } else {
                        take(key);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        var channel = server.accept();
        channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(64 * 1024));
    }

    private void take(SelectionKey key) throws IOException {
        var channel = (SocketChannel) key.channel();
        var buffer = (ByteBuffer) key.attachment();
        try {
            if (channel.read(buffer) < 0) {
                channel.close();
                return;
            }
            var bytes = buffer.array();
            int from = 0;
            for (int end = HttpFrame.end(bytes, 0, buffer.position());
                    end >= 0 && from < buffer.position();
                    end = HttpFrame.end(bytes, from, buffer.position())) {
                record(bytes, from, end);
                channel.write(ByteBuffer.wrap(ANSWER));
                from = end;
            }
            buffer.flip().position(from);
            buffer.compact();
        } catch (IOException broken) {
            channel.close();
        }
    }

    private void record(byte[] bytes, int from, int end) {
        long now = System.nanoTime();
        int place = Stamp.place(bytes, from, end);
        if (place >= 0) {
            long took = now - Stamp.read(bytes, place);
            latency.recordValue(Math.clamp(took, 0, latency.getHighestTrackableValue()));
        }
        lastAt = now;
        count.incrementAndGet();
    }
}
