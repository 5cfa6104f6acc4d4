package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mehari.channel.Channels;
import dev.mehari.channel.Lanes;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.testkit.Caller;
import dev.mehari.testkit.Caller.Answer;
import dev.mehari.testkit.Gateway;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.data.redis.core.StringRedisTemplate;

/** One gateway for all journeys, one of which has it at a time; mended and emptied before each; its channels deliver to its own sandbox. */
@ResourceLock("the gateway of the journeys")
abstract class Journey {
    /** The five shipped ones, in a hurry: limits that do not bind, retries in tenths of a second. */
    static final String CHANNELS = """
            defaults:
              throttle: { requests: 1000, period: 1s }
              retry: { attempts: 4, delay: 100ms, multiplier: 2, max-delay: 400ms, jitter: 0 }
              breaker: { failure-rate: 50, window: 20, minimum-calls: 5, open-for: 2s }
            channels:
              trades: { provider: discord, fallback: admin }
              alertes: { provider: discord, fallback: admin }
              performance: { provider: discord, fallback: admin }
              signal: { provider: discord, fallback: admin }
              admin: { provider: discord }
              # Without a fallback, and with a breaker that does not open
              alone: { provider: discord, breaker: { failure-rate: 100, window: 1000, minimum-calls: 1000 } }
              patient: { provider: discord, retry: { attempts: 100 }, breaker: { failure-rate: 100, window: 1000, minimum-calls: 1000 } }
              # Whose breaker opens, and nobody stands in
              waiting: { provider: discord, retry: { attempts: 100 }, breaker: { minimum-calls: 2, open-for: 1s } }
            """;

    static final Gateway GATEWAY = shared();

    private static Gateway shared() {
        Gateway gateway = Gateway.in(
                Path.of("target", "test-data", "journeys-" + UUID.randomUUID()),
                "mehari.sandbox.keep=10000",
                "mehari.sandbox.discord.webhook-requests=100000",
                "mehari.sandbox.discord.channel-requests=100000",
                "mehari.sandbox.discord.global-requests=100000",
                "mehari.delivery.budget.discord.webhook-requests=100000",
                "mehari.delivery.budget.discord.channel-requests=100000",
                "mehari.delivery.budget.discord.host-requests=100000",
                "mehari.delivery.response-timeout=30s",
                "mehari.reload.interval=200ms",
                "mehari.security.console-password=journeys-console-password");
        gateway.write("config/channels.yaml", CHANNELS);
        return gateway.start();
    }

    @BeforeEach
    void mend() {
        GATEWAY.sandbox().faults().clear();
        Lanes lanes = GATEWAY.bean(Lanes.class);
        GATEWAY.bean(CircuitBreakerRegistry.class).getAllCircuitBreakers().forEach(CircuitBreaker::reset);
        GATEWAY.bean(Channels.class)
                .all()
                .keySet()
                .forEach(name -> lanes.of(name).resume());
        untilNothingWaits();
        inbox().clear();
        GATEWAY.sandbox().violations().clear();
        redis().delete("notifications:dead_letter");
    }

    static void untilNothingWaits() {
        Lanes lanes = GATEWAY.bean(Lanes.class);
        soon().untilAsserted(() -> assertThat(GATEWAY.bean(Channels.class).all().keySet())
                .allSatisfy(name ->
                        assertThat(lanes.of(name).status().depth()).as(name).isZero()));
    }

    static Caller caller() {
        return GATEWAY.caller();
    }

    static Inbox inbox() {
        return GATEWAY.sandbox().inbox();
    }

    static StringRedisTemplate redis() {
        return GATEWAY.bean(StringRedisTemplate.class);
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    /** Sends a plain card straight to a channel and answers its id. */
    static String send(String channel, String title) {
        return send(channel, title, "normal");
    }

    static String send(String channel, String title, String priority) {
        Answer answer = caller().notify("""
                {"type":"journey.note","title":"%s","channel":"%s","priority":"%s"}""".formatted(title, channel, priority));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.at("/id");
    }

    /** The titles of the cards that a channel's webhook took, oldest first. */
    static List<String> titles(String channel) {
        List<String> titles = new ArrayList<>();
        for (InboxMessage message : inbox().messages(channel).reversed()) {
            for (JsonNode embed : message.embeds()) {
                titles.add(embed.path("title").asText());
            }
        }
        return titles;
    }

    static List<String> numbered(String word, int from, int to) {
        return java.util.stream.IntStream.rangeClosed(from, to)
                .mapToObj(i -> word + " " + i)
                .toList();
    }

    static double metric(String line) {
        return caller().get("/metrics")
                .text()
                .lines()
                .filter(candidate -> candidate.startsWith(line))
                .mapToDouble(found -> Double.parseDouble(found.substring(found.lastIndexOf(' ') + 1)))
                .sum();
    }
}
