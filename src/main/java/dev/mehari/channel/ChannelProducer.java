package dev.mehari.channel;

import dev.mehari.notification.Notification;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultProducer;

/**
 * Puts the body into the lane: a {@link Notification}, or deliveries of another lane that are diverted to this one.
 * Under a {@link Puts} collector it only starts the put; without one it waits until the put is durable.
 */
final class ChannelProducer extends DefaultProducer {
    private final ChannelEndpoint endpoint;

    ChannelProducer(ChannelEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        endpoint.configuration().channels().get(endpoint.getName());
        var body = exchange.getMessage().getBody();
        if (body instanceof List<?> list) {
            divert(list, exchange.getProperty(DeliveryBatch.PROPERTY, DeliveryBatch.class));
        } else {
            put(
                    exchange.getMessage().getMandatoryBody(Notification.class),
                    exchange.getProperty(Puts.PROPERTY, Puts.class));
        }
    }

    private void put(Notification notification, Puts puts) {
        if (puts != null && puts.dryRun()) {
            puts.chosen(notification.id(), endpoint.getName());
            return;
        }
        var lanes = endpoint.configuration().lanes();
        var put = lanes.put(endpoint.getName(), notification, null);
        if (puts == null) {
            lanes.await(put);
        } else {
            puts.started(notification.id(), endpoint.getName(), put);
        }
    }

    /** The copies are durable here before their originals leave the other lane. */
    private void divert(List<?> entries, DeliveryBatch batch) {
        var lanes = endpoint.configuration().lanes();
        var origin = batch.channel().name();
        var puts = entries.stream()
                .map(LaneEntry.class::cast)
                .map(entry -> lanes.divert(endpoint.getName(), entry, origin))
                .toList();
        puts.forEach(lanes::await);
    }
}
