package dev.mehari.timetravel;

import dev.mehari.channel.Channels;
import dev.mehari.channel.ChannelsFile;
import dev.mehari.history.Traffic;
import dev.mehari.routing.DryRouters;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TimeTravelConfiguration {

    @Bean
    TimeTravel timeTravel(
            Traffic traffic, DryRouters routers, Channels channels, ChannelsFile channelsFile, Clock clock) {
        return new TimeTravel(traffic, routers, channels, channelsFile, clock);
    }
}
