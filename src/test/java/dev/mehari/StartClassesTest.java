package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartClassesTest {
    private static final List<String> LOG = List.of(
            "java.lang.Object source: shared objects file",
            "dev.mehari.Mehari source: jar:file:/somewhere/mehari.jar!/",
            "java.sql.Connection source: jrt:/java.sql",
            "org.slf4j.Logger source: file:/somewhere/mehari.jar",
            "dev.mehari.Mehari$$Lambda/0x0000000012345678 source: dev.mehari.Mehari",
            "org.example.Beans$$SpringCGLIB$$0 source: file:/somewhere/mehari.jar",
            "jdk.proxy2.$Proxy7 source: jrt:/java.base");

    @TempDir
    Path folder;

    @Test
    void list_holdsWhatLiesInFiles_inTheOrderOfTheStart() throws IOException {
        classes("jar 1").keep(LOG);

        assertThat(classes("jar 1").names())
                .containsExactly("dev.mehari.Mehari", "java.sql.Connection", "org.slf4j.Logger");
    }

    @Test
    void listOfAnotherJar_isNotUsed() throws IOException {
        classes("jar 1").keep(LOG);

        assertThat(classes("jar 2").names()).isEmpty();
    }

    @Test
    void withoutADataFolder_nothingIsWritten() throws IOException {
        new StartClasses(folder.resolve("none"), "jar 1").keep(LOG);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void classThatIsGone_isPassedOver() {
        assertThat(StartClasses.load(List.of("dev.mehari.Gone", "dev.mehari.Mehari", "int")))
                .isEqualTo(1);
    }

    @Test
    void loading_runsNothing() {
        assertThat(StartClasses.load(List.of(StartClassesTest.class.getName() + "$Loud")))
                .isEqualTo(1);
        assertThat(System.getProperty(Loud.class.getName())).isNull();
    }

    private StartClasses classes(String jar) {
        return new StartClasses(folder, jar);
    }

    static final class Loud {
        static {
            System.setProperty(Loud.class.getName(), "has run");
        }

        private Loud() {}
    }
}
