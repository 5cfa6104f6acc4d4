package dev.mehari.api;

import dev.mehari.history.Records;
import dev.mehari.http.Caller;
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

    private static final String NOTE = "mehari.operator-note";

    private static final String HIDDEN_QUERY = "mehari.operator-query-hidden";

    private final Records records;

    OperatorTrail(Records records) {
        this.records = records;
    }

    /** Something to stand behind the call's path, that the path does not tell; no secret. */
    static void note(HttpServletRequest request, String note) {
        request.setAttribute(NOTE, note);
    }

    /** Keeps the query out of the record: it names what is to be forgotten. */
    static void hideQuery(HttpServletRequest request) {
        request.setAttribute(HIDDEN_QUERY, true);
    }

    private static String noted(HttpServletRequest request) {
        var note = request.getAttribute(NOTE);
        return note == null ? "" : " " + note;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception problem) {
        if (ACTS.contains(request.getMethod())
                && handler instanceof HandlerMethod method
                && method.getBeanType().getPackage().equals(OperatorTrail.class.getPackage())
                && !NO_OPERATION.contains(method.getBeanType())) {
            var query = request.getAttribute(HIDDEN_QUERY) == null ? request.getQueryString() : null;
            var action = request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query)
                    + noted(request);
            var who = Objects.requireNonNullElse(Caller.of(request), "unknown");
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
