package dev.mehari.routing;

import dev.mehari.channel.Lanes;
import dev.mehari.channel.Puts;
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

    private static final String NOBODY_WAITS = "MehariNobodyWaits";

    private final Lanes lanes;
    private final String defaultChannel;
    private final Counter unmatched;
    private final Counter failed;

    NotifyRoute(Lanes lanes, String defaultChannel, MeterRegistry meters) {
        this.lanes = lanes;
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
            .process(NotifyRoute::begin)
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
                .to("direct:unmatched")
            .end()
            .filter(exchangeProperty(NOBODY_WAITS).isNotNull())
                .process(this::awaitPuts);

        from("direct:unmatched").routeId("unmatched")
            .description("Counts what nothing matched and gives it to the default channel")
            .errorHandler(noErrorHandler())
            .process(exchange -> count(unmatched, exchange))
            .toD("channel:" + defaultChannel);
        // spotless:on
    }

    /** A route of the operator's own has no collector: here one is made, and waited for at the end. */
    private static void begin(Exchange exchange) {
        Variables.set(exchange, Routing.notification(exchange));
        if (exchange.getProperty(Puts.PROPERTY) == null) {
            exchange.setProperty(Puts.PROPERTY, new Puts(false));
            exchange.setProperty(NOBODY_WAITS, true);
        }
    }

    private void awaitPuts(Exchange exchange) {
        var puts = exchange.getProperty(Puts.PROPERTY, Puts.class);
        puts.startedFor(Routing.notification(exchange).id()).forEach(lanes::await);
    }

    private static void rethrow(Exchange exchange) throws Exception {
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    private static void count(Counter counter, Exchange exchange) {
        if (!isDryRun(exchange)) {
            counter.increment();
        }
    }

    private static boolean isDryRun(Exchange exchange) {
        var puts = exchange.getProperty(Puts.PROPERTY, Puts.class);
        return puts != null && puts.dryRun();
    }

    private void routerFailed(Exchange exchange) {
        var problem = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        var notification = Routing.notification(exchange);
        if (isDryRun(exchange)) {
            exchange.setProperty(Routing.FAILED, problem);
            return;
        }
        failed.increment();
        LOG.error(
                "routing.failed id={} type={} trace={} reason={}",
                notification.id(),
                notification.type(),
                notification.traceId(),
                problem == null ? "unknown" : problem.getMessage());
    }
}
