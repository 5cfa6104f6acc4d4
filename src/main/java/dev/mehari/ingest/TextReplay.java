package dev.mehari.ingest;

import dev.mehari.channel.Channels;
import dev.mehari.channel.Puts;
import dev.mehari.deadletter.DoorReplayer;
import dev.mehari.deadletter.NotReplayable;
import dev.mehari.notification.NotificationReader;
import dev.mehari.notification.RejectedInput;
import dev.mehari.routing.Routing;
import java.nio.charset.StandardCharsets;

/** Brings a text that came through Redis and was refused through the same checks and the router of today. Thread-safe. */
class TextReplay implements DoorReplayer {
    private final NotificationReader reader = new NotificationReader();
    private final Intake intake;
    private final Routing routing;
    private final Channels channels;

    TextReplay(Intake intake, Routing routing, Channels channels) {
        this.intake = intake;
        this.routing = routing;
        this.channels = channels;
    }

    @Override
    public void replay(String id, String text) {
        try {
            var draft = HttpDoor.known(reader.read(text.getBytes(StandardCharsets.UTF_8)), channels);
            var stamped = routing.await(intake.start(draft, RedisIntake.SOURCE, id));
            var puts = new Puts(false);
            routing.start(new Routing.Request(stamped.notification(), stamped.channel()), puts);
            routing.await(stamped.notification(), puts);
        } catch (RejectedInput rejected) {
            throw new NotReplayable("It is refused still: " + rejected.getMessage()
                    + " Mend its text, send that as a new notification, and delete this letter.");
        }
    }
}
