package dev.mehari.sandbox.web;

import dev.mehari.sandbox.discord.DiscordLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code mehari.sandbox}.
 *
 * @param keep messages kept of each channel
 * @param memory about how much memory all kept messages may take
 * @param discord the limits of the imitated Discord
 */
@ConfigurationProperties("mehari.sandbox")
record SandboxSettings(
        @DefaultValue("200") int keep,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue Discord discord) {

    /** Requests per webhook, messages per Discord channel, requests per address; each per its period. */
    record Discord(
            @DefaultValue("5") int webhookRequests,
            @DefaultValue("2s") Duration webhookPeriod,
            @DefaultValue("30") int channelRequests,
            @DefaultValue("60s") Duration channelPeriod,
            @DefaultValue("50") int globalRequests,
            @DefaultValue("1s") Duration globalPeriod) {

        DiscordLimits limits() {
            return DiscordLimits.real()
                    .withWebhook(webhookRequests, webhookPeriod)
                    .withChannel(channelRequests, channelPeriod)
                    .withGlobal(globalRequests, globalPeriod);
        }
    }
}
