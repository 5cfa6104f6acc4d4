package dev.mehari.routing;

import dev.mehari.channel.Lanes;
import dev.mehari.channel.Puts;
import dev.mehari.notification.Notification;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * The way from every door to the lanes. {@code direct:notify} takes a {@link Notification} and asks {@code
 * routes/routing.yaml} for its channels; {@link Router} adds what must hold whatever stands in that file: a notification
 * that nothing matches, or that the router fails on, goes to the default channel and is counted.
 */
class NotifyRoute extends RouteBuilder {
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
            .process(new Router(getContext(), lanes, failed));

        from("direct:unmatched").routeId("unmatched")
            .description("Counts what nothing matched and gives it to the default channel")
            .errorHandler(noErrorHandler())
            .process(this::count)
            .toD("channel:" + defaultChannel);
        // spotless:on
    }

    private void count(Exchange exchange) {
        var puts = exchange.getProperty(Puts.PROPERTY, Puts.class);
        if (puts == null || !puts.dryRun()) {
            unmatched.increment();
        }
    }
}
