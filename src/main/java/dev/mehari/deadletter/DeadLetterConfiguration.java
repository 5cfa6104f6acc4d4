package dev.mehari.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(DeadLetterProperties.class)
class DeadLetterConfiguration {

    @Bean
    DeadLetterList deadLetterList(StringRedisTemplate redis, DeadLetterProperties properties) {
        return new DeadLetterList(redis, properties);
    }

    @Bean
    DeadLetters deadLetters(DeadLetterList letters, Replayer replayer, Clock clock, MeterRegistry meters) {
        return new DeadLetters(letters, replayer, clock, meters);
    }

    @Bean
    DeadLetterCensus deadLetterCensus(DeadLetterList letters, MeterRegistry meters) {
        return new DeadLetterCensus(letters, meters);
    }
}
