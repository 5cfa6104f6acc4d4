package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartCodeTest {
    @Test
    void directives_areTakenByTheJvm() throws IOException, JMException {
        assertThat(StartCode.addDirectives()).asString().contains("1 compiler directives added");
        assertThat(DiagnosticCommand.run("compilerDirectivesPrint"))
                .contains("org/springframework/beans/*.*", "Exclude:true");
    }

    @AfterEach
    void forget() throws JMException {
        DiagnosticCommand.run("compilerDirectivesRemove");
    }
}
