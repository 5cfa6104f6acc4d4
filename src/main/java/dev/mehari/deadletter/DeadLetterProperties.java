package dev.mehari.deadletter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys under {@code mehari.dead-letter}.
 *
 * @param key the Redis list of the letters
 * @param sampleEvery how often their number is counted for the metric
 */
@ConfigurationProperties("mehari.dead-letter")
public record DeadLetterProperties(
        @DefaultValue("notifications:dead_letter") String key,
        @DefaultValue("15s") Duration sampleEvery) {

    /** The hash beside the list, on the same slot of a Redis Cluster. */
    String indexKey() {
        int open = key.indexOf('{');
        boolean tagged = open >= 0 && key.indexOf('}', open) > open + 1;
        return (tagged ? key : "{" + key + "}") + ":index";
    }
}
