package dev.mehari.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that cannot be answered as asked. Thrown by the management API, where it becomes problem+json; its texts go to
 * the caller, so they hold no secret.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;
    private final transient List<InvalidField> errors;
    private final @Nullable Duration retryAfter;

    /** @param code the closed kebab-case word that programs look at, {@code not-found} */
    public ApiException(int status, String code, String detail) {
        this(status, code, detail, List.of(), null);
    }

    public ApiException(
            int status, String code, String detail, List<InvalidField> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** 404: there is no such {@code what}. */
    public static ApiException notFound(String what) {
        return new ApiException(404, "not-found", "There is no " + what + ".");
    }

    /** 422: a parameter or field holds what it must not. */
    public static ApiException invalid(String detail, InvalidField... errors) {
        return new ApiException(422, "invalid", detail, List.of(errors), null);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<InvalidField> errors() {
        return errors;
    }

    /** When the caller may come back, where that is known. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
