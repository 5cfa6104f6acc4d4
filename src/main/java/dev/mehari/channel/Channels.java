package dev.mehari.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The channels as they are configured now. Readers see one whole configuration; thread-safe. */
public class Channels {
    /** Is told of a new configuration, before {@link #replace} returns. */
    public interface Listener {
        /** @throws Exception the configuration cannot be put in place; the old one is put back */
        void changed(Map<String, Channel> before, Map<String, Channel> now) throws Exception;
    }

    private volatile Map<String, Channel> current = Map.of();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public Optional<Channel> find(String name) {
        return Optional.ofNullable(current.get(name));
    }

    /** @throws UnknownChannel there is none of this name */
    public Channel get(String name) {
        return find(name).orElseThrow(() -> new UnknownChannel(name));
    }

    /** By name, in the order of the file. */
    public Map<String, Channel> all() {
        return current;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Puts a whole new configuration in place; when a listener refuses it, all get the old one back. */
    public synchronized void replace(Map<String, Channel> channels) throws Exception {
        var before = current;
        var now = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(channels));
        current = now;
        try {
            for (var listener : listeners) {
                listener.changed(before, now);
            }
        } catch (Exception refused) {
            current = before;
            listeners.forEach(listener -> putBack(listener, now, before, refused));
            throw refused;
        }
    }

    private static void putBack(
            Listener listener, Map<String, Channel> refusedOnes, Map<String, Channel> before, Exception refused) {
        try {
            listener.changed(refusedOnes, before);
        } catch (Exception another) {
            refused.addSuppressed(another);
        }
    }
}
