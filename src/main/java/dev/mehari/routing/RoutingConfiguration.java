package dev.mehari.routing;

import dev.mehari.channel.ChannelConfiguration;
import dev.mehari.channel.Channels;
import dev.mehari.channel.Lanes;
import dev.mehari.reload.CandidateRoutes;
import dev.mehari.reload.RouteVocabulary;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {

    @Bean
    NotifyRoute notifyRoute(
            Lanes lanes, @Value("${mehari.routing.default-channel}") String defaultChannel, MeterRegistry meters) {
        return new NotifyRoute(lanes, defaultChannel, meters);
    }

    @Bean
    Routing routing(ProducerTemplate producer, Lanes lanes) {
        return new Routing(producer, lanes);
    }

    @Bean
    DryRouters dryRouters(
            CandidateRoutes candidates,
            ChannelConfiguration channels,
            @Value("${mehari.routing.default-channel}") String defaultChannel) {
        return new DryRouters(candidates, channels, defaultChannel);
    }

    @Bean
    Explain explain(Routing routing, CamelContext camel) {
        return new Explain(routing, camel);
    }

    @Bean
    RouteVocabulary routeVocabulary(Channels channels) {
        return Variables.vocabulary(() -> channels.all().keySet());
    }

    @Bean
    RouteTimes routeTimes(MeterRegistry meters) {
        return new RouteTimes(meters);
    }
}
