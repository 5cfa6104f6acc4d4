package dev.mehari.api.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mehari.http.InvalidField;
import dev.mehari.notification.Draft;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of which no controller tells all: the doors, which are Camel routes, and what Boot itself answers. */
final class DoorCalls {
    private static final List<String> HEADERS = List.of("Idempotency-Key", "traceparent", "X-Trace-Id");

    private final Paths paths;
    private final Schemas schemas;

    /** @param duplicate whether the key had been seen before: then the id is the first one's */
    private record Accepted(String id, String traceId, List<String> channels, boolean duplicate) {}

    /** The first four of a line that was taken, the rest of one that was refused. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record BatchLine(
            @Nullable String id,
            @Nullable String traceId,
            @Nullable List<String> channels,
            @Nullable Boolean duplicate,
            @Nullable String code,
            @Nullable String detail,
            @Nullable List<InvalidField> errors) {}

    /** @param results one for each line, in their order */
    private record BatchAnswer(int accepted, int rejected, List<BatchLine> results) {}

    private record Health(String status, Map<String, Object> components) {}

    DoorCalls(Paths paths, Schemas schemas) {
        this.paths = paths;
        this.schemas = schemas;
    }

    void add() {
        var notification = notification();
        door("/api/v1/notifications", Schemas.json(notification), Accepted.class);
        door("/api/v1/notifications/batch", many(notification), BatchAnswer.class);
        item("/api/v1/explain")
                .getPost()
                .setRequestBody(new RequestBody().required(true).content(Schemas.json(notification)));
        health("/health", "application/vnd.spring-boot.actuator.v3+json");
        health("/api/health/detailed", "application/json");
        var metrics = new ApiResponse()
                .description("Prometheus' text format")
                .content(Schemas.content("text/plain", schemas.text()));
        item("/metrics").get(new Operation().responses(new ApiResponses().addApiResponse("200", metrics)));
    }

    /** What a producer may send: of all fields only the type must be there, and more fields than these may. */
    private Schema<?> notification() {
        var reference = schemas.of(Draft.class);
        schemas.named("Draft").required(List.of("type"));
        return reference;
    }

    private Content many(Schema<?> notification) {
        return Schemas.json(schemas.list(notification))
                .addMediaType("application/x-ndjson", new MediaType().schema(schemas.text()));
    }

    private void door(String path, Content body, Class<?> answer) {
        var durable = new ApiResponse()
                .description("It stands in the durable lanes of its channels")
                .content(Schemas.json(schemas.of(answer)));
        var operation = new Operation()
                .requestBody(new RequestBody().required(true).content(body))
                .responses(new ApiResponses().addApiResponse("202", durable));
        HEADERS.forEach(header -> operation.addParametersItem(
                new Parameter().in("header").name(header).schema(schemas.text())));
        item(path).post(operation);
    }

    private void health(String path, String type) {
        var content = Schemas.content(type, schemas.of(Health.class));
        item(path)
                .get(new Operation()
                        .responses(new ApiResponses()
                                .addApiResponse(
                                        "200",
                                        new ApiResponse().description("Up").content(content))
                                .addApiResponse(
                                        "503",
                                        new ApiResponse().description("Down").content(content))));
    }

    private PathItem item(String path) {
        return paths.computeIfAbsent(path, unknown -> new PathItem());
    }
}
