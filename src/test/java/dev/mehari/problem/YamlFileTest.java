package dev.mehari.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.problem.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void value_isWhatJsonHolds() {
        Mapping root = mapping("""
                whole: 7
                decimal: -1.5
                hex: 0x10
                word: yes
                time: 12:30
                quoted: "7"
                truth: true
                nothing:
                list: [1, {a: b}]
                """);

        assertThat(root.value())
                .containsEntry("whole", 7L)
                .containsEntry("decimal", -1.5)
                .containsEntry("hex", 16L)
                .containsEntry("word", "yes")
                .containsEntry("time", "12:30")
                .containsEntry("quoted", "7")
                .containsEntry("truth", true)
                .containsEntry("nothing", null)
                .containsEntry("list", List.of(1L, Map.of("a", "b")));
    }

    @Test
    void unknownKey_isNamedWithItsPlaceAndTheNearestName() {
        Mapping root = mapping("color: red\ntempalte: x\n");

        assertThat(root.unknownKeys(Set.of("color", "template")))
                .containsExactly(new Problem("f.yaml", 2, 1, "Unknown key 'tempalte'. Did you mean 'template'?"));
    }

    @Test
    void duplicateKeys_areAllRefused() {
        assertThat(broken("a: 1\nb: 2\na: 3\nb: 4\n"))
                .extracting(Problem::line, Problem::message)
                .containsExactly(
                        tuple(3, "Key 'a' stands here a second time, the first is in line 1. Remove one of them."),
                        tuple(4, "Key 'b' stands here a second time, the first is in line 2. Remove one of them."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a:\\n\\tb: 1' | 2 | Indent with spaces",
                "'a: 1\\nb: c: d' | 2 | put quotes around a value that contains",
                "'a: 1\\n b: 2' | 2 | Check the indentation",
                "'a: \"x\\nb: 2' | 2 | Close the quotes",
                "'a: 1\\n---\\nb: 1' | 2 | remove the line '---'",
                "'a: @b' | 1 | Put quotes around a value",
                "'a: *b' | 1 | starts with '*'",
                "'a: 1\\nb: \\7' | 2 | Remove it",
                "'<<: {a: 1}' | 1 | Merge keys",
                "'? [a]\\n: 1' | 1 | A key must be a single word"
            })
    void mistake_isExplainedAtItsLine(String text, int line, String advice) {
        List<Problem> found = broken(text.translateEscapes());

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().line()).isEqualTo(line);
        assertThat(found.getFirst().message()).contains(advice);
    }

    @Test
    void aliases_cannotMakeADocumentHuge() {
        StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 7; i++) {
            text.append("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }

        assertThat(broken(text.toString())).hasSize(1);
        assertThat(broken("a: &a [*a]")).hasSize(1);
    }

    @Test
    void wrongShape_isSaidWithWhatStandsThere() {
        Mapping root = mapping("a: [1]\nb: x\nc:\n");

        assertThat(root.mapping("a", problems)).isEmpty();
        assertThat(root.read("b", "a whole number", Integer::valueOf, problems)).isEmpty();
        assertThat(root.mapping("c", problems)).isEmpty();
        assertThat(root.text("d", problems)).isEmpty();
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yaml:1:4: 'a' must be a map of keys and values, not a list.",
                        "f.yaml:2:4: 'b' must be a whole number, not 'x'.");
    }

    @Test
    void placeInsideAText_isThatOfTheFile() {
        Mapping root = mapping("a: \"one two\"\nb: |\n  one\n  two\n");

        assertThat(((Scalar) root.find("a").orElseThrow()).problemAt(1, 5, "!").toString())
                .isEqualTo("f.yaml:1:9: !");
        assertThat(((Scalar) root.find("b").orElseThrow()).problemAt(2, 1, "!").line())
                .isEqualTo(4);
    }

    @Test
    void emptyFile_isAnEmptyMap() {
        assertThat(mapping("# nothing yet\n").entries()).isEmpty();
    }

    @Test
    void nearest_forgivesSwapsAndCaseButNotOtherWords() {
        assertThat(Spelling.nearest("Cloor", Set.of("color", "text"))).contains("color");
        assertThat(Spelling.nearest("zebra", Set.of("color", "text"))).isEmpty();
    }

    private Mapping mapping(String text) {
        YamlFile.Parsed parsed = (YamlFile.Parsed) YamlFile.parse("f.yaml", text);
        return parsed.mapping(problems).orElseThrow();
    }

    private static List<Problem> broken(String text) {
        return ((YamlFile.Broken) YamlFile.parse("f.yaml", text)).problems();
    }
}
