package dev.mehari.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept connection with at most one request under way. Opens itself again when the other side closes it. */
final class Caller {
    private final int port;
    private final Selector selector;
    private final byte[] received = new byte[1024 * 1024];
    private final ByteBuffer receiving = ByteBuffer.wrap(received);
    private SocketChannel channel;
    private long sentAt;

    Caller(int port, Selector selector) throws IOException {
        this.port = port;
        this.selector = selector;
        open();
    }

    private void open() throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    long sentAt() {
        return sentAt;
    }

    void send(byte[] message, long at) throws IOException {
        sentAt = at;
        var bytes = ByteBuffer.wrap(message);
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** The status of the answer; 0 while it is incomplete, -1 when the connection broke. */
    int receive() throws IOException {
        int read;
        try {
            read = channel.read(receiving);
        } catch (IOException broken) {
            read = -1;
        }
        if (read < 0) {
            return again(-1);
        }
        int end = HttpFrame.end(received, 0, receiving.position());
        if (end < 0) {
            return 0;
        }
        int status = HttpFrame.status(received, 0);
        boolean closes = HttpFrame.closes(received, 0, end);
        receiving.clear();
        return closes ? again(status) : status;
    }

    private int again(int status) throws IOException {
        channel.close();
        receiving.clear();
        open();
        return status;
    }
}
