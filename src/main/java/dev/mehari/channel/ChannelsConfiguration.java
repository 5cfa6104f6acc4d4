package dev.mehari.channel;

import dev.mehari.content.ContentLibrary;
import dev.mehari.embedded.Node;
import dev.mehari.redis.RedisGate;
import dev.mehari.reload.ChannelsNamed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

@Configuration(proxyBeanMethods = false)
class ChannelsConfiguration {

    @Bean
    LaneSettings laneSettings(
            Node node,
            @Value("${mehari.redis.key-prefix}") String keyPrefix,
            @Value("${mehari.history.enabled}") boolean history,
            @Value("${mehari.history.events-kept}") long eventsKept) {
        return new LaneSettings(keyPrefix, node.id(), history ? eventsKept : 0);
    }

    @Bean
    Channels channels() {
        return new Channels();
    }

    @Bean
    WakeUp wakeUp() {
        return new WakeUp();
    }

    @Bean(initMethod = "start")
    NodeLife nodeLife(RedisGate redis, LaneSettings settings) {
        return new NodeLife(redis, settings);
    }

    /** Counters name the types of {@code types.yaml}; whatever else producers send is one more. */
    @Bean
    Lanes lanes(LaneSettings settings, RedisGate redis, Clock clock, WakeUp wakeUp, ContentLibrary content) {
        return new Lanes(settings, redis, clock, wakeUp, type -> content.types().knows(type) ? type : "other");
    }

    @Bean
    LaneExpunging laneExpunging(
            Channels channels,
            Lanes lanes,
            RedisGate redis,
            Clock clock,
            @Qualifier("wakeUpContainer") RedisMessageListenerContainer calls,
            LaneSettings settings) {
        var expunging = new LaneExpunging(channels, lanes, redis, clock, settings.keyPrefix());
        calls.addMessageListener(expunging, new ChannelTopic(expunging.topic()));
        return expunging;
    }

    @Bean
    LaneCensus laneCensus(Channels channels, Lanes lanes, RedisGate redis, Clock clock, MeterRegistry meters) {
        var census = new LaneCensus(channels, lanes, redis, clock, meters);
        channels.listen(census);
        return census;
    }

    @Bean
    RemovedLanes removedLanes(
            Channels channels, Lanes lanes, RedisGate redis, LaneSettings settings, MeterRegistry meters) {
        var removed = new RemovedLanes(channels, lanes, redis, settings.keyPrefix(), meters);
        channels.listen(removed);
        return removed;
    }

    @Bean
    ChannelConfiguration channelConfiguration(
            Channels channels,
            Lanes lanes,
            WakeUp wakeUp,
            NodeLife nodes,
            Clock clock,
            @Value("${mehari.channel.look-again}") Duration lookAgain) {
        return new ChannelConfiguration(channels, lanes, wakeUp, nodes, clock, lookAgain);
    }

    @Bean
    ChannelsFile channelsFile(
            ChannelRules rules,
            Environment environment,
            @Value("${mehari.routing.default-channel}") String defaultChannel) {
        return new ChannelsFile(rules, environment::resolveRequiredPlaceholders, defaultChannel);
    }

    @Bean
    EditableChannels editableChannels(Channels channels, ChannelsFile file, ChannelsNamed routes) {
        return new EditableChannels(channels, file, routes);
    }

    /** Redis calls when a put filled an empty lane; after a lost connection every lane looks once. */
    @Bean
    RedisMessageListenerContainer wakeUpContainer(
            RedisConnectionFactory connections, LaneSettings settings, WakeUp wakeUp) {
        var container = new RedisMessageListenerContainer();
        container.setConnectionFactory(connections);
        container.setTaskExecutor(Runnable::run);
        container.setSubscriptionExecutor(Executors.newCachedThreadPool(
                Thread.ofVirtual().name("wake-up-", 0).factory()));
        container.addMessageListener(new WakeUpCalls(wakeUp), new ChannelTopic(settings.wakeUpTopic()));
        return container;
    }
}
