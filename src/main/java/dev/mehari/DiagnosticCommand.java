package dev.mehari;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What {@code jcmd} asks of a JVM, asked of this one. */
final class DiagnosticCommand {
    private DiagnosticCommand() {}

    /**
     * Runs a command and returns what the JVM says to it. Thread-safe.
     *
     * @param command as its MBean spells it: {@code vmLog} for {@code VM.log}
     * @throws JMException this JVM has no such command, or does not take these words
     */
    static String run(String command, String... words) throws JMException {
        var name = new ObjectName("com.sun.management:type=DiagnosticCommand");
        var server = ManagementFactory.getPlatformMBeanServer();
        var answer = words.length == 0
                ? server.invoke(name, command, new Object[0], new String[0])
                : server.invoke(name, command, new Object[] {words}, new String[] {String[].class.getName()});
        return String.valueOf(answer);
    }
}
