package dev.mehari.delivery;

import dev.mehari.channel.Channels;
import dev.mehari.channel.Lanes;
import dev.mehari.deadletter.DeadLetter;
import dev.mehari.deadletter.NotReplayable;
import dev.mehari.deadletter.Replayer;

/** Puts a dead letter back into the lane of its channel, marked as a new attempt on purpose. */
class LaneReplayer implements Replayer {
    private final Lanes lanes;
    private final Channels channels;

    LaneReplayer(Lanes lanes, Channels channels) {
        this.lanes = lanes;
        this.channels = channels;
    }

    @Override
    public void replay(DeadLetter letter) {
        var notification = letter.notification();
        var channel = letter.channel();
        if (notification == null || channel == null) {
            throw new NotReplayable("It never became a notification; mend its text and send it again.");
        }
        if (channels.find(channel).isEmpty()) {
            throw new NotReplayable("Channel '" + channel + "' is not in config/channels.yaml any more.");
        }
        lanes.await(lanes.replay(channel, notification, letter.divertedFrom(), letter.replayMark()));
    }
}
