package dev.mehari.routing;

import dev.mehari.channel.Puts;
import dev.mehari.notification.Notification;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Sends a notification through the router for show: the same routes as in production, and nothing is put anywhere. */
public class Explain {
    private final Routing routing;
    private final RouterBranches branches;

    Explain(Routing routing, CamelContext camel) {
        this.routing = routing;
        this.branches = new RouterBranches(camel);
    }

    /**
     * @param channels where it would go
     * @param branches what each branch of the router says; empty when the producer chose the channel himself
     */
    public record Way(Collection<String> channels, List<?> branches) {}

    /** Where it would go. */
    public Collection<String> channels(Notification notification) {
        return channels(notification, null);
    }

    public Way of(Notification notification, @Nullable String channel) {
        return new Way(channels(notification, channel), channel == null ? branches.of(notification) : List.of());
    }

    private Collection<String> channels(Notification notification, @Nullable String channel) {
        var puts = new Puts(true);
        routing.start(new Routing.Request(notification, channel), puts);
        return puts.channelsOf(notification.id());
    }
}
