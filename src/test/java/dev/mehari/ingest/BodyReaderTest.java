package dev.mehari.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mehari.notification.Draft;
import dev.mehari.notification.RejectedInput;
import dev.mehari.notification.RejectedInput.Reason;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "{\"type\":\"trade.opened\",\"title\":\"café €\"}";

    private final BodyReader bodies = new BodyReader();

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=UTF-8",
                "text/plain",
                "application/octet-stream",
                FORM,
                FORM + "; charset=UTF-8",
                "application/vnd.company+json",
                "text/xml",
                "",
                "no type at all"
            })
    void json_isUnderstoodUnderAnyName(@Nullable String contentType) {
        assertThat(read(JSON, UTF_8, contentType).title()).isEqualTo("café €");
    }

    @Test
    void otherCharsets_areReadAsTheyAreNamed() {
        assertThat(read(JSON, UTF_16, "application/json; charset=utf-16").title())
                .isEqualTo("café €");
        assertThat(read(JSON.replace("€", "ü"), ISO_8859_1, "application/json;charset=\"iso-8859-1\"")
                        .title())
                .isEqualTo("café ü");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data; boundary=x | UNSUPPORTED",
                "application/json; charset=klingon | UNSUPPORTED",
                "application/json; charset= | UNSUPPORTED"
            })
    void whatCannotBeRead_isRefusedWithTheType(String contentType, Reason reason) {
        assertThat(rejected(JSON, contentType).reason()).isEqualTo(reason);
    }

    @Test
    void xml_isRefused_andSoIsOtherText() {
        assertThat(rejected("<a/>", "application/xml").reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(rejected("<a/>", "application/json").reason()).isEqualTo(Reason.NOT_JSON);
        assertThat(rejected("", null).reason()).isEqualTo(Reason.NOT_JSON);
        assertThat(rejected("hello", FORM).reason()).isEqualTo(Reason.NOT_JSON);
        assertThat(rejected("a=%zz", FORM).reason()).isEqualTo(Reason.NOT_JSON);
    }

    @Test
    void form_isUnderstood_withDotsLeadingIntoTheData() {
        var draft =
                read("type=trade.opened&title=caf%C3%A9+%E2%82%AC&data.symbol=BTC&data.pnl=-1.5&empty=", UTF_8, FORM);
        assertThat(draft.type()).isEqualTo("trade.opened");
        assertThat(draft.title()).isEqualTo("café €");
        assertThat(draft.data()).isEqualTo(Map.of("symbol", "BTC", "pnl", "-1.5", "empty", ""));
    }

    @Test
    void form_mayHoldItsDataAsJson_andKeepsTheDottedBeside() {
        assertThat(read("type=a&data=%7B%22list%22%3A%5B1%2C2%5D%7D&data.symbol=BTC", UTF_8, FORM)
                        .data())
                .isEqualTo(Map.of("list", List.of(1, 2), "symbol", "BTC"));
    }

    private Draft read(String body, Charset charset, @Nullable String contentType) {
        return bodies.read(body.getBytes(charset), contentType);
    }

    private RejectedInput rejected(String body, @Nullable String contentType) {
        return catchThrowableOfType(RejectedInput.class, () -> read(body, UTF_8, contentType));
    }
}
