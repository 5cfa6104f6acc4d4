package dev.mehari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher from folders with spaces in their names, with Javas of the tests' own. */
class LauncherTest {
    @TempDir
    Path machine;

    private Path project;
    private String path = System.getenv("PATH");

    private record Run(int exit, String out, String err) {}

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectories(machine.resolve("a folder/mehari"));
        Files.copy(Path.of("mehari"), project.resolve("mehari"));
    }

    @Test
    void build_isRunFromAnyFolderAndThroughLinks() throws Exception {
        Files.createDirectories(project.resolve("target"));
        Files.createSymbolicLink(
                project.resolve("target/classes"), Path.of("target/classes").toAbsolutePath());
        Files.createSymbolicLink(
                project.resolve("target/cli"), Path.of("target/cli").toAbsolutePath());
        Path link = Files.createSymbolicLink(machine.resolve("to mehari"), project.resolve("mehari"));

        Run run = run(link, Map.of("JAVA_HOME", System.getProperty("java.home")), "--version");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("mehari ");
    }

    /** With the small class path alone: what a check needs has to be in it. */
    @Test
    void build_checksConfigurationWithNothingButItsOwnClassPath() throws Exception {
        Files.createDirectories(project.resolve("target"));
        Files.createSymbolicLink(
                project.resolve("target/classes"), Path.of("target/classes").toAbsolutePath());
        Files.createSymbolicLink(
                project.resolve("target/cli"), Path.of("target/cli").toAbsolutePath());
        Files.createSymbolicLink(project.resolve("config"), Path.of("config").toAbsolutePath());
        Files.createSymbolicLink(project.resolve("routes"), Path.of("routes").toAbsolutePath());

        Run run =
                run(project.resolve("mehari"), Map.of("JAVA_HOME", System.getProperty("java.home")), "config", "check");

        assertThat(run.out() + run.err()).contains("all good");
    }

    @Test
    void nothingBuilt_isSaidWithWhatToDo() throws Exception {
        Run run = run(project.resolve("mehari"), Map.of("JAVA_HOME", java("25")), "channels");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("./mvnw package");
    }

    @Test
    void jar_isRunWithItsArgumentsAsTheyAre() throws Exception {
        Path jar = jar();

        Run run = run(
                project.resolve("mehari"),
                Map.of("JAVA_HOME", java("21"), "MEHARI_JAR", jar.toString()),
                "send",
                "a.b",
                "two words",
                "*");

        assertThat(run.out()).endsWith("[-cp][" + jar + "][dev.mehari.cli.MehariCommand][send][a.b][two words][*]\n");
    }

    @Test
    void javaOnThePath_isUsedWhenTheHomeIsTooOld() throws Exception {
        path = java("21.0.4") + "/bin:" + path;

        Run run = run(
                project.resolve("mehari"), Map.of("JAVA_HOME", java("17"), "MEHARI_JAR", jar().toString()), "stats");

        assertThat(run.out()).startsWith("21.0.4 ");
    }

    private Path jar() throws IOException {
        Path folder = Files.createDirectories(machine.resolve("a folder"));
        return Files.createFile(folder.resolve("mehari.jar"));
    }

    /** A Java of that version that only says how it was called. */
    private String java(String version) throws IOException {
        Path home = Files.createDirectories(machine.resolve("java " + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '" + version + " '\nprintf '[%s]' \"$@\"\necho\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home.toString();
    }

    private Run run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        var builder = new ProcessBuilder(Stream.concat(Stream.of("sh", launcher.toString()), Stream.of(arguments))
                .toList());
        builder.directory(machine.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(environment);
        Path err = machine.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }
}
