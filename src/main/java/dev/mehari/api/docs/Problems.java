package dev.mehari.api.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mehari.http.InvalidField;
import dev.mehari.http.ProblemJson;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The errors a call may answer, all of one form (RFC 9457). */
final class Problems {
    private static final Map<String, String> MEANINGS = Map.of(
            "400", "Not JSON, or a parameter that cannot be read",
            "401", "No API key, or one that is not known",
            "404", "There is none of this name or id",
            "409", "As things stand this cannot be done; `detail` says why",
            "413", "The body is too long",
            "415", "The body is of a kind that is not read",
            "422", "A field or parameter holds what it must not; `errors` points at each field",
            "429", "The key's quota is used up",
            "503", "What this needs is away: Redis, or for questions about the past PostgreSQL");
    private static final Set<String> COME_BACK = Set.of("429", "503");

    private final Words words;
    private final Map<String, ApiResponse> definitions = new TreeMap<>();

    /** @param errors one for each invalid field, by JSON pointer */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Problem(
            String type,
            String title,
            int status,
            String code,
            @Nullable String detail,
            @Nullable String traceId,
            @Nullable List<InvalidField> errors) {}

    Problems(Schemas schemas, Words words) {
        this.words = words;
        MEANINGS.forEach((status, meaning) -> {
            var answer = new ApiResponse()
                    .description(meaning)
                    .content(Schemas.content(ProblemJson.CONTENT_TYPE, schemas.of(Problem.class)));
            if (COME_BACK.contains(status)) {
                answer.addHeaderObject(
                        "Retry-After", new Header().description("Seconds").schema(schemas.of(Integer.class)));
            }
            definitions.put("Problem" + status, answer);
        });
    }

    Map<String, ApiResponse> definitions() {
        return definitions;
    }

    /** Every call that asks for a key may answer what its form lets go wrong, and what is said of it. */
    void addTo(String call, Operation operation) {
        Set<String> possible = new TreeSet<>(Set.of("401", "503"));
        boolean inPath = false;
        if (operation.getParameters() != null) {
            possible.addAll(Set.of("400", "422"));
            inPath = operation.getParameters().stream()
                    .anyMatch(one -> one.getIn().equals("path"));
        }
        if (inPath) {
            possible.add("404");
        }
        if (operation.getRequestBody() != null) {
            possible.addAll(Set.of("400", "413", "415", "422"));
        }
        words.of(call).path("problems").forEach(status -> possible.add(status.asText()));
        possible.stream()
                .filter(status -> !operation.getResponses().containsKey(status))
                .forEach(status -> operation
                        .getResponses()
                        .addApiResponse(status, new ApiResponse().$ref("#/components/responses/Problem" + status)));
    }
}
