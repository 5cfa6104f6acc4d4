package dev.mehari.routing;

import dev.mehari.channel.Puts;
import dev.mehari.notification.Notification;
import dev.mehari.reload.CandidateRoutes;
import java.util.Collection;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Says where messages would go by certain route files; puts and sends nothing. Close it. Thread-safe. */
public final class DryRouter implements AutoCloseable {
    private final CandidateRoutes.DryRun routes;
    private final ProducerTemplate producer;

    DryRouter(CandidateRoutes.DryRun routes) {
        this.routes = routes;
        this.producer = routes.camel().createProducerTemplate();
    }

    /** @param failure why the router failed on it, so that it would go to the default channel; else null */
    public record Way(Collection<String> channels, @Nullable String failure) {}

    public Way of(Notification notification) {
        var puts = new Puts(true);
        Exchange exchange = producer.send(
                "direct:notify", asked -> Routing.prepare(asked, new Routing.Request(notification, null), puts));
        Exception failed = exchange.getException() == null
                ? exchange.getProperty(Routing.FAILED, Exception.class)
                : exchange.getException();
        return new Way(puts.channelsOf(notification.id()), failed == null ? null : String.valueOf(failed.getMessage()));
    }

    /** Schemes of endpoints that routes asked, http or sql: what they would have answered is not known. */
    public Set<String> notCalled() {
        return routes.notCalled();
    }

    @Override
    public void close() {
        routes.close();
    }
}
