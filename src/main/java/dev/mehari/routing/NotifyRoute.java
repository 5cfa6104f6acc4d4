package dev.mehari.routing;

import dev.mehari.notification.Notification;
import dev.mehari.redis.RedisAway;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from every door to the lanes. {@code direct:notify} takes a {@link Notification} and asks {@code
 * routes/routing.yaml} for its channels; what Java adds is what must hold whatever stands in that file: a notification
 * that nothing matches, or that the router fails on, goes to the default channel and is counted.
 */
class NotifyRoute extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyRoute.class);

    private final String defaultChannel;
    private final Counter unmatched;
    private final Counter failed;

    NotifyRoute(String defaultChannel, MeterRegistry meters) {
        this.defaultChannel = defaultChannel;
        this.unmatched = Counter.builder("mehari.routing.unmatched")
                .description("Notifications that no branch of routes/routing.yaml matched")
                .register(meters);
        this.failed = Counter.builder("mehari.routing.failed")
                .description("Notifications that routes/routing.yaml failed on; they went to the default channel")
                .register(meters);
    }

    @Override
    public void configure() {
        // spotless:off
        from("direct:notify").routeId("notify")
            .description("Every door leads here: routes a notification and sees to it that it has a channel")
            .errorHandler(noErrorHandler())
            .process(exchange -> Variables.set(exchange, Routing.notification(exchange)))
            .doTry()
                .choice()
                    .when(exchangeProperty(Routing.CHOSEN).isNotNull())
                        .toD("channel:${exchangeProperty." + Routing.CHOSEN + "}")
                    .otherwise()
                        .to("direct:route?timeout=5000")
                .endChoice()
            .endDoTry()
            .doCatch(RedisAway.class)
                .process(NotifyRoute::rethrow)
            .doCatch(Exception.class)
                .process(this::routerFailed)
            .end()
            .filter(Routing::hasNoChannel)
                .to("direct:unmatched");

        from("direct:unmatched").routeId("unmatched")
            .description("Counts what nothing matched and gives it to the default channel")
            .errorHandler(noErrorHandler())
            .process(exchange -> unmatched.increment())
            .toD("channel:" + defaultChannel);
        // spotless:on
    }

    private static void rethrow(Exchange exchange) throws Exception {
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    private void routerFailed(Exchange exchange) {
        var problem = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        var notification = Routing.notification(exchange);
        failed.increment();
        LOG.error(
                "routing.failed id={} type={} trace={} reason={}",
                notification.id(),
                notification.type(),
                notification.traceId(),
                problem == null ? "unknown" : problem.getMessage());
    }
}
