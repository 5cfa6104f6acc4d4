package dev.mehari.history;

import java.util.List;

/** A stream of events or records; what is written is taken away. */
record EventSource(EventStreams streams, byte[] key, long waiting) implements Source {
    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public List<Entry> read(int atMost) {
        return streams.read(key, atMost);
    }

    @Override
    public void written(List<Entry> entries) {
        streams.trim(key, entries.getLast().place());
    }

    @Override
    public void ended() {}
}
