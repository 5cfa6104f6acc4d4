package dev.mehari.notification;

import java.util.List;

/** Why an input did not become a notification. Nothing was stored; the producer may send again. */
public final class RejectedInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The closed set of reasons, each one HTTP status and one {@code code} of problem+json. */
    public enum Reason {
        /** the bytes are no JSON, or not the kind of JSON that is asked for here */
        NOT_JSON("not-json", 400),
        /** a content type that cannot be read as a notification */
        UNSUPPORTED("unsupported-media-type", 415),
        /** JSON, but a field is missing or wrong */
        INVALID("invalid", 422),
        /** more bytes or lines than are taken at once */
        TOO_LARGE("too-large", 413);

        private final String code;
        private final int status;

        Reason(String code, int status) {
            this.code = code;
            this.status = status;
        }

        public String code() {
            return code;
        }

        public int status() {
            return status;
        }
    }

    private final Reason reason;
    private final transient List<FieldError> errors;

    public RejectedInput(Reason reason, String detail) {
        this(reason, detail, List.of());
    }

    public RejectedInput(Reason reason, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.reason = reason;
        this.errors = List.copyOf(errors);
    }

    public Reason reason() {
        return reason;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
