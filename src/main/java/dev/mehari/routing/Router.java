package dev.mehari.routing;

import dev.mehari.channel.Lanes;
import dev.mehari.channel.Puts;
import dev.mehari.redis.RedisAway;
import io.micrometer.core.instrument.Counter;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@code direct:route}, the operator's, for the channels of a notification. One that it gives to nobody, or fails on,
 * goes to {@code direct:unmatched}. One step in place of a try, a choice and two filters, which cost every notification
 * more than the operator's own route. Thread-safe.
 */
final class Router extends ServiceSupport implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    /** Waits for the operator's route while an edit replaces it. */
    private static final String ROUTE = "direct:route?timeout=5000";

    private final CamelContext camel;
    private final Lanes lanes;
    private final Counter failed;

    @SuppressWarnings("NullAway.Init") // Camel starts it before the first exchange comes
    private AsyncProducer route;

    @SuppressWarnings("NullAway.Init") // likewise
    private ProducerTemplate others;

    Router(CamelContext camel, Lanes lanes, Counter failed) {
        this.camel = camel;
        this.lanes = lanes;
        this.failed = failed;
    }

    @Override
    protected void doStart() throws Exception {
        others = camel.createProducerTemplate();
        route = camel.getEndpoint(ROUTE).createAsyncProducer();
        route.start();
    }

    @Override
    protected void doStop() throws Exception {
        route.stop();
        others.stop();
    }

    /** A route of the operator's own has no collector: here one is made, and waited for at the end. */
    @Override
    public void process(Exchange exchange) {
        var notification = Routing.notification(exchange);
        var given = exchange.getProperty(Puts.PROPERTY, Puts.class);
        var puts = given == null ? new Puts(false) : given;
        if (given == null) {
            exchange.setProperty(Puts.PROPERTY, puts);
        }
        Variables.set(exchange, notification);
        ask(exchange);
        if (failedBefore(exchange, puts)) {
            return;
        }
        if (puts.channelsOf(notification.id()).isEmpty()) {
            exchange.getMessage().setBody(notification);
            others.send("direct:unmatched", exchange);
        }
        if (given == null && exchange.getException() == null) {
            puts.startedFor(notification.id()).forEach(lanes::await);
        }
    }

    private void ask(Exchange exchange) {
        var chosen = exchange.getProperty(Routing.CHOSEN, String.class);
        try {
            if (chosen == null) {
                route.process(exchange);
            } else {
                others.send("channel:" + chosen, exchange);
            }
        } catch (Exception problem) {
            exchange.setException(problem);
        }
    }

    /**
     * Takes the router's failure off the exchange and tells it, unless it is Redis that is away: then nothing is lost, for
     * the caller hears of it.
     *
     * @return whether it is still there
     */
    private boolean failedBefore(Exchange exchange, Puts puts) {
        var problem = exchange.getException();
        if (problem != null && ObjectHelper.getException(RedisAway.class, problem) != null) {
            return true;
        }
        exchange.setRouteStop(false);
        if (problem != null) {
            exchange.setException(null);
            exchange.getExchangeExtension().setRedeliveryExhausted(false);
            tell(problem, exchange, puts);
        }
        return false;
    }

    private void tell(Exception problem, Exchange exchange, Puts puts) {
        if (puts.dryRun()) {
            exchange.setProperty(Routing.FAILED, problem);
            return;
        }
        failed.increment();
        var notification = Routing.notification(exchange);
        LOG.error(
                "routing.failed id={} type={} trace={} reason={}",
                notification.id(),
                notification.type(),
                notification.traceId(),
                problem.getMessage());
    }
}
