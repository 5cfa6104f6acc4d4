package dev.mehari.history;

import java.util.List;

/** Something that the history is written from: read on and on from where it was left. Used by one thread. */
interface Source {
    /** About how many entries wait there. */
    long waiting();

    /** Whether the oldest are given up when too many wait. */
    boolean bounded();

    /** The next that wait; fewer than asked for when there are no more. */
    List<Entry> read(int atMost);

    /** What was read is in PostgreSQL. */
    void written(List<Entry> entries);

    /** Nothing more was there. */
    void ended();
}
