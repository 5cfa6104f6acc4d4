package dev.mehari.sandbox;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All imitated providers under one roof: finds the one a request is for, and lets the faults happen that are switched on.
 * Knows nothing of how requests arrive. Safe for use by many threads.
 */
public final class Sandbox {
    /** Faults that the sandbox itself makes happen around the provider's answer. */
    private static final Set<Fault.Kind> OF_THE_LINE =
            Set.of(Fault.Kind.SLOW, Fault.Kind.RESET, Fault.Kind.LOST_ANSWER);

    private final Map<String, Simulator> simulators = new LinkedHashMap<>();
    private final Map<String, Registered> channels = new ConcurrentHashMap<>();
    private final Inbox inbox;
    private final FaultBoard faults = new FaultBoard();
    private final Violations violations;

    public Sandbox(Collection<? extends Simulator> simulators, Inbox inbox, Violations violations) {
        simulators.forEach(simulator -> this.simulators.put(simulator.provider(), simulator));
        this.inbox = inbox;
        this.violations = violations;
    }

    /** A channel that the sandbox stands in for; {@code path} is where its messages go, below the server's root. */
    public record Registered(String channel, String provider, String path) {}

    /**
     * Makes the channel known to the imitation of its provider; the provider {@code sandbox} is shown as Discord. The same
     * name has the same path, always.
     */
    public Registered register(String channel, String wanted) {
        String provider = wanted.equals("sandbox") ? "discord" : wanted;
        Registered known = channels.get(channel);
        if (known != null && known.provider().equals(provider)) {
            return known;
        }
        Simulator simulator = simulators.get(provider);
        if (simulator == null) {
            throw new IllegalArgumentException(
                    "provider: the sandbox imitates " + simulators.keySet() + ", not " + provider);
        }
        String path = "/sandbox/" + provider + simulator.register(channel);
        Registered registered = new Registered(channel, provider, path);
        channels.put(channel, registered);
        return registered;
    }

    /** Answers a request whose path starts with {@code /sandbox/PROVIDER/}. */
    public Answer answer(Request request) {
        String[] parts = request.path().split("/", 4);
        Simulator simulator = parts.length < 3 ? null : simulators.get(parts[2]);
        if (simulator == null) {
            return Answer.text(404, "text/plain", "The sandbox imitates " + simulators.keySet());
        }
        return answer(simulator, request.withPath(parts.length < 4 ? "/" : "/" + parts[3]));
    }

    public Inbox inbox() {
        return inbox;
    }

    public FaultBoard faults() {
        return faults;
    }

    public Violations violations() {
        return violations;
    }

    /** The channels registered so far, by name. */
    public Map<String, Registered> channels() {
        return new TreeMap<>(channels);
    }

    private Answer answer(Simulator simulator, Request request) {
        String channel = simulator.channelOf(request).orElse("");
        Optional<Fault> met = channel.isEmpty() ? Optional.empty() : faults.meet(channel);
        if (met.isEmpty()) {
            return simulator.answer(request);
        }
        Fault fault = met.get();
        return OF_THE_LINE.contains(fault.kind())
                ? onTheLine(simulator, request, fault)
                : shaped(simulator, request, fault);
    }

    private static Answer onTheLine(Simulator simulator, Request request, Fault fault) {
        return switch (fault.kind()) {
            case SLOW -> simulator.answer(request).after(fault.delay());
            case LOST_ANSWER -> {
                simulator.answer(request);
                yield Answer.torn();
            }
            default -> Answer.torn();
        };
    }

    private static Answer shaped(Simulator simulator, Request request, Fault fault) {
        Answer answer = simulator.fail(request, fault);
        if (fault.body() != null) {
            String type = fault.body().startsWith("{") ? "application/json" : "text/plain";
            answer = Answer.text(answer.status(), type, fault.body());
        }
        return fault.headers() == null ? answer : answer.with(fault.headers());
    }
}
