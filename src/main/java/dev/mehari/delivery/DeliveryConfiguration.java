package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import dev.mehari.channel.LaneCensus;
import dev.mehari.channel.LaneSettings;
import dev.mehari.channel.Lanes;
import dev.mehari.content.CardRenderer;
import dev.mehari.deadletter.DeadLetters;
import dev.mehari.deadletter.DoorReplayer;
import dev.mehari.delivery.budget.BudgetSettings;
import dev.mehari.delivery.budget.DiscordChannels;
import dev.mehari.delivery.budget.ProviderBudget;
import dev.mehari.delivery.budget.RateLimits;
import dev.mehari.delivery.budget.RedisBudgets;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.Priority;
import dev.mehari.redis.RedisGate;
import dev.mehari.routing.Routing;
import dev.mehari.sandbox.Sandbox;
import dev.mehari.sandbox.SandboxAddresses;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BudgetSettings.class)
class DeliveryConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryConfiguration.class);

    @Bean
    Providers providers(List<Provider> providers) {
        return new Providers(providers);
    }

    @Bean
    CircuitBreakerRegistry circuitBreakerRegistry() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    @Bean
    Breakers breakers(CircuitBreakerRegistry registry, CamelContext camel, MeterRegistry meters) {
        return new Breakers(registry, camel, meters);
    }

    @Bean
    BreakerStates breakerStates(Breakers breakers) {
        return channel -> breakers.of(channel)
                .getState()
                .name()
                .toLowerCase(java.util.Locale.ROOT)
                .replace('_', '-');
    }

    @Bean
    DeliveryLog deliveryLog(MeterRegistry meters, Clock clock) {
        return new DeliveryLog(meters, clock);
    }

    @Bean
    Moves moves(RedisGate redis, LaneSettings settings) {
        return new Moves(redis, settings.keyPrefix());
    }

    @Bean
    ChannelsHealth channelsHealthIndicator(LaneCensus census, BreakerStates breakers, Clock clock) {
        return new ChannelsHealth(census, breakers, clock);
    }

    @Bean
    RequestWriter requestWriter(CardRenderer cards, Providers providers, Breakers breakers, Moves moves) {
        return new RequestWriter(cards, providers, breakers, moves);
    }

    @Bean
    static BeanPostProcessor sharedMBeanInfo() {
        return new SharedMBeanInfo.Installation();
    }

    @Bean
    Targets targets(Providers providers, SandboxAddresses sandbox) {
        return new Targets(providers, sandbox::urlOf);
    }

    @Bean
    RateLimits rateLimits(MeterRegistry meters, Clock clock) {
        return new RateLimits(meters, clock);
    }

    @Bean
    LongestWait longestWait(@Value("${mehari.delivery.longest-wait}") Duration duration) {
        return new LongestWait(duration);
    }

    /** Of a request no answer is expected any more when both time-outs are over; some seconds more go to its making. */
    @Bean
    ProviderBudget providerBudget(
            BudgetSettings settings,
            RedisGate redis,
            LaneSettings lanes,
            RateLimits limits,
            RequestWriter writer,
            Breakers breakers,
            Targets targets,
            Providers providers,
            EgressClient egress,
            Moves moves,
            LongestWait longestWait,
            @Value("${mehari.delivery.connect-timeout}") Duration connectTimeout,
            @Value("${mehari.delivery.response-timeout}") Duration responseTimeout,
            Clock clock) {
        var underWay = connectTimeout.multipliedBy(2).plus(responseTimeout).plusSeconds(5);
        var budgets = new RedisBudgets(redis, lanes.keyPrefix(), underWay);
        return new ProviderBudget(
                settings,
                budgets,
                new DiscordChannels(redis, lanes.keyPrefix(), settings.discord().channelPeriod()),
                channel -> targets.of(channel).uri(),
                channel -> enquire(egress, providers, channel),
                moves::current,
                limits,
                batch -> batch.broken() != null
                        || breakers.resting(batch.channel().name()),
                writer::full,
                longestWait,
                clock);
    }

    private static Optional<ProviderAnswer> enquire(EgressClient egress, Providers providers, Channel channel) {
        try {
            var question = providers.of(channel).enquiry();
            return question.isEmpty() ? Optional.empty() : Optional.of(egress.ask(channel, question.get()));
        } catch (IOException | RuntimeException unanswered) {
            LOG.debug("Channel {} was asked what it is, in vain", channel.name(), unanswered);
            return Optional.empty();
        }
    }

    @Bean
    Preview preview(Channels channels, CardRenderer cards, Providers providers, Moves moves) {
        return new Preview(channels, cards, providers, moves);
    }

    @Bean
    AnswerJudge answerJudge(DeliveryLog log, ProviderBudget budget, LongestWait longestWait) {
        return new AnswerJudge(log, budget, longestWait);
    }

    @Bean
    Verdicts verdicts(
            Lanes lanes,
            Breakers breakers,
            DeliveryLog log,
            ChannelReports reports,
            Moves moves,
            ProviderBudget budget,
            Clock clock) {
        return new Verdicts(lanes, breakers, log, reports, moves, budget, clock);
    }

    @Bean
    DeadLetterDesk deadLetterDesk(DeadLetters letters, Verdicts verdicts, ProviderBudget budget, Clock clock) {
        return new DeadLetterDesk(letters, verdicts, budget, clock);
    }

    @Bean
    LaneReplayer laneReplayer(Lanes lanes, Channels channels, DoorReplayer door) {
        return new LaneReplayer(lanes, channels, door);
    }

    @Bean
    DeliveryRoutes deliveryRoutes(
            CamelContext camel, Channels channels, Breakers breakers, Lanes lanes, Sandbox sandbox) {
        var routes = new DeliveryRoutes((ModelCamelContext) camel, channels, breakers, lanes);
        channels.listen(new SandboxedChannels(sandbox));
        channels.listen(routes);
        return routes;
    }

    /** A broken channel is news for people: it goes the normal way, as a critical system message. */
    @Bean
    ChannelReports channelReports(ObjectProvider<Routing> routing, NotificationIds ids, Clock clock) {
        return (channel, reason) -> {
            var id = ids.next();
            var text = "Channel " + channel.name() + " was rejected by its provider: " + reason
                    + ". Nothing is sent to it until its address is mended or it is resumed.";
            routing.getObject()
                    .route(new Notification(
                            id,
                            "system.critical",
                            "Channel " + channel.name() + " is broken",
                            text,
                            Map.of("component", "channel " + channel.name(), "error", reason),
                            Priority.CRITICAL,
                            null,
                            "mehari",
                            id,
                            null,
                            clock.instant(),
                            null,
                            List.of()));
        };
    }

    /**
     * Where the throttles of {@code routes/delivery.yaml} set a timer for each request, which they take back with the next:
     * with a pool for each throttle, that woke a thread four times a request. No executor for anything else.
     */
    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    static ScheduledExecutorService throttleClock() {
        var clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("throttle-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** The name by which Camel looks for its component {@code http:} before it makes one of its own. */
    @Bean("http-component")
    SparingHttpComponent httpComponent() {
        return new SparingHttpComponent();
    }

    /** The HTTP client of {@code routes/delivery.yaml}: {@code httpClient: "#egress"}. */
    @Bean(destroyMethod = "shutdown")
    EgressClient egress(
            Channels channels,
            Targets targets,
            Transport transport,
            @Value("${mehari.delivery.connect-timeout}") Duration connectTimeout,
            @Value("${mehari.delivery.response-timeout}") Duration responseTimeout) {
        return new EgressClient(new Connections(connectTimeout), channels, targets, transport, responseTimeout);
    }
}
