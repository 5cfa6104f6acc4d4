package dev.mehari.testkit;

import dev.mehari.sandbox.FaultBoard;
import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Sandbox;
import dev.mehari.sandbox.SandboxAddresses;
import dev.mehari.sandbox.Violations.Violation;
import dev.mehari.sandbox.discord.DiscordLimits;
import dev.mehari.sandbox.discord.DiscordWebhook;
import dev.mehari.sandbox.telegram.TelegramLimits;
import dev.mehari.sandbox.web.SandboxAssembly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The imitated providers on a port of their own, without Spring: {@code try (var server = SimulatorServer.start()) ...}.
 * Faults may tear connections for real (TCP reset).
 */
public final class SimulatorServer implements AutoCloseable {
    private final SandboxAssembly.Parts parts;
    private final Sandbox sandbox;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private SimulatorServer(SandboxAssembly.Parts parts, ServerSocket listener) {
        this.parts = parts;
        this.sandbox = parts.sandbox();
        this.listener = listener;
    }

    /** With the real limits and the real time. */
    public static SimulatorServer start() {
        return start(DiscordLimits.real(), Clock.systemUTC());
    }

    /** Without any limit, for tests of something else. */
    public static SimulatorServer unlimited() {
        Clock clock = Clock.systemUTC();
        return start(SandboxAssembly.assemble(DiscordLimits.none(), TelegramLimits.none(), false, inbox(), clock));
    }

    public static SimulatorServer start(DiscordLimits limits, TelegramLimits telegram, Clock clock) {
        return start(SandboxAssembly.assemble(limits, telegram, true, inbox(), clock));
    }

    public static SimulatorServer start(DiscordLimits limits, Clock clock) {
        return start(SandboxAssembly.assemble(limits, inbox(), clock));
    }

    private static Inbox inbox() {
        return new Inbox(100_000, 256L << 20);
    }

    private static SimulatorServer start(SandboxAssembly.Parts parts) {
        try {
            ServerSocket listener = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
            SimulatorServer server = new SimulatorServer(parts, listener);
            Thread.ofVirtual().name("simulator").start(server::accept);
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The address of a channel's imitated provider, as the gateway's own sandbox would give it. */
    public URI urlOf(String channel, String provider) {
        return new SandboxAddresses(sandbox, this::root).urlOf(channel, provider);
    }

    /** The address of a webhook as Discord's client copies it: without a version. */
    public URI discord(DiscordWebhook webhook) {
        return root().resolve(
                        "/sandbox/discord" + parts.discord().register(webhook).path());
    }

    public URI root() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public FaultBoard faults() {
        return sandbox.faults();
    }

    /** What the channel took, oldest first. */
    public List<InboxMessage> messages(String channel) {
        return sandbox.inbox().messages(channel).reversed();
    }

    /** What a well-behaved client would not have done. */
    public List<Violation> violations() {
        return sandbox.violations().all();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(SimulatorServer::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new SimulatorConnection(socket, sandbox).serve();
        } catch (IOException | InterruptedException gone) {
            // the client has gone: it will say so itself
        } finally {
            open.remove(socket);
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception alreadyClosed) {
            // nothing is left to close
        }
    }
}
