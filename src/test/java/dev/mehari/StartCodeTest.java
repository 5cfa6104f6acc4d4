package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartCodeTest {
    @Test
    void directives_areTakenByTheJvm() throws IOException, JMException {
        assertThat(StartCode.addDirectives()).asString().contains("1 compiler directives added");
        assertThat(tell("compilerDirectivesPrint")).contains("org/springframework/beans/*.*", "Exclude:true");
    }

    @AfterEach
    void forget() throws JMException {
        tell("compilerDirectivesRemove");
    }

    private static String tell(String command) throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), command, null, null)
                .toString();
    }
}
