package dev.mehari.api.docs;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Reads off the management API's controllers which calls there are, what they take and what they answer. */
final class ControllerCalls {
    private static final String ROOM = "dev.mehari.api";

    private final RequestMappingHandlerMapping mapping;
    private final Schemas schemas;

    ControllerCalls(RequestMappingHandlerMapping mapping, Schemas schemas) {
        this.mapping = mapping;
        this.schemas = schemas;
    }

    /** One call; the operation has no words yet. */
    record Call(String path, PathItem.HttpMethod method, Operation operation) {}

    List<Call> all() {
        var calls = new ArrayList<Call>();
        mapping.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().getPackageName().equals(ROOM)) {
                add(info, handler, calls);
            }
        });
        return calls;
    }

    private void add(RequestMappingInfo info, HandlerMethod handler, List<Call> calls) {
        for (var path : Objects.requireNonNull(info.getPathPatternsCondition()).getPatternValues()) {
            for (var method : info.getMethodsCondition().getMethods()) {
                calls.add(new Call(path, PathItem.HttpMethod.valueOf(method.name()), operation(handler)));
            }
        }
    }

    private Operation operation(HandlerMethod handler) {
        var operation = new Operation().responses(answer(handler));
        for (var parameter : handler.getMethodParameters()) {
            var asked = asked(parameter);
            if (asked != null) {
                operation.addParametersItem(asked);
            } else if (parameter.hasParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class)) {
                operation.requestBody(body(parameter));
            }
        }
        return operation;
    }

    private @Nullable Parameter asked(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return new Parameter()
                    .in("path")
                    .name(parameter.getParameterName())
                    .required(true)
                    .schema(schemas.text());
        }
        var query = parameter.getParameterAnnotation(RequestParam.class);
        if (query == null) {
            return null;
        }
        var schema = schemas.of(parameter.getGenericParameterType());
        boolean defaulted = !query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
        if (defaulted) {
            schema.setDefault(value(query.defaultValue(), parameter.getParameterType()));
        }
        return new Parameter()
                .in("query")
                .name(parameter.getParameterName())
                .required(query.required() && !defaulted)
                .schema(schema);
    }

    private static Object value(String text, Class<?> type) {
        return type == int.class ? Integer.valueOf(text) : type == boolean.class ? Boolean.valueOf(text) : text;
    }

    /** A controller that takes bytes reads JSON in a way of its own. */
    private RequestBody body(MethodParameter parameter) {
        var schema = parameter.getParameterType() == byte[].class
                ? schemas.anything()
                : schemas.of(parameter.getGenericParameterType());
        return new RequestBody().required(true).content(Schemas.json(schema));
    }

    private ApiResponses answer(HandlerMethod handler) {
        var status = handler.getMethodAnnotation(ResponseStatus.class);
        var code = status == null ? HttpStatus.OK : status.value();
        var answer = new ApiResponse().description(code.getReasonPhrase());
        var type = whole(handler.getReturnType().getGenericParameterType());
        if (type != void.class && type != String.class) {
            answer.content(Schemas.json(schemas.of(type)));
        }
        return new ApiResponses().addApiResponse(Integer.toString(code.value()), answer);
    }

    private static Type whole(Type type) {
        return type instanceof ParameterizedType wrapped && wrapped.getRawType() == ResponseEntity.class
                ? wrapped.getActualTypeArguments()[0]
                : type;
    }
}
