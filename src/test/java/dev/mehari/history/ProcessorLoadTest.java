package dev.mehari.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read as proc(5) describes it: user nice system idle iowait irq softirq steal, in ticks, for each processor. */
class ProcessorLoadTest {
    private static final Offset<Double> NEARLY = within(0.001);

    @TempDir
    Path proc;

    private ProcessorLoad load;

    @BeforeEach
    void begin() throws IOException {
        load = new ProcessorLoad(proc, () -> 0.42);
        allowed("0");
        stat("1000 1000 1000 1000 0 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0");
        load.share();
    }

    @Test
    void whatWasInUseSinceTheLastLook_counts() throws IOException {
        stat("1030 1000 1010 1050 10 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0");
        assertThat(load.share()).isCloseTo(0.4, NEARLY);
        stat("1130 1000 1010 1050 10 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0");
        assertThat(load.share()).isCloseTo(1, NEARLY);
    }

    @Test
    void whatStandsBackByItself_isSpare_whatTheHostTookAway_isNot() throws IOException {
        stat("1000 1060 1000 1000 0 0 0 40 0 0", "0 0 0 0 0 0 0 0 0 0");
        assertThat(load.share()).isCloseTo(0.4, NEARLY);
    }

    @Test
    void processorsOfOthers_areNotLookedAt() throws IOException {
        stat("1000 1000 1000 1100 0 0 0 0 0 0", "500 0 0 0 0 0 0 0 0 0");
        assertThat(load.share()).isCloseTo(0, NEARLY);
    }

    @Test
    void betweenTwoTicks_nothingIsKnown() {
        assertThat(load.share()).isZero();
    }

    @Test
    void aShareOfTheProcessors_isTheJvmsToKnow() throws IOException {
        allowed("0-4095,8000");
        assertThat(load.share()).isEqualTo(0.42);
    }

    @Test
    void whereThereIsNoProc_theJvmIsAsked() throws IOException {
        assertThat(new ProcessorLoad(proc.resolve("none"), () -> 0.42).share()).isEqualTo(0.42);
        Files.writeString(proc.resolve("self/status"), "Name:\tjava\n");
        assertThat(load.share()).isEqualTo(0.42);
    }

    @Test
    void thisMachine_hasALoadBetweenNothingAndAll() {
        assertThat(new ProcessorLoad().share()).isBetween(0.0, 1.0);
    }

    private void allowed(String list) throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(
                proc.resolve("self/status"), "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t" + list + "\n");
    }

    private void stat(String first, String second) throws IOException {
        Files.writeString(
                proc.resolve("stat"),
                "cpu  9 9 9 9 9 9 9 9 9 9\ncpu0 " + first + "\ncpu1 " + second + "\nintr 1 2 3\nctxt 5\n");
    }
}
