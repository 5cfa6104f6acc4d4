package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshProgramTest {
    @TempDir
    Path folder;

    /** A gateway's first start failed so: PostgreSQL's programs were started while Redis' was written. */
    @Test
    void aProgramThatIsStillOpenForWriting_isStartedWhenItIsNot() throws Exception {
        Path whole = Path.of("/bin/true");
        assumeTrue(System.getProperty("os.name").equals("Linux") && Files.isExecutable(whole));
        Path program = Files.copy(whole.toRealPath(), folder.resolve("program"));
        program.toFile().setExecutable(true);
        var open = Files.newByteChannel(program, StandardOpenOption.WRITE);
        assertThatThrownBy(() -> new ProcessBuilder(program.toString()).start()).hasMessageContaining("Text file busy");

        var closing = CompletableFuture.runAsync(
                () -> {
                    try {
                        open.close();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
        assertThat(FreshProgram.start(new ProcessBuilder(program.toString())).waitFor())
                .isZero();
        closing.join();
    }

    @Test
    void aProgramThatIsNotThere_failsAtOnce() {
        assertThatThrownBy(() -> FreshProgram.start(
                        new ProcessBuilder(folder.resolve("none").toString())))
                .isInstanceOf(IOException.class);
    }
}
