package dev.mehari.deadletter;

/**
 * Gives a dead letter another chance through the normal way: the lane of its channel, or the door it came through when
 * it never became a notification.
 */
public interface Replayer {

    /**
     * Returns when the letter stands durably in its lane. Called again for the same death after a crash, with the same
     * {@link DeadLetter#replayMark()}: one new attempt must come of it.
     *
     * @throws NotReplayable when it cannot be tried again as things are; the letter stays
     */
    void replay(DeadLetter letter);
}
