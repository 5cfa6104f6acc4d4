package dev.mehari;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code mvnw} with a PATH on which nothing stands but what a test puts there. */
class MvnwTest {
    private static final String VERSION = "3.9.11";

    @TempDir
    Path home;

    private Path bin;
    private Path project;

    private record Run(int exit, String output, String errors) {}

    @BeforeEach
    void machine() throws Exception {
        bin = Files.createDirectory(home.resolve("bin"));
        project = Files.createDirectories(home.resolve("a folder/mehari"));
        assertThat(Stream.of("dirname", "sed", "cut", "mkdir", "mv", "rm", "cp", "tar", "gzip"))
                .allMatch(this::borrow);
        assertThat(borrow("sha512sum") || borrow("shasum")).isTrue();
        Files.copy(Path.of("mvnw"), project.resolve("mvnw"));
        java("openjdk version \"21.0.4\" 2024-07-16");
    }

    @Test
    void installedMaven_isUsedFromAnyFolderWithTheArgumentsAsTheyAre() throws Exception {
        maven("3.8.7");

        assertThat(mvnw("-B", "verify", "-Dtest=A B").output())
                .isEqualTo("3.8.7 in mehari: [-B][verify][-Dtest=A B]\n");
    }

    @ParameterizedTest
    @CsvSource({"3.8.1, 3.8.1", "3.10.0, 3.10.0", "4.0.0-rc-4, 4.0.0-rc-4", "3.6.3, fetched", "2.2.1, fetched"})
    void installedMaven_isUsedFrom38On(String installed, String used) throws Exception {
        maven(installed);
        archive();
        curl("cp \"$archive\" \"$target\"");

        assertThat(mvnw("verify").output()).isEqualTo(used + " in mehari: [verify]\n");
    }

    @ParameterizedTest
    @CsvSource({"curl", "wget"})
    void fetchedMaven_isCheckedAndKept(String loader) throws Exception {
        archive();
        loader(loader, "cp \"$archive\" \"$target\"");

        assertThat(mvnw("verify").output()).isEqualTo("fetched in mehari: [verify]\n");

        loader(loader, "exit 7");
        assertThat(mvnw("test").output()).isEqualTo("fetched in mehari: [test]\n");
        assertThat(home.resolve(".cache/mehari")).isDirectoryNotContaining("glob:**.[0-9][0-9]*[0-9][0-9]");
        assertThat(home.resolve("asked"))
                .hasContent("https://archive.apache.org/dist/maven/maven-3/" + VERSION + "/binaries/apache-maven-"
                        + VERSION + "-bin.tar.gz");
    }

    @Test
    void archiveWithAnotherSum_isNotUsed() throws Exception {
        archive();
        curl("cp \"$archive\" \"$target\"; echo more >>\"$target\"");

        Run run = mvnw("verify");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errors()).contains("is not Apache's archive (SHA-512 ").contains("nothing of it was used");
        assertThat(home.resolve(".cache/mehari")).isEmptyDirectory();
    }

    @Test
    void failedDownload_saysWhatToDo() throws Exception {
        curl("exit 6");

        assertThat(mvnw("verify").errors()).contains("cannot be fetched: see to the network");
        assertThat(home.resolve(".cache/mehari")).isEmptyDirectory();
    }

    @Test
    void neitherMavenNorLoader_isSaidInOneSentence() throws Exception {
        assertThat(mvnw("verify").errors())
                .isEqualTo("mvnw: no Maven 3.8 or newer is installed, and fetching one needs curl or wget: "
                        + "install one of the three.\n");
    }

    @Test
    void noJava_isSaidInOneSentence() throws Exception {
        Files.delete(bin.resolve("java"));
        maven("3.8.7");

        assertThat(mvnw("verify"))
                .isEqualTo(
                        new Run(
                                1,
                                "",
                                "mvnw: no java is found: install a JDK, 21 or newer, and put it on the PATH or into JAVA_HOME.\n"));
    }

    @Test
    void javaHomeWithoutJava_isNamed() throws Exception {
        maven("3.8.7");

        assertThat(mvnw(Map.of("JAVA_HOME", "/no where"), "verify").errors())
                .startsWith("mvnw: JAVA_HOME is /no where, where no java is found");
    }

    @ParameterizedTest
    @CsvSource({
        "'java version \"1.8.0_401\"', 8",
        "'openjdk version \"11.0.22\" 2024-01-16', 11",
        "'openjdk version \"16\" 2021-03-16', 16"
    })
    void olderJava_isRefusedWithItsVersion(String said, String major) throws Exception {
        java(said);
        maven("3.8.7");

        Run run = mvnw("verify");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errors()).contains("java is Java " + major + ", and the build needs 17 or newer");
    }

    @ParameterizedTest
    @CsvSource({"openjdk version \"17.0.15\" 2025-04-15", "openjdk version \"26-ea\" 2026-03-17"})
    void newerJava_isAccepted(String said) throws Exception {
        java(said);
        maven("3.9.9");

        assertThat(mvnw("verify").exit()).isZero();
    }

    private void java(String version) {
        script("java", "echo 'Picked up JAVA_TOOL_OPTIONS: -Dversion=x' >&2; echo '" + version + "' >&2");
    }

    private void maven(String version) {
        script("mvn", mavenSaying(version));
    }

    private static String mavenSaying(String version) {
        return "if [ \"$1\" = -version ]; then echo 'Apache Maven " + version + " (abc)'; exit; fi\n"
                + "printf '%s in %s: ' '" + version + "' \"${PWD##*/}\"; printf '[%s]' \"$@\"; echo";
    }

    private void curl(String body) {
        loader("curl", body);
    }

    /** Both loaders are called with the target after -o or -O and the address, in either order. */
    private void loader(String name, String body) {
        script(name, """
                archive='%s'
                while [ $# -gt 0 ]; do
                    case $1 in
                        -o | -O) target=$2; shift ;;
                        https:*) printf '%%s' "$1" >'%s' ;;
                    esac
                    shift
                done
                %s""".formatted(home.resolve("maven.tar.gz"), home.resolve("asked"), body));
    }

    /** An archive of the right form, and its sum in the project's copy of the script. */
    private void archive() throws Exception {
        Path maven = Files.createDirectories(home.resolve("apache-maven-" + VERSION + "/bin"))
                .resolve("mvn");
        write(maven, mavenSaying("fetched"));
        Path archive = home.resolve("maven.tar.gz");
        Process tar = new ProcessBuilder(
                        "tar", "-czf", archive.toString(), "-C", home.toString(), "apache-maven-" + VERSION)
                .start();
        assertThat(tar.waitFor()).isZero();
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive)));
        Path script = project.resolve("mvnw");
        Files.writeString(
                script, Files.readString(script).replaceFirst("maven_sha512=[0-9a-f]{128}", "maven_sha512=" + sum));
    }

    private void script(String name, String body) {
        write(bin.resolve(name), body);
    }

    private static void write(Path file, String body) {
        try {
            Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Puts a tool of this machine on the PATH; false where it has none of that name. */
    private boolean borrow(String tool) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
        found.ifPresent(path -> script(tool, "exec '" + path + "' \"$@\""));
        return found.isPresent();
    }

    private Run mvnw(String... arguments) throws Exception {
        return mvnw(Map.of(), arguments);
    }

    private Run mvnw(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", project.resolve("mvnw").toString()));
        command.addAll(List.of(arguments));
        Path output = home.resolve("output");
        Path errors = home.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", bin.toString(), "HOME", home.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
    }
}
