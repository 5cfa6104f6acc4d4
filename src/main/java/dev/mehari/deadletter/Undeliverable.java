package dev.mehari.deadletter;

/** A delivery that must not be tried again by itself; the route's Dead Letter Channel takes it from here. */
public class Undeliverable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final DeadReason reason;

    public Undeliverable(DeadReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public DeadReason reason() {
        return reason;
    }
}
