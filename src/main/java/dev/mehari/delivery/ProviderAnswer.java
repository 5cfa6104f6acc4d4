package dev.mehari.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What came back from a provider. Header names are lower-case; of a repeated header the last value counts; the body is
 * the first 64 KiB.
 */
public record ProviderAnswer(int status, Map<String, String> headers, byte[] body) {

    /** The header's value; the name is given in lower case. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
