package dev.mehari.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Nothing of it is there unless a collector is named. */
@Configuration(proxyBeanMethods = false)
@Conditional(TracingConfiguration.CollectorIsNamed.class)
@EnableConfigurationProperties(TracingProperties.class)
class TracingConfiguration {

    @Bean
    SpanExporter spanExporter(
            TracingProperties properties, @Value("${mehari.history.enabled}") boolean history, MeterRegistry meters) {
        if (!history) {
            LoggerFactory.getLogger(TracingConfiguration.class)
                    .warn("No traces are sent: they are made from the history, which is off (mehari.history.enabled).");
        }
        var collector = new OtlpCollector(properties.address(), properties.headerMap(), properties.timeout());
        return new SpanExporter(new OtlpJson(properties.resource()), collector, properties.waiting(), meters);
    }

    /** Either of the two addresses is set. */
    static final class CollectorIsNamed implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var environment = context.getEnvironment();
            return !environment.getProperty("mehari.tracing.endpoint", "").isBlank()
                    || !environment
                            .getProperty("mehari.tracing.traces-endpoint", "")
                            .isBlank();
        }
    }
}
