package dev.mehari.delivery;

import dev.mehari.channel.Channels;
import dev.mehari.channel.Lanes;
import dev.mehari.deadletter.DeadLetter;
import dev.mehari.deadletter.DoorReplayer;
import dev.mehari.deadletter.NotReplayable;
import dev.mehari.deadletter.Replayer;

/**
 * Puts a dead letter back into the lane of its channel, marked as a new attempt on purpose; a text that never became a
 * notification goes through its door again.
 */
class LaneReplayer implements Replayer {
    private final Lanes lanes;
    private final Channels channels;
    private final DoorReplayer door;

    LaneReplayer(Lanes lanes, Channels channels, DoorReplayer door) {
        this.lanes = lanes;
        this.channels = channels;
        this.door = door;
    }

    @Override
    public void replay(DeadLetter letter) {
        var notification = letter.notification();
        var channel = letter.channel();
        if (notification == null || channel == null) {
            replayText(letter);
            return;
        }
        if (channels.find(channel).isEmpty()) {
            throw new NotReplayable("Channel '" + channel + "' is not in config/channels.yaml any more.");
        }
        lanes.await(lanes.replay(channel, notification, letter.divertedFrom(), letter.replayMark()));
    }

    private void replayText(DeadLetter letter) {
        if (letter.raw() == null) {
            throw new NotReplayable("It was routed nowhere and its text was not kept; send it again.");
        }
        door.replay(letter.id(), letter.raw());
    }
}
