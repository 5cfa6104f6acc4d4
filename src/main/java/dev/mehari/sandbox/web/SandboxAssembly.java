package dev.mehari.sandbox.web;

import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.Sandbox;
import dev.mehari.sandbox.Violations;
import dev.mehari.sandbox.discord.DiscordLimits;
import dev.mehari.sandbox.discord.DiscordSimulator;
import dev.mehari.sandbox.email.EmailSimulator;
import dev.mehari.sandbox.ntfy.NtfySimulator;
import dev.mehari.sandbox.slack.SlackSimulator;
import dev.mehari.sandbox.telegram.TelegramLimits;
import dev.mehari.sandbox.telegram.TelegramSimulator;
import dev.mehari.sandbox.webhook.WebhookSimulator;
import java.time.Clock;
import java.util.List;

/** Puts the imitated providers together: the one place that knows all of them. Needs no Spring. */
public final class SandboxAssembly {
    private SandboxAssembly() {}

    /** @param discord kept by the caller that wants to register webhooks of its own making */
    public record Parts(Sandbox sandbox, DiscordSimulator discord) {}

    /** With the real limits of all providers but Discord, whose numbers are given. */
    public static Parts assemble(DiscordLimits limits, Inbox inbox, Clock clock) {
        return assemble(limits, TelegramLimits.real(), true, inbox, clock);
    }

    /** @param limited whether Slack and ntfy have their limits */
    public static Parts assemble(
            DiscordLimits limits, TelegramLimits telegram, boolean limited, Inbox inbox, Clock clock) {
        Violations violations = new Violations(clock);
        DiscordSimulator discord = new DiscordSimulator(limits, inbox, violations, clock);
        var simulators = List.of(
                discord,
                new TelegramSimulator(telegram, inbox, violations, clock),
                new SlackSimulator(limited, inbox, violations, clock),
                new NtfySimulator(limited, inbox, violations, clock),
                new EmailSimulator(inbox, violations, clock),
                new WebhookSimulator(inbox, clock));
        return new Parts(new Sandbox(simulators, inbox, violations), discord);
    }
}
