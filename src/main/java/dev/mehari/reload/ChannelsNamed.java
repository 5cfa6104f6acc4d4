package dev.mehari.reload;

import java.util.Map;

/** Which channels the routes in use send to by name: these cannot go before the routes let go of them. Thread-safe. */
public interface ChannelsNamed {

    /** By channel, the first place that names it, {@code routes/routing.yaml line 23}. */
    Map<String, String> channelsNamed();
}
