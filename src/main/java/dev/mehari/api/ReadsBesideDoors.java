package dev.mehari.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Camel is asked before our controllers, and answers 405 where it has the path with another method. What is read at the
 * path of a door is therefore looked for here first.
 */
@Component
final class ReadsBesideDoors implements HandlerMapping, Ordered {
    private static final Set<String> PATHS = Set.of("/api/v1/notifications");

    private final ObjectProvider<RequestMappingHandlerMapping> controllers;

    ReadsBesideDoors(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> controllers) {
        this.controllers = controllers;
    }

    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public boolean usesPathPatterns() {
        return true;
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reads && PATHS.contains(request.getRequestURI())
                ? controllers.getObject().getHandler(request)
                : null;
    }
}
