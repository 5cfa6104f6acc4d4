package dev.mehari.channel;

import java.time.Clock;
import java.time.Duration;

/**
 * What every {@code channel:} endpoint stands on.
 *
 * @param nodes knows which other processes are alive, so that a dead one's lanes are taken over
 * @param lookAgain how long an empty lane is left alone when nothing calls; a safety net, not the way messages move
 */
public record ChannelConfiguration(
        Channels channels, Lanes lanes, WakeUp wakeUp, Nodes nodes, Clock clock, Duration lookAgain) {

    /** Which processes share the lanes. */
    @FunctionalInterface
    public interface Nodes {
        /** Whether the node has given no sign of life for so long that it counts as gone. */
        boolean gone(String node);
    }
}
