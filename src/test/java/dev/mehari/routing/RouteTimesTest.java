package dev.mehari.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class RouteTimesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void everyRouteOfAnExchange_isTimedByItself_andItsFailuresAreCounted() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutePolicyFactory(new RouteTimes(meters));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("direct:outer").routeId("outer").to("direct:inner");
                    from("direct:inner").routeId("inner").process(exchange -> {
                        if ("bad".equals(exchange.getMessage().getBody())) {
                            throw new IllegalStateException("bad");
                        }
                    });
                    from("direct:other").routeId("other").log("never asked");
                }
            });
            camel.start();
            var producer = camel.createProducerTemplate();
            producer.send("direct:outer", exchange -> exchange.getMessage().setBody("good"));
            producer.send("direct:outer", exchange -> exchange.getMessage().setBody("bad"));
        }
        for (var route : new String[] {"outer", "inner"}) {
            var time = meters.get("camel.route.policy").tag("routeId", route).timer();
            assertThat(time.count()).isEqualTo(2);
            assertThat(time.totalTime(time.baseTimeUnit())).isPositive();
            assertThat(failures(route)).isEqualTo(1);
        }
        assertThat(failures("other")).isZero();
    }

    private double failures(String route) {
        return meters.get("camel.exchanges.failed")
                .tag("routeId", route)
                .counter()
                .count();
    }
}
