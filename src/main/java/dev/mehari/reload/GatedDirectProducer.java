package dev.mehari.reload;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Calls the route behind the gate, with the options and the errors of Camel's own {@code direct:}. */
final class GatedDirectProducer extends DefaultAsyncProducer {

    private final DirectEndpoint endpoint;
    private final Gate gate;

    GatedDirectProducer(DirectEndpoint endpoint, Gate gate) {
        super(endpoint);
        this.endpoint = endpoint;
        this.gate = gate;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        DirectConsumer consumer = enter(exchange);
        if (consumer == null) {
            callback.done(true);
            return true;
        }
        if (endpoint.isSynchronous() || consumer.getEndpoint().isSynchronous()) {
            return processHere(consumer, exchange, callback);
        }
        if (exchange.getProperty(ExchangePropertyKey.OTEL_ACTIVE_SPAN) != null) {
            exchange.setProperty(ExchangePropertyKey.OTEL_CLOSE_CLIENT_SCOPE, Boolean.TRUE);
        }
        return consumer.getAsyncProcessor().process(exchange, doneSync -> {
            gate.leave();
            callback.done(doneSync);
        });
    }

    private @Nullable DirectConsumer enter(Exchange exchange) {
        try {
            DirectConsumer consumer = gate.enter(endpoint.isBlock() ? endpoint.getTimeout() : 0);
            if (consumer == null && endpoint.isFailIfNoConsumers()) {
                exchange.setException(new DirectConsumerNotAvailableException(
                        "No consumers available on endpoint: " + endpoint, exchange));
            }
            return consumer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
            return null;
        }
    }

    private boolean processHere(DirectConsumer consumer, Exchange exchange, AsyncCallback callback) {
        try {
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            gate.leave();
        }
        callback.done(true);
        return true;
    }
}
