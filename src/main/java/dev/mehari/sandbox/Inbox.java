package dev.mehari.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the imitated providers took: the last messages of each channel, within a bound of memory over all. Safe for use by
 * many threads.
 */
public final class Inbox {
    private static final int MOST_CHANNELS = 1000;
    private final Map<String, Deque<InboxMessage>> channels = new TreeMap<>();
    private final Map<String, Long> received = new TreeMap<>();
    private final List<Consumer<InboxMessage>> watchers = new CopyOnWriteArrayList<>();
    private final int keep;
    private final long bytes;
    private long held;

    /**
     * @param keep messages kept of one channel
     * @param bytes about how much memory all may hold; the oldest messages go first
     */
    public Inbox(int keep, long bytes) {
        this.keep = keep;
        this.bytes = bytes;
    }

    public void add(InboxMessage message) {
        synchronized (this) {
            if (channels.size() >= MOST_CHANNELS && !channels.containsKey(message.channel())) {
                dropQuietest();
            }
            Deque<InboxMessage> channel = channels.computeIfAbsent(message.channel(), name -> new ArrayDeque<>());
            channel.addLast(message);
            received.merge(message.channel(), 1L, Long::sum);
            held += message.weight();
            if (channel.size() > keep) {
                forget(channel);
            }
            while (held > bytes && oldest().isPresent()) {
                forget(oldest().orElseThrow());
            }
        }
        watchers.forEach(watcher -> watcher.accept(message));
    }

    /** Newest first. */
    public synchronized List<InboxMessage> messages(String channel) {
        List<InboxMessage> messages = new ArrayList<>(channels.getOrDefault(channel, new ArrayDeque<>()));
        Collections.reverse(messages);
        return messages;
    }

    /** Of all channels, newest first. */
    public synchronized List<InboxMessage> messages() {
        return channels.values().stream()
                .flatMap(Deque::stream)
                .sorted(Comparator.comparing(InboxMessage::at)
                        .thenComparing(InboxMessage::id)
                        .reversed())
                .toList();
    }

    public synchronized Optional<InboxMessage> find(String id) {
        return channels.values().stream()
                .flatMap(Deque::stream)
                .filter(message -> message.id().equals(id))
                .findFirst();
    }

    /** Puts the message in the place of the one with the same channel and id, if that is still here. */
    public void replace(InboxMessage message) {
        synchronized (this) {
            Deque<InboxMessage> channel = channels.getOrDefault(message.channel(), new ArrayDeque<>());
            List<InboxMessage> edited = new ArrayList<>(channel);
            edited.replaceAll(other -> other.id().equals(message.id()) ? message : other);
            if (!edited.contains(message)) {
                return;
            }
            channel.clear();
            channel.addAll(edited);
            held = weigh();
        }
        watchers.forEach(watcher -> watcher.accept(message));
    }

    public synchronized void removeIf(Predicate<InboxMessage> unwanted) {
        channels.values().forEach(channel -> channel.removeIf(unwanted));
        held = weigh();
    }

    /** Empties the inbox and sets its counters to zero. */
    public synchronized void clear() {
        channels.clear();
        received.clear();
        held = 0;
    }

    /** Empties one channel, and sets its counter to zero. */
    public synchronized void clear(String channel) {
        channels.remove(channel);
        received.remove(channel);
        held = weigh();
    }

    /** How many messages each channel took since the start or the last {@link #clear()}, those no longer kept included. */
    public synchronized Map<String, Long> received() {
        return new TreeMap<>(received);
    }

    /** Calls the watcher for every message that comes or changes, on the thread of its sender: it must not wait. */
    public Watch watch(Consumer<InboxMessage> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Ends the watching when closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private Optional<Deque<InboxMessage>> oldest() {
        return channels.values().stream()
                .filter(channel -> !channel.isEmpty())
                .min(Comparator.comparing(
                        (Deque<InboxMessage> channel) -> channel.getFirst().at()));
    }

    /** Names come with requests: they may not fill the memory either. */
    private void dropQuietest() {
        String quietest = channels.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().isEmpty()
                        ? Instant.MIN
                        : entry.getValue().getLast().at()))
                .orElseThrow()
                .getKey();
        channels.remove(quietest);
        received.remove(quietest);
        held = weigh();
    }

    private void forget(Deque<InboxMessage> channel) {
        held -= channel.removeFirst().weight();
    }

    private long weigh() {
        return channels.values().stream()
                .flatMap(Deque::stream)
                .mapToLong(InboxMessage::weight)
                .sum();
    }
}
