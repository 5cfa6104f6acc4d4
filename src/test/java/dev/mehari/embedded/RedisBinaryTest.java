package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisBinaryTest {
    @ParameterizedTest
    @CsvSource({"Linux,amd64", "Linux,aarch64", "Mac OS X,x86_64", "Mac OS X,aarch64"})
    void program_isInTheJar(String os, String processor) {
        assertThat(RedisBinary.class.getResource("/" + RedisBinary.resourceFor(os, processor)))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"Linux,riscv64", "Windows 11,amd64", "SunOS,sparcv9"})
    void unknownMachine_isToldWhatToSet(String os, String processor) {
        assertThatThrownBy(() -> RedisBinary.resourceFor(os, processor))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(os)
                .hasMessageContaining("set REDIS_URL");
    }

    @ParameterizedTest
    @CsvSource({
        "'error=2, No such file or directory', GNU C library",
        "'error=8, Exec format error', processor",
        "'error=13, Permission denied', noexec",
        "'libcrypto.so.3: cannot open shared object file', libssl3",
        "'/lib64/libc.so.6: version `GLIBC_2.33'' not found', newer C library",
        "'anything else', anything else"
    })
    void failure_isExplained(String said, String explanation) {
        assertThat(RedisBinary.cannotRun(Path.of("redis-server"), said, null))
                .hasMessageContaining(explanation)
                .hasMessageContaining("set REDIS_URL");
    }

    @Test
    void wishedPort_outsideItsRange_isRefused() {
        assertThatThrownBy(() -> new RedisSettings(Path.of("."), 70000, "everysec", null))
                .hasMessageContaining("mehari.redis.port");
        assertThatThrownBy(() -> new RedisSettings(Path.of("."), 0, "sometimes", null))
                .hasMessageContaining("always, everysec or no");
    }
}
