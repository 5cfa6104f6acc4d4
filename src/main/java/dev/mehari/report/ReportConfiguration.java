package dev.mehari.report;

import dev.mehari.channel.Channels;
import dev.mehari.channel.Lanes;
import dev.mehari.history.Statistics;
import dev.mehari.notification.NotificationIds;
import dev.mehari.routing.Routing;
import java.time.Clock;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(ReportProperties.class)
class ReportConfiguration {

    @Bean
    LedgerReader ledgerReader(Channels channels, Lanes lanes) {
        return () -> channels.all().keySet().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> lanes.of(name).status().ledger()));
    }

    @Bean
    ReportRoutes reportRoutes(CamelContext camel) {
        return new ReportRoutes(camel);
    }

    @Bean
    ReportRuns reportRuns(StringRedisTemplate redis, @Value("${mehari.redis.key-prefix}") String keyPrefix) {
        return new ReportRuns(redis, keyPrefix);
    }

    @Bean
    ActivityReader activityReader(Statistics statistics) {
        return new ActivityReader(statistics);
    }

    @Bean
    Reports reports(
            ReportRoutes routes,
            ReportRuns runs,
            LedgerReader ledger,
            NotificationIds ids,
            ActivityReader activity,
            Routing routing,
            Clock clock) {
        return new Reports(routes, runs, ledger, ids::next, new ReportCharts(activity::read), routing, clock);
    }

    @Bean
    SchedulesHealth schedulesHealthIndicator(CamelContext camel, Clock clock) {
        return new SchedulesHealth(camel, clock);
    }

    @Bean
    MissedReports missedReports(
            CamelContext camel, ReportRoutes routes, Reports reports, ActivityReader activity, Clock clock) {
        return new MissedReports(camel, routes, reports, activity::settled, clock);
    }
}
