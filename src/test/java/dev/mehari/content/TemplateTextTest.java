package dev.mehari.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mehari.problem.ProblemException;
import dev.mehari.problem.YamlNode.Place;
import dev.mehari.problem.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextTest {

    private static final Map<String, Object> DATA = Map.ofEntries(
            Map.entry("pnl", 12.5),
            Map.entry("pnlText", "12.50"),
            Map.entry("order", "000123"),
            Map.entry("loss", -1234567.891),
            Map.entry("sum", 0.1 + 0.2),
            Map.entry("tiny", 0.0000000012345),
            Map.entry("big", 12345678901L),
            Map.entry("exact", new BigDecimal("97150.50")),
            Map.entry("open", true),
            Map.entry("symbol", "BTC"),
            Map.entry("tags", List.of("a", "b")),
            Map.entry("nested", Map.of("deep", "x")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain text {with} #{signs} | plain text {with} #{signs}",
                "${data.pnl} | 12.5",
                "${data.pnl?string('0.00')} | 12.50",
                "${data.pnlText?string('+0.0;-0.0')} | +12.5",
                "${(data.pnlText gte 0)?then('up', 'down')} | up",
                "${data.pnlText} | 12.50",
                "${data.order} | 000123",
                "${data.loss} | -1234567.891",
                "${data.loss?string('0.0')} | -1234567.9",
                "${data.sum} | 0.3",
                "${data.tiny} | 0.0000000012345",
                "${data.big} | 12345678901",
                "${data.exact} | 97150.5",
                "${data.open} | true",
                "${data.nested.deep} | x",
                "${data.gone!} | ''",
                "${data.gone!'–'} | –",
                "${(data.gone.deeper)!'–'} | –",
                "<#list data.tags as tag>${tag}<#sep>, </#list> | a, b",
                "<#list data.nested as key, value>${key}=${value}</#list> | deep=x",
                "${data.tags[0..0]?join(',')} | a",
                "${data.symbol[0..1]} and so on.. | BT and so on..",
                "${type} ${source} ${traceId} ${id} ${priority} ${channel} | trade.closed http trace-1 01J normal trades",
                "${createdAt} | 2026-05-01T12:00:00Z",
                "${createdAt?string('dd MMM HH:mm')} | 01 May 12:00",
                "${title!'none'} ${text} | none hello",
                "${data.symbol + ' <@' + '1>'} | BTC <@1>",
            })
    void string_rendersAsWritten(String template, String expected) throws Exception {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${data.gone} | data.gone is missing",
                "${data.gone?string('0.00')} | data.gone is missing",
                "${data.nested} | Expected a string",
                "${data.symbol?string('0.00')} | string",
                "${data.symbol?number} | number",
            })
    void failure_saysWhy(String template, String reason) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(TemplateText.Failure.class)
                .satisfies(e -> assertThat(((TemplateText.Failure) e).reason())
                        .containsIgnoringCase(reason)
                        .doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${'java.lang.Runtime'?new()}",
                "${data?api.getClass()}",
                "${'1'?eval}",
                "${ ( '${\"x\"?interpret}' ) }",
                "<#assign x = 1>",
                "<#macro m><@m/></#macro>",
                "<#function f(n)><#return n></#function>",
                "<#include 'x'>",
                "<#import 'x' as x>",
                "<#setting locale='de'>",
                "<#list 1..1000000000 as i></#list>",
                "<#list 1.. as i></#list>",
                "${(1..9)?join(',')}",
                "${'x'?left_pad(1000000000)}",
                "${'x'?right_pad(data.big)}",
                "${text?matches('(a+)+b')}",
                "${text?replace('(a+)+b', '', 'r')}",
                "${'${(1..9)?join(\"\")}'}",
                "<#if (1 < 2) && (data.x?? || '1'?eval == '2')>x</#if>",
                "hello <@123>",
            })
    void dangerousTemplate_isRefused(String template) {
        assertThatThrownBy(() -> TemplateText.compile(scalar(template))).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusal_namesItsPlaceAndTheWayOut() {
        assertThatThrownBy(() -> TemplateText.compile(scalar("one\ntwo <#assign x = 1>")))
                .hasMessage("f.yaml:2:5: <#assign> is not allowed in a card; <#if>, <#list>, <#switch> and ${…} are.");
    }

    @Test
    void loopsOverLargeData_comeToAnEnd() {
        List<Integer> many = Collections.nCopies(5_000, 1);
        String loops = "<#list data.many as a><#list data.many as b></#list></#list>";

        assertThatThrownBy(() -> render(loops, Map.of("many", many))).hasMessageContaining("loops are too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${data.x}", "${data.x + 1}", "${data.x?string('0.00')}", "${(data.x gte 0)?c}"})
    void hugeExponents_costNothing(String template) {
        for (String number : List.of("1E+999999999", "-1E+999999999", "1E-999999999")) {
            String text;
            try {
                text = render(template, Map.of("x", new BigDecimal(number)));
            } catch (TemplateText.Failure e) {
                text = e.reason();
            }
            assertThat(text).hasSizeLessThan(300);
        }
    }

    @Test
    void output_isBounded() {
        Map<String, Object> data = Map.of("many", Collections.nCopies(1000, 1), "long", "x".repeat(1000));

        assertThatThrownBy(() -> render("<#list data.many as a>${data.long}</#list>", data))
                .hasMessageContaining("longer than 300000 characters");
    }

    @Test
    void rendering_isTheSameInManyThreads() {
        TemplateText text = TemplateText.compile(scalar("${data.pnl?string('0.00')} ${data.loss}"));

        List<CompletableFuture<String>> all = IntStream.range(0, 200)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> rendered(text)))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo("12.50 -1234567.891"));
    }

    @Test
    void language_doesNotDependOnTheMachine() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(TemplateText.language().getLocale()).isEqualTo(Locale.ENGLISH);
            assertThat(TemplateText.language().getTimeZone().getID()).isEqualTo("UTC");
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static String rendered(TemplateText text) {
        try {
            return text.render(model(DATA));
        } catch (TemplateText.Failure e) {
            return e.reason();
        }
    }

    private static String render(String template) throws TemplateText.Failure {
        return render(template, DATA);
    }

    private static String render(String template, Map<String, Object> data) throws TemplateText.Failure {
        return TemplateText.compile(scalar(template)).render(model(data));
    }

    private static Model model(Map<String, Object> data) {
        return new Model(Notifications.of("trade.closed", null, "hello", data), "trades");
    }

    private static Scalar scalar(String text) {
        return new Scalar(new Place("f.yaml", 1, 1), text, text, 1, 1);
    }
}
