package dev.mehari.deadletter;

/** Brings a text that never became a notification to the door once more: the rules may have changed, or the text's channel may exist by now. */
public interface DoorReplayer {

    /**
     * Returns when what the text says stands durably in its lanes. Called again with the same id, it changes nothing.
     *
     * @param id of the letter, which the notification gets
     * @throws NotReplayable when it is refused still; the reason says why
     */
    void replay(String id, String text);
}
