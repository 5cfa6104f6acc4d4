package dev.mehari.security;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys {@code mehari.security.*}.
 *
 * @param apiKeys {@code KEY} or {@code NAME:KEY} each; empty: one is made at the first start
 * @param quota how much each API key may send
 * @param consolePassword of the user {@code admin}; empty: one is made at the first start
 */
@ConfigurationProperties("mehari.security")
record SecuritySettings(
        @DefaultValue List<String> apiKeys,
        @DefaultValue Quota quota,
        @Nullable String consolePassword) {

    /**
     * @param notifications how many in a period, by each gateway's own count; 0: any number
     * @param period at least a second
     */
    record Quota(
            @DefaultValue("0") long notifications,
            @DefaultValue("1m") Duration period) {
        Quota {
            if (notifications < 0 || period.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "mehari.security.quota: notifications must be 0 (any number) or more,"
                                + " and period 1s or more.");
            }
        }
    }

    List<String> configuredKeys() {
        return apiKeys.stream().map(String::trim).filter(key -> !key.isEmpty()).toList();
    }

    @Override
    public String toString() {
        return "security settings with " + apiKeys.size() + " configured keys";
    }
}
