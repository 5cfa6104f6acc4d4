package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.security.Secret;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.hc.client5.http.HttpRoute;
import org.jspecify.annotations.Nullable;

/** Where channels really are: their own address, or the sandbox for those that have none yet. Thread-safe. */
class Targets {
    private final Providers providers;
    private final BiFunction<String, String, URI> sandbox;
    private final Map<String, Known> all = new ConcurrentHashMap<>();

    /** @param sandbox the imitated provider's address for a channel and a provider */
    Targets(Providers providers, BiFunction<String, String, URI> sandbox) {
        this.providers = providers;
        this.sandbox = sandbox;
    }

    /**
     * An address with the secret headers that go there. Never to be logged.
     *
     * @param host as connections are kept by; null where it is not reached by HTTP
     */
    record Destination(
            URI uri, Map<String, String> headers, @Nullable HttpRoute host) {
        static Destination of(URI uri, Map<String, String> headers) {
            return new Destination(uri, headers, Connections.route(uri));
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    private record Known(Channel channel, Destination destination) {}

    /** Asked for with every request, so that an address is read once while its channel stays as it is. */
    Destination of(Channel channel) {
        var known = all.get(channel.name());
        if (known != null && known.channel() == channel) {
            return known.destination();
        }
        var destination = worked(channel);
        if (!channel.sandboxed()) {
            all.put(channel.name(), new Known(channel, destination));
        }
        return destination;
    }

    private Destination worked(Channel channel) {
        var provider = providers.of(channel);
        var real = channel.sandboxed() ? channel.withUrl(sandboxUrl(channel)) : channel;
        try {
            return Destination.of(provider.target(real), provider.secretHeaders(real));
        } catch (IllegalArgumentException unreadable) {
            // Its message would hold the address.
            throw new IllegalStateException(
                    "The address of channel '" + channel.name() + "' is not one of its provider's");
        }
    }

    private Secret sandboxUrl(Channel channel) {
        return Secret.of(sandbox.apply(channel.name(), channel.provider()).toString());
    }
}
