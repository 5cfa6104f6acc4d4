package dev.mehari.deadletter;

/** No dead letter has this id any more. */
public class DeadLetterNotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeadLetterNotFound(String id) {
        super("No dead letter has the id '" + id + "': it was replayed, deleted or purged, or never was.");
    }
}
