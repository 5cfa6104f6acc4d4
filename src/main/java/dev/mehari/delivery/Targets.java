package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.security.Secret;
import java.net.URI;
import java.util.Map;
import java.util.function.BiFunction;

/** Where channels really are: their own address, or the sandbox for those that have none yet. Thread-safe. */
class Targets {
    private final Providers providers;
    private final BiFunction<String, String, URI> sandbox;

    /** @param sandbox the imitated provider's address for a channel and a provider */
    Targets(Providers providers, BiFunction<String, String, URI> sandbox) {
        this.providers = providers;
        this.sandbox = sandbox;
    }

    /** An address with the secret headers that go there. Never to be logged. */
    record Destination(URI uri, Map<String, String> headers) {
        @Override
        public String toString() {
            return "***";
        }
    }

    Destination of(Channel channel) {
        var provider = providers.of(channel);
        var real = channel.sandboxed() ? channel.withUrl(sandboxUrl(channel)) : channel;
        try {
            return new Destination(provider.target(real), provider.secretHeaders(real));
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
