package dev.mehari.api.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Puts the document together: what the code says, the errors, the words. */
final class ApiDocument {
    private static final String KEY = "key";

    private final Words words = Words.read();
    private final Schemas schemas = new Schemas();
    private final Problems problems = new Problems(schemas, words);
    private final OpenAPI document =
            new OpenAPI(SpecVersion.V31).openapi("3.1.0").paths(new Paths()).components(new Components());

    private ApiDocument() {}

    /** The document as JSON. Takes about a second the first time in a process. */
    static byte[] of(RequestMappingHandlerMapping controllers) {
        var whole = new ApiDocument();
        whole.head();
        whole.calls(controllers);
        try {
            return Json31.mapper().writeValueAsBytes(whole.document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void head() {
        document.info(new Info()
                        .title("Mehari")
                        .version("v1")
                        .description(
                                "Notifications in; chats, webhooks and mail out. Whatever is refused is answered with"
                                        + " problem+json, whose `code` programs may rely on.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This gateway")))
                .addSecurityItem(new SecurityRequirement().addList(KEY));
        document.getComponents()
                .addSecuritySchemes(
                        KEY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("The key in data/api-key, one of MEHARI_API_KEYS, or one that `mehari key"
                                        + " create` made"));
    }

    private void calls(RequestMappingHandlerMapping controllers) {
        var paths = new TreeMap<String, PathItem>();
        for (var call : new ControllerCalls(controllers, schemas).all()) {
            paths.computeIfAbsent(call.path(), path -> new PathItem()).operation(call.method(), call.operation());
        }
        document.getPaths().putAll(paths);
        new DoorCalls(document.getPaths(), schemas).add();
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> tell(path, method, operation)));
        problems.definitions().forEach(document.getComponents()::addResponses);
        schemas.named().forEach(document.getComponents()::addSchemas);
    }

    private void tell(String path, PathItem.HttpMethod method, Operation operation) {
        var call = method + " " + path;
        var said = words.of(call);
        operation
                .summary(said.path("summary").asText(null))
                .description(said.path("description").asText(null))
                .operationId(id(path, method))
                .tags(List.of(tag(path)));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> tell(parameter, words.parameter(call, parameter.getName())));
        }
        if (operation.getRequestBody() != null && said.has("body")) {
            operation.getRequestBody().getContent().values().stream()
                    .findFirst()
                    .ifPresent(json -> json.setExample(said.path("body")));
        }
        said.path("also")
                .properties()
                .forEach(status -> operation
                        .getResponses()
                        .addApiResponse(
                                status.getKey(),
                                like(operation, status.getValue().asText())));
        if (path.startsWith("/api/") || path.equals("/stats")) {
            problems.addTo(call, operation);
        } else {
            operation.security(List.of());
        }
    }

    private static ApiResponse like(Operation operation, String meaning) {
        var usual = operation.getResponses().values().iterator().next();
        return new ApiResponse().description(meaning).content(usual.getContent());
    }

    private static void tell(Parameter parameter, JsonNode said) {
        parameter.description(said.path("means").asText(null));
        if (said.has("example")) {
            parameter.example(said.path("example"));
        }
    }

    /** {@code GET /api/v1/channels/{name}} is {@code getChannelsByName}. */
    private static String id(String path, PathItem.HttpMethod method) {
        var words = withoutPrefix(path).replace("{", "by-").replace("}", "").split("[/-]");
        return method.name().toLowerCase(Locale.ROOT)
                + Arrays.stream(words)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static String tag(String path) {
        return withoutPrefix(path).split("/", 2)[0];
    }

    private static String withoutPrefix(String path) {
        return path.replaceFirst("^/(api/)?(v1/)?", "");
    }
}
