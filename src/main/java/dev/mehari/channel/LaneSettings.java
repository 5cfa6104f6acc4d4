package dev.mehari.channel;

/**
 * What all lanes share.
 *
 * @param keyPrefix before every key, {@code mehari:}
 * @param node this process's lasting name; the owner of its lanes
 * @param eventsKept about how many events a channel's event stream keeps; 0 writes none
 */
public record LaneSettings(String keyPrefix, String node, long eventsKept) {

    /** Redis topic on which a put says that a lane which had run empty has something again. */
    String wakeUpTopic() {
        return keyPrefix + "wake-up";
    }
}
