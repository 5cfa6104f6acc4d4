package dev.mehari.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.provider.KnownProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The check without a gateway, on copies of the shipped files. */
class ConfigCheckTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void shippedFiles() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("config"), folder.resolve("config"));
        FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("routes"));
        shell = new Shell(folder);
    }

    @Test
    void shippedFiles_areGood() {
        var run = shell.mehari("config", "check");

        assertThat(run.out()).contains("all good");
        assertThat(run.exit()).isZero();
        assertThat(shell.mehari("routes", "check").exit()).isZero();
    }

    @Test
    void everyMistake_isNamedAtOnceWithItsPlace() throws IOException {
        edit("config/channels.yaml", "provider: discord", "provider: dicsord");
        edit("config/types.yaml", "types:", "typs:");
        Files.writeString(folder.resolve("config/templates/system.alert.yaml"), "titel: x\n");
        Files.writeString(folder.resolve("config/templates/system.status.yaml"), "title: [unclosed\n");
        edit("routes/routing.yaml", "channel:trades", "channel:trade");
        edit("routes/reports.yaml", "direct:notify", "direct:notfy");
        edit("routes/dead-letter.yaml", "steps:", "stepps:");

        var run = shell.mehari("config", "check");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().lines().filter(line -> line.contains("dicsord")))
                .allMatch(line -> line.matches(
                        "config/channels.yaml:\\d+:\\d+: There is no provider 'dicsord'. Did you mean 'discord'\\?"));
        assertThat(run.out())
                .containsPattern("config/types.yaml:\\d+:1: Unknown key 'typs'")
                .contains("config/templates/system.alert.yaml:1:1: Unknown key 'titel'. Did you mean 'title'?")
                .containsPattern("config/templates/system.status.yaml:\\d+")
                .containsPattern(
                        "routes/routing.yaml:\\d+:\\d+: There is no channel 'trade' .* Did you mean 'trades'\\?")
                .containsPattern(
                        "routes/reports.yaml:\\d+:\\d+: Nobody answers 'direct:notfy'.* Did you mean 'direct:notify'")
                .containsPattern("routes/dead-letter.yaml:\\d+:\\d+: .*stepps")
                .containsPattern("\\d+ files checked, \\d+ mistakes");
    }

    @Test
    void json_holdsFileLineAndSentence() throws IOException {
        edit("routes/routing.yaml", "channel:trades", "channel:trade");

        var run = shell.mehari("config", "check", "--json");

        var problem = Json.read(run.out()).path("problems").path(0);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(problem.path("file").asText()).isEqualTo("routes/routing.yaml");
        assertThat(problem.path("line").asInt()).isPositive();
    }

    @Test
    void missingFolder_isAMistakeAndNoCrash() {
        shell.with("MEHARI_CONFIG_DIR", folder.resolve("no").toString())
                .with("MEHARI_ROUTES_DIR", folder.resolve("nor").toString());
        assertThat(FileSystemUtils.deleteRecursively(folder.resolve("config").toFile()))
                .isTrue();
        assertThat(FileSystemUtils.deleteRecursively(folder.resolve("routes").toFile()))
                .isTrue();

        var run = shell.mehari("config", "check");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("config/channels.yaml: The file is missing")
                .contains("routes: There is no such folder");
    }

    @Test
    void secretsInTheFiles_areNotShown() throws IOException {
        edit("config/channels.yaml", "provider: discord", "provider: dicsord");
        edit("config/channels.yaml", "${TRADES_WEBHOOK_URL:}", "https://discord.com/api/webhooks/1/sEcReT-tOkEn");

        var run = shell.mehari("config", "check");

        assertThat(run.out() + run.err()).contains("dicsord").doesNotContain("sEcReT");
    }

    @Test
    void channelsThatCannotBeRead_areOneMistakeAndNotOneForEachRoute() throws IOException {
        edit("config/channels.yaml", "\nchannels:", "\nchannels: [");

        assertThat(shell.mehari("config", "check").out())
                .contains("config/channels.yaml:")
                .doesNotContain("routes/");
    }

    /** What the check knows of Java by heart is what Java has. */
    @Test
    void routesMadeInJava_areKnown() throws IOException {
        Set<String> ids = new TreeSet<>();
        Set<String> endpoints = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(
                            file -> file.toString().endsWith("Routes.java") || file.endsWith("NotifyRoute.java"))
                    .toList()) {
                String text = Files.readString(source);
                ids.addAll(all("routeId\\(\"([a-z-]+)\"\\)", text));
                endpoints.addAll(all("\\bfrom\\(\"((?:direct|platform-http):[^?\"]+)", text));
            }
        }

        assertThat(JavaRoutes.IDS).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(JavaRoutes.ENDPOINTS).containsExactlyInAnyOrderElementsOf(endpoints);
    }

    @Test
    void providersOfTheGateway_areKnown() {
        var classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.mehari.delivery.provider");
        long providers = classes.stream()
                .filter(type -> type.isAssignableTo(Provider.class) && !type.isInterface())
                .count();

        assertThat(KnownProviders.rules(Clock.systemUTC()).providers()).hasSize((int) providers);
    }

    private static Set<String> all(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private void edit(String file, String what, String into) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replaceFirst(Pattern.quote(what), into));
    }
}
