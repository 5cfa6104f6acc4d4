package dev.mehari.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The process that a pid file names. Numbers are used again, after a restart of the machine above all, so it counts as ours
 * only if it works in our folder or, where the system does not tell that, runs our program.
 */
record LeftProcess(Path pidFile, Path folder, Path program) {
    /** The first line of the pid file. */
    OptionalLong pid() {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(lines.getFirst().trim()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The living process of that number, whoever's it is. */
    Optional<ProcessHandle> named() {
        return pid().isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(pid().getAsLong()).filter(ProcessHandle::isAlive);
    }

    Optional<ProcessHandle> ours() {
        return named().filter(this::isOurs);
    }

    private boolean isOurs(ProcessHandle process) {
        Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            if (Files.isSymbolicLink(workingFolder)) {
                return Files.readSymbolicLink(workingFolder).equals(folder);
            }
        } catch (IOException e) {
            return false;
        }
        return process.info().command().filter(program.toString()::equals).isPresent();
    }
}
