package dev.mehari.routing;

import dev.mehari.channel.Lanes;
import dev.mehari.channel.Puts;
import dev.mehari.notification.Notification;
import dev.mehari.redis.RedisAway;
import java.util.Collection;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Routes notifications through {@code direct:notify} and waits until they stand in their lanes. Thread-safe. */
public class Routing {
    /** Exchange property: the notification under way, whatever a route makes of the body. */
    static final String NOTIFICATION = "MehariNotification";
    /** Exchange property: the channel the producer chose himself, past the router. */
    static final String CHOSEN = "MehariChosenChannel";

    /** Exchange property of a dry run: what the router failed with. */
    static final String FAILED = "MehariRouterFailed";

    private final ProducerTemplate producer;
    private final Lanes lanes;

    public Routing(ProducerTemplate producer, Lanes lanes) {
        this.producer = producer;
        this.lanes = lanes;
    }

    /** A notification with the channel its producer chose, if he did. */
    public record Request(
            Notification notification, @Nullable String channel) {}

    /**
     * Starts one on its way: when this returns, its puts are under way, in order after those before it.
     *
     * @param puts collects the channels it went to
     * @throws RedisAway the lanes are not reached
     */
    public void start(Request request, Puts puts) {
        var answer = producer.send("direct:notify", exchange -> prepare(exchange, request, puts));
        var problem = answer.getException();
        if (problem instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    /** Makes an exchange ready for {@code direct:notify}. */
    public static void prepare(Exchange exchange, Request request, Puts puts) {
        exchange.setProperty(Puts.PROPERTY, puts);
        exchange.setProperty(NOTIFICATION, request.notification());
        exchange.setProperty(CHOSEN, request.channel());
        exchange.getMessage().setBody(request.notification());
    }

    /**
     * Waits until all puts of a notification are durable.
     *
     * @return the channels it went to
     * @throws RedisAway one of them is not; repeat the whole with the same id
     */
    public Collection<String> await(Notification notification, Puts puts) {
        puts.startedFor(notification.id()).forEach(lanes::await);
        return puts.channelsOf(notification.id());
    }

    /** Waits for any answer of Redis, as long as the lanes would. */
    public <T> T await(java.util.concurrent.CompletionStage<T> answer) {
        return lanes.await(answer);
    }

    /** Routes one and waits until it is durable. */
    public Collection<String> route(Notification notification) {
        var puts = new Puts(false);
        start(new Request(notification, null), puts);
        return await(notification, puts);
    }

    static Notification notification(Exchange exchange) {
        var known = exchange.getProperty(NOTIFICATION, Notification.class);
        if (known == null) {
            if (!(exchange.getMessage().getBody() instanceof Notification body)) {
                throw new IllegalArgumentException("direct:notify takes a Notification as body");
            }
            known = body;
            exchange.setProperty(NOTIFICATION, known);
        }
        return known;
    }
}
