package dev.mehari.api;

import dev.mehari.deadletter.DeadLetterNotFound;
import dev.mehari.deadletter.NotReplayable;
import dev.mehari.history.HistoryAway;
import dev.mehari.http.ApiErrors;
import dev.mehari.http.ApiException;
import dev.mehari.report.UnknownReport;
import dev.mehari.security.Redaction;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the rooms behind the management API refuse, as HTTP says it. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Refusals {
    private final ApiErrors errors;

    Refusals(ApiErrors errors) {
        this.errors = errors;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> gone(DeadLetterNotFound gone, HttpServletRequest request) {
        return answer(404, "not-found", gone, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> noReport(UnknownReport unknown, HttpServletRequest request) {
        return answer(404, "not-found", unknown, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> asThingsAre(NotReplayable refused, HttpServletRequest request) {
        return answer(409, "not-replayable", refused, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> noHistory(HistoryAway away, HttpServletRequest request) {
        var retryAfter = away.isOff() ? null : Duration.ofSeconds(5);
        var code = away.isOff() ? "history-off" : "history-away";
        return errors.refused(
                new ApiException(503, code, String.valueOf(away.getMessage()), List.of(), retryAfter), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> tooSlow(QueryTimeoutException slow, HttpServletRequest request) {
        var detail = "The history did not answer in time. Narrow the question: from, to, type or channel.";
        return errors.refused(new ApiException(503, "history-slow", detail), request);
    }

    /** A parameter that our own code could not read; what a library says of its arguments is no answer to a caller. */
    @ExceptionHandler
    ResponseEntity<byte[]> parameter(IllegalArgumentException unread, HttpServletRequest request) throws Exception {
        StackTraceElement[] trace = unread.getStackTrace();
        boolean ours = trace.length > 0 && trace[0].getClassName().startsWith("dev.mehari.");
        return ours ? answer(400, "bad-parameter", unread, request) : errors.anything(unread, request);
    }

    private ResponseEntity<byte[]> answer(int status, String code, Exception why, HttpServletRequest request) {
        String detail = Redaction.mask(String.valueOf(why.getMessage()));
        return errors.refused(new ApiException(status, code, detail), request);
    }
}
