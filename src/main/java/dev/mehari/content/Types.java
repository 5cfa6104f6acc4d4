package dev.mehari.content;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** The message types of one version of {@code config/types.yaml}, in its order. Immutable. */
public final class Types {

    private final LinkedHashMap<String, MessageType> types;

    Types(Map<String, MessageType> types) {
        this.types = new LinkedHashMap<>(types);
    }

    public Optional<MessageType> find(String type) {
        return Optional.ofNullable(types.get(type));
    }

    public boolean knows(String type) {
        return types.containsKey(type);
    }

    /** In the file's order. */
    public Collection<MessageType> all() {
        return Collections.unmodifiableCollection(types.values());
    }

    /** In the file's order. */
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(types.sequencedKeySet());
    }
}
