package dev.mehari.sandbox;

import java.util.Optional;

/**
 * One imitated provider. Refuses what the real one refuses, in the real one's words, and puts what it takes into the
 * {@link Inbox}. Safe for use by many threads.
 */
public interface Simulator {

    /** The word after {@code provider:} in {@code channels.yaml}, and the first part of the path below {@code /sandbox/}. */
    String provider();

    /** The path below {@code /sandbox/PROVIDER} where messages for the channel go, made known to this provider by the call. */
    String register(String channel);

    /** Which channel the request is for, when its path tells. */
    Optional<String> channelOf(Request request);

    Answer answer(Request request);

    /** The provider's own way to answer while the fault is on; asked only for faults it {@linkplain Fault.Kind shapes}. */
    Answer fail(Request request, Fault fault);
}
