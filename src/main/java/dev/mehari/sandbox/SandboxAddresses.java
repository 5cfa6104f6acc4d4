package dev.mehari.sandbox;

import java.net.URI;
import java.util.function.Supplier;

/** Where a channel that has no address of its own delivers to: the imitation of its provider, in this process. */
public final class SandboxAddresses {
    private final Sandbox sandbox;
    private final Supplier<URI> root;

    /** @param root this server's own address, asked each time: the port may be known only after the start */
    public SandboxAddresses(Sandbox sandbox, Supplier<URI> root) {
        this.sandbox = sandbox;
        this.root = root;
    }

    /**
     * The address for that channel, made known to the imitated provider by the call; always the same for the same name
     * and port. It looks like a real one: {@code http://127.0.0.1:8080/sandbox/discord/api/v10/webhooks/ID/TOKEN}.
     *
     * @throws IllegalArgumentException for a provider that the sandbox does not imitate
     * @throws IllegalStateException when the server has a random port and is not yet started
     */
    public URI urlOf(String channelName, String provider) {
        return root.get().resolve(sandbox.register(channelName, provider).path());
    }
}
