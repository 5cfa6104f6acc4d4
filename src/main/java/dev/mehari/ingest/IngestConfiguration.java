package dev.mehari.ingest;

import dev.mehari.channel.Channels;
import dev.mehari.content.ContentLibrary;
import dev.mehari.deadletter.DeadLetters;
import dev.mehari.notification.NotificationIds;
import dev.mehari.notification.NotificationReader;
import dev.mehari.redis.RedisGate;
import dev.mehari.routing.Routing;
import dev.mehari.security.Quotas;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.util.unit.DataSize;

@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

    @Bean
    NotificationIds notificationIds(Clock clock) {
        return new NotificationIds(clock);
    }

    @Bean
    Intake intake(
            RedisGate redis,
            NotificationIds ids,
            ContentLibrary content,
            Clock clock,
            @Value("${mehari.redis.key-prefix}") String keyPrefix) {
        return new Intake(redis, ids, content, clock, keyPrefix);
    }

    @Bean
    Stamping stamping(Intake intake, Channels channels) {
        var reader = new NotificationReader();
        return (body, source) -> {
            var stamped = intake.forShow(HttpDoor.known(reader.read(body), channels), source);
            return new Stamping.Asked(stamped.notification(), stamped.channel());
        };
    }

    @Bean
    IntakeMeters intakeMeters(MeterRegistry meters) {
        return new IntakeMeters(meters);
    }

    @Bean
    HttpDoorRoutes httpDoorRoutes(
            Intake intake,
            Routing routing,
            Channels channels,
            Quotas quotas,
            IntakeMeters meters,
            @Value("${mehari.ingest.max-batch}") int maxBatch) {
        return new HttpDoorRoutes(new HttpDoor(intake, routing, channels, quotas, meters, maxBatch));
    }

    @Bean
    RedisIntake redisIntake(
            Intake intake,
            Routing routing,
            Channels channels,
            DeadLetters deadLetters,
            IntakeMeters meters,
            Clock clock,
            @Value("${mehari.ingest.max-body}") DataSize maxBody) {
        return new RedisIntake(intake, routing, channels, deadLetters, meters, clock, maxBody);
    }

    @Bean
    TextReplay textReplay(Intake intake, Routing routing, Channels channels) {
        return new TextReplay(intake, routing, channels);
    }

    @Bean
    PubSubDoor pubSubDoor(RedisIntake intake, NotificationIds ids, IntakeMeters meters) {
        return new PubSubDoor(intake, ids, meters);
    }

    @Bean
    RedisDoorRoutes redisDoorRoutes(
            PubSubDoor door,
            RedisConnectionFactory connections,
            @Value("${mehari.ingest.pubsub-channel}") String channel) {
        return new RedisDoorRoutes(door, connections, channel);
    }

    /** One thread hands messages on: their order is the order they were published in. */
    @Bean
    RedisMessageListenerContainer pubSubContainer(RedisConnectionFactory connections) {
        var container = new RedisMessageListenerContainer();
        container.setConnectionFactory(connections);
        container.setTaskExecutor(Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("pubsub-", 0).factory()));
        container.setSubscriptionExecutor(Executors.newCachedThreadPool(
                Thread.ofVirtual().name("subscribe-", 0).factory()));
        return container;
    }

    @Bean
    RedisSerializer<String> redisText() {
        return RedisSerializer.string();
    }

    /** Must not be given the CamelContext: Spring would start it along with this lifecycle bean, before it has routes. */
    @Bean
    Doors doors(
            RedisGate redis,
            RedisConnectionFactory connections,
            RedisIntake intake,
            NotificationIds ids,
            PubSubDoor pubSub,
            @Value("${mehari.ingest.queue}") String queue) {
        return new Doors(new QueueDoor(redis, connections, intake, ids, queue), pubSub);
    }

    @Bean
    CamelContextConfiguration openDoorsLast(Doors doors) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                try {
                    camel.addStartupListener(doors);
                } catch (Exception e) {
                    throw new IllegalStateException("The doors cannot be opened", e);
                }
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // The startup listener opens them.
            }
        };
    }
}
