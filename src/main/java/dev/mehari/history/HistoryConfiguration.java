package dev.mehari.history;

import dev.mehari.channel.Channels;
import dev.mehari.channel.LaneCensus;
import dev.mehari.channel.Lanes;
import dev.mehari.embedded.Node;
import dev.mehari.notification.NotificationIds;
import dev.mehari.redis.RedisGate;
import dev.mehari.reload.Reloader;
import dev.mehari.routing.Routing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistoryProperties.class)
class HistoryConfiguration {

    @Bean
    Database historyDatabase(HistoryProperties properties, Environment environment) {
        var url = environment.getProperty("spring.datasource.url");
        if (!properties.enabled() || url == null) {
            return new Database(null);
        }
        var user = environment.getProperty("spring.datasource.username");
        var password = environment.getProperty("spring.datasource.password");
        return new Database(new Database.Address(url, user, password));
    }

    @Bean
    EventStreams eventStreams(
            RedisGate redis,
            Channels channels,
            HistoryProperties properties,
            @Value("${mehari.redis.key-prefix}") String keyPrefix) {
        return new EventStreams(redis, channels, keyPrefix, properties.eventsKept());
    }

    @Bean
    Records records(EventStreams streams, Database database, Clock clock) {
        return new Records(streams, clock, database.enabled());
    }

    @Bean
    HistoryWriter historyWriter(
            Database database,
            EventStreams streams,
            Lanes lanes,
            @Qualifier("wakeUpContainer") RedisMessageListenerContainer calls,
            RedisGate redis,
            Node node,
            HistoryProperties properties,
            ObjectProvider<DeliveryWatcher> watcher,
            Clock clock,
            MeterRegistry meters) {
        var lease = new WriterLease(redis, streams.lease(), node.id());
        var steps = new DeliverySteps(database, watcher.getIfAvailable());
        var pace = new Pace(new ProcessorLoad(), properties.eventsKept(), properties.writeEvery(), System::nanoTime);
        var writer = new HistoryWriter(
                database,
                streams,
                lease,
                new LaneTables(clock),
                new RecordTables(),
                steps,
                pace,
                properties.writeEvery(),
                meters);
        lanes.tell(writer::moved);
        streams.tell(writer::moved);
        calls.addMessageListener((message, pattern) -> writer.movedElsewhere(), new ChannelTopic(streams.topic()));
        return writer;
    }

    @Bean
    HistoryHealth historyHealthIndicator(Database database, HistoryWriter writer) {
        return new HistoryHealth(database, writer);
    }

    @Bean
    ConfigurationTrail configurationTrail(Reloader reloader, Records records) {
        var trail = new ConfigurationTrail(reloader::states, records);
        reloader.tell(() -> Thread.ofVirtual().name("configuration-trail").start(trail::look));
        return trail;
    }

    @Bean
    Search search(Database database) {
        return new Search(database);
    }

    @Bean
    Stories stories(Database database, EventStreams streams) {
        return new Stories(database, streams);
    }

    @Bean
    Timelines timelines(Database database, EventStreams streams, HistoryProperties properties, Clock clock) {
        return new Timelines(database, streams, new Slowness(properties.slow()), clock);
    }

    @Bean
    Trails trails(Database database) {
        return new Trails(database);
    }

    @Bean
    Statistics statistics(Database database) {
        return new Statistics(database);
    }

    @Bean
    Traffic traffic(Database database) {
        return new Traffic(database);
    }

    @Bean
    Expunging expunging(Database database, EventStreams streams, Clock clock) {
        return new Expunging(database, streams, clock);
    }

    /** Called from {@code routes/purge.yaml}. */
    @Bean
    HistoryPurge historyPurge(Database database, HistoryProperties properties, Clock clock) {
        return new HistoryPurge(database, properties.keep(), clock);
    }

    @Bean
    LedgerWatch ledgerWatch(
            LaneCensus census,
            RedisGate redis,
            Routing routing,
            NotificationIds ids,
            Clock clock,
            @Value("${mehari.redis.key-prefix}") String keyPrefix) {
        return new LedgerWatch(census::now, new LedgerAlarms(redis, keyPrefix), routing::route, ids, clock);
    }
}
