package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Violations;
import dev.mehari.testkit.MutableClock;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small client of an imitated Discord with one webhook, for the tests of this package. */
final class DiscordCalls {
    static final String AGENT = "DiscordBot (https://example.org/mehari, 0.1)";
    final MutableClock clock = MutableClock.at("2026-11-20T08:00:00Z");
    final Inbox inbox = new Inbox(1000, 64 << 20);
    final Violations violations = new Violations(clock);
    final DiscordSimulator discord;
    final DiscordWebhook webhook;
    String remote = "192.0.2.1";

    DiscordCalls(DiscordLimits limits) {
        discord = new DiscordSimulator(limits, inbox, violations, clock);
        webhook = discord.register(DiscordWebhook.of("trades"));
    }

    Answer post(String json) {
        return call("POST", webhook.path(10), json);
    }

    Answer call(String method, String target, String json) {
        return call(method, target, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    Answer call(String method, String target, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("User-Agent", AGENT);
        return discord.answer(Request.of(method, target, all, body, remote));
    }

    static JsonNode json(Answer answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (java.io.IOException notJson) {
            throw new AssertionError(answer.text(), notJson);
        }
    }
}
