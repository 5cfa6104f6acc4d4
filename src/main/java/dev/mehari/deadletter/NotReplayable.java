package dev.mehari.deadletter;

/** A dead letter cannot be tried again as things are: its channel is gone, or its text is still not understood. */
public class NotReplayable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason a sentence that says what to do */
    public NotReplayable(String reason) {
        super(reason);
    }
}
