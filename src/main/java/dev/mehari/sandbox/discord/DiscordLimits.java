package dev.mehari.sandbox.discord;

import java.time.Duration;

/**
 * How much Discord takes. Sources: rate limit topic of Discord's documentation for the global and invalid-request limits;
 * discord-api-docs issues 367, 1454 and 4043 for those of webhooks, which are documented nowhere.
 *
 * @param webhookRequests requests per {@code webhookPeriod} to one webhook; visible in headers
 * @param channelRequests messages per {@code channelPeriod} into one Discord channel, all its webhooks together; in no header
 * @param globalRequests requests per {@code globalPeriod} from one address
 * @param invalidRequests answers of 401, 403 and 429 per {@code invalidPeriod} to one address before it is banned
 */
public record DiscordLimits(
        int webhookRequests,
        Duration webhookPeriod,
        int channelRequests,
        Duration channelPeriod,
        int globalRequests,
        Duration globalPeriod,
        int invalidRequests,
        Duration invalidPeriod,
        Duration ban) {

    /** The numbers of the real one. */
    public static DiscordLimits real() {
        return new DiscordLimits(
                5,
                Duration.ofSeconds(2),
                30,
                Duration.ofSeconds(60),
                50,
                Duration.ofSeconds(1),
                10_000,
                Duration.ofMinutes(10),
                Duration.ofHours(1));
    }

    /** So high that nothing meets them: for tests of something else. */
    public static DiscordLimits none() {
        Duration second = Duration.ofSeconds(1);
        int many = Integer.MAX_VALUE;
        return new DiscordLimits(many, second, many, second, many, second, many, second, second);
    }

    public DiscordLimits withWebhook(int requests, Duration period) {
        return new DiscordLimits(
                requests,
                period,
                channelRequests,
                channelPeriod,
                globalRequests,
                globalPeriod,
                invalidRequests,
                invalidPeriod,
                ban);
    }

    public DiscordLimits withChannel(int requests, Duration period) {
        return new DiscordLimits(
                webhookRequests,
                webhookPeriod,
                requests,
                period,
                globalRequests,
                globalPeriod,
                invalidRequests,
                invalidPeriod,
                ban);
    }

    public DiscordLimits withGlobal(int requests, Duration period) {
        return new DiscordLimits(
                webhookRequests,
                webhookPeriod,
                channelRequests,
                channelPeriod,
                requests,
                period,
                invalidRequests,
                invalidPeriod,
                ban);
    }

    public DiscordLimits withInvalid(int requests, Duration period, Duration banned) {
        return new DiscordLimits(
                webhookRequests,
                webhookPeriod,
                channelRequests,
                channelPeriod,
                globalRequests,
                globalPeriod,
                requests,
                period,
                banned);
    }
}
