package dev.mehari.api;

import dev.mehari.history.Records;
import dev.mehari.http.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tells the history what operators do through the management API: who, what, and whether it worked. */
final class OperatorTrail implements HandlerInterceptor {
    private static final Set<String> ACTS = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<Class<?>> NO_OPERATION = Set.of(LogLinesController.class);

    private final Records records;

    OperatorTrail(Records records) {
        this.records = records;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception problem) {
        if (ACTS.contains(request.getMethod())
                && handler instanceof HandlerMethod method
                && method.getBeanType().getPackage().equals(OperatorTrail.class.getPackage())
                && !NO_OPERATION.contains(method.getBeanType())) {
            var query = request.getQueryString();
            var action = request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query);
            var who = Objects.requireNonNullElse(request.getAttribute("mehari.caller"), "unknown")
                    .toString();
            records.operated(who, action, response.getStatus(), TraceId.of(request));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {
        @Bean
        WebMvcConfigurer operatorTrail(Records records) {
            return new WebMvcConfigurer() {
                @Override
                public void addInterceptors(InterceptorRegistry registry) {
                    registry.addInterceptor(new OperatorTrail(records)).addPathPatterns("/api/**");
                }
            };
        }
    }
}
