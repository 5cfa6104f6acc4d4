package dev.mehari.api.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** What the code cannot say of itself: summaries, examples, and what parameters mean; from {@code docs/calls.yaml}. */
final class Words {
    private static final String FILE = "docs/calls.yaml";

    private final JsonNode file;

    private Words(JsonNode file) {
        this.file = file;
    }

    static Words read() {
        try (var text = new ClassPathResource(FILE).getInputStream()) {
            return new Words(new YAMLMapper().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param call {@code GET /api/v1/channels}; missing when nothing is said of it */
    JsonNode of(String call) {
        return file.path("calls").path(call);
    }

    /** What is said of a parameter at this call, or else wherever it turns up. */
    JsonNode parameter(String call, @Nullable String name) {
        var key = Objects.requireNonNullElse(name, "");
        var here = of(call).path("parameters").path(key);
        return here instanceof MissingNode ? file.path("parameters").path(key) : here;
    }
}
