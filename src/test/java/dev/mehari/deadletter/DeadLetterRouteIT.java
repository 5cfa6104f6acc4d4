package dev.mehari.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.testkit.RealRedis;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLetterRouteIT {
    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    @Test
    void shippedRoute_keepsTheLetterItIsGiven() throws Exception {
        var letters = DeadLettersForTests.over(redis.template(), letter -> {}, Clock.systemUTC());
        try (var context = new DefaultCamelContext()) {
            context.getRegistry().bind("deadLetters", letters);
            var file = ResourceHelper.resolveResource(context, "file:routes/dead-letter.yaml");
            PluginHelper.getRoutesLoader(context).loadRoutes(file);
            context.start();

            context.createProducerTemplate()
                    .sendBody(
                            "direct:dead-letter",
                            Letters.of("n1", "trades", DeadReason.DELIVERY_FAILED, Instant.EPOCH));

            assertThat(letters.find("n1:trades")).isPresent();
            assertThat(context.getRoute("dead-letter").getDescription()).isNotBlank();
        }
    }
}
