package dev.mehari.reload;

/**
 * One kind of file that an operator edits while the gateway runs. Every bean of this type is found by the
 * {@link Reloader}, which loads it before Camel starts and again after each edit. Called from one thread at a time.
 *
 * <p>Paths are logical and use {@code /} everywhere: {@code routes/sources/tally.yaml}, {@code config/channels.yaml},
 * wherever the two folders really are.
 */
public interface EditableFiles {

    /** The kind, a label of metrics and logs: {@code routes}, {@code channels}, {@code content}. */
    String name();

    /** Whether the file belongs to this kind; a path is covered by at most one kind. */
    boolean covers(String path);

    /**
     * Reads and checks all files of the kind as they would stand after the edit, and changes nothing. Each problem names
     * the file that must be mended: the others are then prepared again without that file's edit.
     */
    Change prepare(Snapshot files);

    /** Kinds that others refer to come first: types 100, channels 200, routes 300. */
    int order();

    /**
     * Whether a start with a refused file and no last good one goes on without that file. Otherwise the start fails,
     * because a gateway without it would do something other than what was configured.
     */
    default boolean eachFileAlone() {
        return false;
    }
}
