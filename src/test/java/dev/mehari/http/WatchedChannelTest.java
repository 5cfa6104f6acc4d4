package dev.mehari.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.InterruptedByTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedChannelTest {
    private static final long MUCH_LATER = Long.MAX_VALUE;

    private final WatchedConnections connections = new WatchedConnections();
    private AsynchronousServerSocketChannel server;
    private Socket caller;
    private AsynchronousSocketChannel plain;
    private WatchedChannel channel;

    @BeforeEach
    void connect() throws Exception {
        server =
                AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var accepted = server.accept();
        var address = (InetSocketAddress) server.getLocalAddress();
        caller = new Socket(address.getAddress(), address.getPort());
        plain = accepted.get(10, TimeUnit.SECONDS);
        channel = connections.watched(plain);
    }

    @AfterEach
    void disconnect() throws IOException {
        channel.close();
        caller.close();
        server.close();
    }

    @Test
    void readThatIsTooLate_failsAsTimedOutAndTheCallerIsCutOff() throws Exception {
        var read = read(60);
        channel.endIfLate(connections.dueAfter(60, TimeUnit.SECONDS));
        assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(InterruptedByTimeoutException.class);
        assertThat(caller.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void readWithTimeLeft_goesOn() throws Exception {
        var read = read(60);
        channel.endIfLate(connections.dueAfter(58, TimeUnit.SECONDS));
        caller.getOutputStream().write('x');
        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void connectionThatReadsNothing_mayTakeAsLongAsItLikes() throws Exception {
        var read = read(60);
        caller.getOutputStream().write('x');
        read.get(10, TimeUnit.SECONDS);
        channel.endIfLate(MUCH_LATER);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void readWithoutALimit_isNeverTooLate() throws Exception {
        var read = read(0);
        channel.endIfLate(MUCH_LATER);
        caller.getOutputStream().write('x');
        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void readOfAConnectionThatIsClosed_failsAsThat() throws Exception {
        var read = read(60);
        channel.close();
        assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AsynchronousCloseException.class);
    }

    @Test
    void connectionThatNobodyTook_isForgotten() throws Exception {
        plain.close();
        assertThat(connections.isIdle()).isFalse();
        channel.endIfLate(0);
        assertThat(connections.isIdle()).isTrue();
    }

    private CompletableFuture<Integer> read(long seconds) {
        var result = new CompletableFuture<Integer>();
        channel.read(ByteBuffer.allocate(8), seconds, TimeUnit.SECONDS, result, new CompletionHandler<>() {
            @Override
            public void completed(Integer count, CompletableFuture<Integer> attachment) {
                attachment.complete(count);
            }

            @Override
            public void failed(Throwable problem, CompletableFuture<Integer> attachment) {
                attachment.completeExceptionally(problem);
            }
        });
        return result;
    }
}
