package dev.mehari.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mehari.notification.Priority;
import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentFilesTest {

    private static final Path TYPES = Path.of("config/types.yaml");
    private static final Path OPENED = Path.of("config/templates/trade.opened.yaml");
    private static final String GOOD_TYPES = "types: {trade.opened: {sample: {data: {symbol: BTC}}}}";

    @TempDir
    private Path folder;

    /** Each fixture under {@code content/types} has the one mistake its name says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown-key | 3:5 | Unknown key 'colour'. Did you mean 'color'?",
                "unknown-top-level-key | 1:1 | Unknown key 'type'. Did you mean 'types'?",
                "unknown-color | 3:12 | 'gren' is no colour. Write a name or \"#RRGGBB\" in quotes. Did you mean 'green'?",
                "unquoted-hex-color | 6:12 | '#12' is no colour.",
                "unknown-priority | 3:15 | 'priority' must be low, normal, high or critical, not 'urgent'.",
                "type-name-with-capitals | 2:3 | 'Trade.Opened' is no name of a type. Write lower-case words",
                "type-twice | 4:3 | Key 'trade.opened' stands here a second time, the first is in line 2.",
                "type-is-a-list | 2:3 | 'types' must be a map of keys and values, not a list.",
                "settings-are-a-word | 2:17 | Type 'trade.opened' must be a map of settings, not 'green'.",
                "template-with-ending | 3:15 | without .yaml, not 'opened.yaml'.",
                "template-in-another-folder | 3:15 | 'template' must be the name of a file in templates/",
                "sample-data-is-a-word | 4:13 | 'data' must be a map of keys and values, not 'none'.",
                "tab-indentation | 2:1 | Indent with spaces instead of tabs.",
                "unclosed-quote | 6:1 | Close the quotes.",
                "empty-file | 1:1 | The key 'types' is missing.",
            })
    void mistakeInTypes_isNamedWithItsPlace(String mistake, String place, String sentence) {
        List<Problem> problems = problems(Map.of(TYPES, fixture("types/" + mistake)));

        assertThat(problems).as(problems.toString()).hasSize(1);
        assertThat(problems.getFirst().toString())
                .startsWith("config/types.yaml:" + place + ": ")
                .contains(sentence);
    }

    /** Each fixture under {@code content/templates} has the one mistake its name says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown-key | 2:1 | Unknown key 'feilds'. Did you mean 'fields'?",
                "unknown-field-key | 2:26 | Unknown key 'inlnie'. Did you mean 'inline'?",
                "template-syntax-error | 4 | This is no FreeMarker template: ",
                "unclosed-directive | 1 | This is no FreeMarker template: ",
                "forbidden-directive | 4:15 | <#assign> is not allowed in a card",
                "unknown-color | 1:8 | 'chartreuse' is no colour.",
                "field-without-value | 2:5 | A field needs a 'value'.",
                "field-is-a-word | 1:10 | A field must be a map { name: …, value: … }, not 'price'.",
                "fields-are-a-map | 1:9 | 'fields' must be a list, not a map.",
                "title-is-a-list | 1:8 | 'title' must be a single value, not a list.",
                "inline-is-a-word | 2:34 | 'inline' must be true or false, not 'maybe'.",
                "sample-does-not-render | 3:27 | The sample of 'trade.opened' in types.yaml does not render: data.price"
                        + " is missing. Add it to the sample, or allow for its absence, ${data.price!}.",
                "list-at-top-level | 1:1 | The file must hold keys with values at its top level, not a list.",
            })
    void mistakeInATemplate_isNamedWithItsPlace(String mistake, String place, String sentence) {
        List<Problem> problems = problems(Map.of(TYPES, GOOD_TYPES, OPENED, fixture("templates/" + mistake)));

        assertThat(problems).as(problems.toString()).hasSize(1);
        assertThat(problems.getFirst().toString())
                .startsWith("config/templates/trade.opened.yaml:" + place + (place.contains(":") ? ": " : ":"))
                .contains(sentence);
    }

    @Test
    void mistakesInSeveralFiles_areAllToldAtOnce() {
        List<Problem> problems = problems(Map.of(
                TYPES,
                fixture("types/unknown-key"),
                OPENED,
                fixture("templates/unknown-field-key"),
                Path.of("config/templates/discord/trade.opened.yaml"),
                fixture("templates/unclosed-directive")));

        assertThat(problems)
                .extracting(Problem::file)
                .containsExactly(
                        "config/templates/discord/trade.opened.yaml",
                        "config/templates/trade.opened.yaml",
                        "config/types.yaml");
    }

    @Test
    void templateOfNoType_isAWarning() {
        Content content = ContentFiles.load(Map.of(
                TYPES,
                GOOD_TYPES,
                Path.of("config/templates/trade.opend.yaml"),
                "title: a",
                Path.of("config/templates/discrod/trade.opened.yaml"),
                "title: a"));

        assertThat(content.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "config/templates/discrod/trade.opened.yaml: No provider is called 'discrod'."
                                + " Did you mean 'discord'?",
                        "config/templates/trade.opend.yaml: No type uses this template. Add 'trade.opend' to types.yaml,"
                                + " or remove the file. Did you mean 'trade.opened'?");
    }

    @Test
    void sample_isCheckedWithEveryProvidersTemplate() {
        List<Problem> problems = problems(Map.of(
                TYPES, GOOD_TYPES, Path.of("config/templates/slack/trade.opened.yaml"), "title: \"${data.price}\""));

        assertThat(problems).extracting(Problem::file).containsExactly("config/templates/slack/trade.opened.yaml");
    }

    @Test
    void provenTexts_areNotCompiledBeforeTheyAreUsed() {
        var files = Map.of(TYPES, GOOD_TYPES, OPENED, "title: \"${data.price}\"");

        assertThatCode(() -> ContentFiles.load(files, (file, text) -> true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ContentFiles.load(files, (file, text) -> file.endsWith("trade.opened.yaml")))
                .as("a sample that is not the shipped one")
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void twoFilesForOneTemplate_areRefused() {
        assertThat(problems(Map.of(
                        TYPES,
                        GOOD_TYPES,
                        OPENED,
                        "title: a",
                        Path.of("config/templates/trade.opened.yml"),
                        "title: b")))
                .extracting(Problem::message)
                .containsExactly("config/templates/trade.opened.yaml is the same template. Keep one of them.");
    }

    @Test
    void missingTypesFile_isSaid() {
        assertThat(problems(Map.of(OPENED, "title: a")))
                .extracting(Problem::message)
                .containsExactly("The file is missing. Write it with a map 'types:' in it.");
    }

    @Test
    void typeWithoutSettings_hasTheDefaults() {
        MessageType type = ContentFiles.load(Map.of(TYPES, "types:\n  backup.done:\n"))
                .types()
                .find("backup.done")
                .orElseThrow();

        assertThat(type).isEqualTo(new MessageType("backup.done", "backup.done", null, Priority.NORMAL, null, null));
    }

    @Test
    void library_keepsWhatItHasWhenTheNextIsBad() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("types.yaml"), GOOD_TYPES);
        Files.writeString(folder.resolve("channels.yaml"), "channels: [not ours]");
        Files.writeString(folder.resolve("templates/.trade.opened.yaml.swp"), "\0");
        Files.writeString(folder.resolve("templates/README.md"), "# Templates");
        ContentLibrary library = new ContentLibrary();
        Content good = library.load(folder);

        Files.writeString(folder.resolve("types.yaml"), fixture("types/unknown-key"));
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> library.load(folder));

        assertThat(refusal.problems()).extracting(Problem::file).containsExactly(folder.getFileName() + "/types.yaml");
        assertThat(library.current()).isSameAs(good);
        assertThat(library.types().knows("trade.opened")).isTrue();
    }

    private static List<Problem> problems(Map<Path, String> files) {
        return catchThrowableOfType(ProblemException.class, () -> ContentFiles.load(files))
                .problems();
    }

    private static String fixture(String name) {
        try (var stream = ContentFilesTest.class.getResourceAsStream("/content/" + name + ".yaml")) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
