package dev.mehari.reload;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders and files that a walk met, to be asked one by one whether they are as they were: a fraction of the work of a walk.
 * A folder has a new time whenever a name in it comes or goes. Used by one thread at a time.
 */
final class Stillness {
    private static final long ANY_SIZE = -1;

    private final List<Known> known = new ArrayList<>();
    private boolean sure = true;

    private record Known(File file, long modified, long size) {
        boolean isAsItWas() {
            return file.lastModified() == modified && (size == ANY_SIZE || file.length() == size);
        }
    }

    void addFolder(Path folder, long modified) {
        known.add(new Known(folder.toFile(), modified, ANY_SIZE));
    }

    void addFile(Path file, long modified, long size) {
        known.add(new Known(file.toFile(), modified, size));
    }

    /** Something was met that may change and look the same. */
    void doubt() {
        sure = false;
    }

    boolean holds() {
        return sure && known.stream().allMatch(Known::isAsItWas);
    }
}
