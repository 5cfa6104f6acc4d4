package dev.mehari.sandbox.web;

import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.Sandbox;
import dev.mehari.sandbox.Violations;
import dev.mehari.sandbox.WebhookSimulator;
import dev.mehari.sandbox.discord.DiscordLimits;
import dev.mehari.sandbox.discord.DiscordSimulator;
import java.time.Clock;
import java.util.List;

/** Puts the imitated providers together: the one place that knows all of them. Needs no Spring. */
public final class SandboxAssembly {
    private SandboxAssembly() {}

    /** @param discord kept by the caller that wants to register webhooks of its own making */
    public record Parts(Sandbox sandbox, DiscordSimulator discord) {}

    public static Parts assemble(DiscordLimits limits, Inbox inbox, Clock clock) {
        Violations violations = new Violations(clock);
        DiscordSimulator discord = new DiscordSimulator(limits, inbox, violations, clock);
        return new Parts(
                new Sandbox(List.of(discord, new WebhookSimulator(inbox, clock)), inbox, violations), discord);
    }
}
