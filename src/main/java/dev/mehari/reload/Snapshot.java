package dev.mehari.reload;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The texts of all files of one kind at one moment, by logical path ({@code config/channels.yaml}). Immutable. */
public record Snapshot(SortedMap<String, String> texts) {

    public Snapshot {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    public static Snapshot of(Map<String, String> texts) {
        return new Snapshot(new TreeMap<>(texts));
    }

    public @Nullable String text(String path) {
        return texts.get(path);
    }
}
