package dev.mehari.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Nothing of it is there unless a collector is named. A bean that may be none, as conditions stand fast in the jar (decision 0082). */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingProperties.class)
class TracingConfiguration {

    @Bean
    @Nullable
    SpanExporter spanExporter(
            TracingProperties properties, @Value("${mehari.history.enabled}") boolean history, MeterRegistry meters) {
        if (!properties.nameACollector()) {
            return null;
        }
        if (!history) {
            LoggerFactory.getLogger(TracingConfiguration.class)
                    .warn("No traces are sent: they are made from the history, which is off (mehari.history.enabled).");
        }
        var collector = new OtlpCollector(properties.address(), properties.headerMap(), properties.timeout());
        return new SpanExporter(new OtlpJson(properties.resource()), collector, properties.waiting(), meters);
    }
}
