package dev.mehari.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns whatever the Spring MVC controllers throw into problem+json. What nobody foresaw is logged and answered bare. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public class ApiErrors {
    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

    /** The answer that an exception of another room stands for, for that room's own handlers. */
    @ExceptionHandler
    public ResponseEntity<byte[]> refused(ApiException refusal, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        Duration retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        return answer(request, refusal.status(), headers, refusal.code(), refusal.detail(), refusal.errors());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unreadable(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
        String detail = "The body is not the JSON this call takes. Check it with a JSON parser.";
        return answer(request, 400, new HttpHeaders(), "not-json", detail, List.of());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrongType(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
        String detail = "The parameter " + mismatch.getName() + " cannot be read.";
        return answer(request, 400, new HttpHeaders(), "bad-parameter", detail, List.of());
    }

    @ExceptionHandler
    public ResponseEntity<byte[]> anything(Exception exception, HttpServletRequest request) throws Exception {
        if (exception instanceof ErrorResponse known) {
            return answer(request, known);
        }
        LOG.error(
                "{} {} failed, trace {}", request.getMethod(), request.getRequestURI(), TraceId.of(request), exception);
        String detail = "The gateway failed on this call. Its log has the reason under this trace id.";
        return answer(request, 500, new HttpHeaders(), "internal-error", detail, List.of());
    }

    /** What Spring itself refuses: unknown path, wrong method, missing parameter, unacceptable type. */
    private static ResponseEntity<byte[]> answer(HttpServletRequest request, ErrorResponse known) {
        HttpStatusCode status = known.getStatusCode();
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(known.getHeaders());
        String code = ProblemJson.code(status.value());
        return answer(request, status.value(), headers, code, detail(known, request), List.of());
    }

    private static @Nullable String detail(ErrorResponse known, HttpServletRequest request) {
        return known.getStatusCode().value() == 404
                ? "There is nothing at this path."
                : known.getBody().getDetail();
    }

    private static ResponseEntity<byte[]> answer(
            HttpServletRequest request,
            int status,
            HttpHeaders headers,
            String code,
            @Nullable String detail,
            List<InvalidField> errors) {
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = ProblemJson.bytes(status, code, detail, TraceId.of(request), errors);
        return ResponseEntity.status(status).headers(headers).body(body);
    }
}
