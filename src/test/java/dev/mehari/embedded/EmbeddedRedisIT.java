package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {
    @TempDir
    Path folder;

    private final Deque<EmbeddedRedis> started = new ArrayDeque<>();

    @AfterEach
    void stop() {
        started.forEach(EmbeddedRedis::close);
    }

    @Test
    void orderlyStop_keepsWhatWasWritten() throws IOException {
        EmbeddedRedis first = start(0);
        ask(first, "SET", "kept", "yes");
        first.close();
        assertThat(LoopbackPort.isFree(first.port())).isTrue();

        EmbeddedRedis second = start(0);
        assertThat(second.adopted()).isFalse();
        assertThat(ask(second, "GET", "kept")).isEqualTo("yes");
    }

    @Test
    void leftBehind_isTakenOverWithItsData() throws IOException {
        EmbeddedRedis killedGateways = start(0);
        ask(killedGateways, "SET", "kept", "yes");

        EmbeddedRedis next = start(new RedisSettings(folder, 0, "always", null));
        assertThat(next.adopted()).isTrue();
        assertThat(next.port()).isEqualTo(killedGateways.port());
        assertThat(ask(next, "GET", "kept")).isEqualTo("yes");
        assertThat(ask(next, "CONFIG", "GET", "appendfsync")).asList().contains("always");
    }

    @Test
    void killedRedis_isStartedAnewFromItsFile() throws IOException {
        EmbeddedRedis killed = start(0);
        ask(killed, "SET", "kept", "yes");
        ProcessHandle process = process();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());

        EmbeddedRedis next = start(0);
        assertThat(next.adopted()).isFalse();
        assertThat(ask(next, "GET", "kept")).isEqualTo("yes");
    }

    @Test
    void watchedRedis_isStartedAgainOnItsPort() throws IOException {
        EmbeddedRedis redis = start(0);
        RedisWatch.over(redis);
        ask(redis, "SET", "kept", "yes");
        process().destroyForcibly();

        await().ignoreExceptions().until(() -> "yes".equals(ask(redis, "GET", "kept")));
    }

    @Test
    void silentRedis_isEndedAndStartedAnew() throws Exception {
        EmbeddedRedis silent = start(0);
        ask(silent, "SET", "kept", "yes");
        ProcessHandle process = process();
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();

        EmbeddedRedis next = start(0);
        assertThat(process.isAlive()).isFalse();
        assertThat(ask(next, "GET", "kept")).isEqualTo("yes");
    }

    @Test
    void truncatedFile_isLoadedUpToItsEnd() throws IOException {
        EmbeddedRedis first = start(0);
        ask(first, "SET", "kept", "yes");
        first.close();
        Files.writeString(appendOnlyFile(), "*3\r\n$3\r\nSET\r\n$4\r\nha", StandardOpenOption.APPEND);

        assertThat(ask(start(0), "GET", "kept")).isEqualTo("yes");
    }

    @Test
    void damagedFile_isRefusedWithItsReason() throws IOException {
        EmbeddedRedis first = start(0);
        ask(first, "SET", "kept", "yes");
        first.close();
        Files.writeString(appendOnlyFile(), "no command at all\r\n");

        assertThatThrownBy(() -> start(0))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("append only file")
                .hasMessageContaining("redis.log");
    }

    @Test
    void takenPort_isLeftToItsOwner() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(start(other.getLocalPort()).port()).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void freedPort_isMovedTo_withTheData() throws IOException {
        int wished;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            wished = other.getLocalPort();
            ask(start(wished), "SET", "kept", "yes");
        }
        EmbeddedRedis next = start(wished);
        assertThat(next.port()).isEqualTo(wished);
        assertThat(ask(next, "GET", "kept")).isEqualTo("yes");
    }

    @Test
    void strangersRedisOnTheOldPort_isNotTakenOver(@TempDir Path elsewhere) throws IOException {
        EmbeddedRedis stranger = start(new RedisSettings(elsewhere, 0, "everysec", null));
        Files.writeString(folder.resolve("redis.conf"), "port " + stranger.port() + "\n");

        EmbeddedRedis ours = start(0);
        assertThat(ours.adopted()).isFalse();
        assertThat(ours.port()).isNotEqualTo(stranger.port());
        assertThat(ask(stranger, "PING")).isEqualTo("PONG");
    }

    @Test
    void missingLibrary_saysWhatToInstall() throws IOException {
        Path binary = program(
                "#!/bin/sh\necho 'redis-server: error while loading shared libraries: libssl.so.3'\nexit 127\n");

        assertThatThrownBy(() -> start(new RedisSettings(folder, 0, "everysec", binary)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("libssl3")
                .hasMessageContaining("set REDIS_URL");
    }

    @Test
    void foreignBinary_saysThatItIsNotForThisProcessor() throws IOException {
        Path binary = program("\u007fELF of another world");

        assertThatThrownBy(() -> start(new RedisSettings(folder, 0, "everysec", binary)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("processor")
                .hasMessageContaining("set REDIS_URL");
    }

    private EmbeddedRedis start(int port) {
        return start(new RedisSettings(folder, port, "everysec", null));
    }

    private EmbeddedRedis start(RedisSettings settings) {
        EmbeddedRedis redis = EmbeddedRedis.start(settings);
        started.push(redis);
        return redis;
    }

    private static Object ask(EmbeddedRedis redis, String... words) throws IOException {
        try (RedisTalk talk = RedisTalk.with(redis.port(), Duration.ofSeconds(5))) {
            return talk.ask(words);
        }
    }

    private ProcessHandle process() throws IOException {
        return ProcessHandle.of(Long.parseLong(
                        Files.readString(folder.resolve("redis.pid")).trim()))
                .orElseThrow();
    }

    private Path appendOnlyFile() {
        return folder.resolve("appendonly.aof");
    }

    private Path program(String content) throws IOException {
        Path program = folder.resolve("program");
        Files.write(program, content.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
