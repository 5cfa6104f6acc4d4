package dev.mehari.delivery.budget;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mehari.delivery.budget}. Sources of the numbers: discord-api-docs issues 367, 1454, 4043 and its rate limit
 * topic; Telegram's questions and answers for bots; Slack's rate limit page.
 *
 * @param margin added to each period, against the raggedness of clocks
 * @param patience a longer wait is written into the lane, and its worker sleeps
 */
@ConfigurationProperties("mehari.delivery.budget")
public record BudgetSettings(
        @DefaultValue("50ms") Duration margin,
        @DefaultValue("60s") Duration patience,
        @DefaultValue Discord discord,
        @DefaultValue Telegram telegram,
        @DefaultValue Slack slack) {

    /** Per webhook, per Discord channel whose webhooks share it, and per host. */
    public record Discord(
            @DefaultValue("5") int webhookRequests,
            @DefaultValue("2s") Duration webhookPeriod,
            @DefaultValue("30") int channelRequests,
            @DefaultValue("60s") Duration channelPeriod,
            @DefaultValue("50") int hostRequests,
            @DefaultValue("1s") Duration hostPeriod) {}

    /** Per chat, per group chat besides, and per bot. */
    public record Telegram(
            @DefaultValue("1") int chatRequests,
            @DefaultValue("1s") Duration chatPeriod,
            @DefaultValue("20") int groupRequests,
            @DefaultValue("60s") Duration groupPeriod,
            @DefaultValue("30") int botRequests,
            @DefaultValue("1s") Duration botPeriod) {}

    /** Per webhook. */
    public record Slack(
            @DefaultValue("1") int requests,
            @DefaultValue("1s") Duration period) {}
}
