package dev.mehari.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The PostgreSQL that a killed gateway left behind; PostgreSQL's own {@code postmaster.pid} describes it. */
record LeftPostgres(Path data) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Lines of postmaster.pid, from PostgreSQL's pidfile.h. */
    private static final int PORT = 3;

    private static final int STATUS = 7;

    /** "SSLRequest": answered by one byte, without a login (PostgreSQL's manual, "Message Formats"). */
    private static final byte[] MAY_WE_ENCRYPT =
            ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

    /** The port of one that can be taken over. */
    OptionalInt port() {
        if (!isAlive()) {
            return OptionalInt.empty();
        }
        try {
            List<String> lines = Files.readAllLines(pidFile());
            boolean ready = lines.size() > STATUS && lines.get(STATUS).strip().equals("ready");
            int port = ready ? Integer.parseInt(lines.get(PORT).strip()) : 0;
            return ready && answers(port) ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    boolean isAlive() {
        return process().ours().isPresent();
    }

    /** Waits until the one that runs ends; returns at once where none does. */
    void awaitEnd() {
        process().ours().ifPresent(running -> running.onExit().join());
    }

    /** Ends one that does not answer, and takes away a pid file whose number is another program's by now. */
    void clear(PostgresPrograms programs) throws IOException {
        if (isAlive() && !programs.stop(data, "immediate")) {
            process().ours().ifPresent(ProcessHandle::destroyForcibly);
            Patience.until(PATIENCE, () -> !isAlive());
        }
        if (!isAlive()) {
            Files.deleteIfExists(pidFile());
        }
    }

    private LeftProcess process() {
        return new LeftProcess(pidFile(), data, Path.of("postgres"));
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            int millis = (int) PATIENCE.toMillis();
            socket.connect(new InetSocketAddress(LoopbackPort.address(), port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(MAY_WE_ENCRYPT);
            int answer = socket.getInputStream().read();
            return answer == 'N' || answer == 'S';
        } catch (IOException e) {
            return false;
        }
    }
}
