package dev.mehari.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the operators' folders, by polling: that works on bind mounts and network folders too. A file counts when it
 * was the same over two looks, so that half-written ones and editors that delete and rename are waited for. Used by one
 * thread at a time.
 */
final class FolderWatch {

    /** Some file systems count time in seconds: a file this young may change again without a new time stamp. */
    private static final long YOUNG_MILLIS = 2_500;

    /** After so many looks at what is known there is a walk all the same: some file systems give folders no time. */
    private static final int LOOKS_BETWEEN_WALKS = 12;

    private static final long LARGEST = 1 << 20;
    private static final int DEEPEST = 8;
    private static final int MOST_NAMES = 10_000;
    private static final Pattern DROPPINGS = Pattern.compile("[.#].*|.*~|4913|.*\\.(swp|swx|swo|tmp|bak|orig|part)");

    private final Map<String, Path> roots;
    private final Predicate<String> wanted;
    private final Clock clock;
    private final Map<String, Seen> files = new HashMap<>();
    /** What each file met is called, empty when it does not matter: the same ones are met again and again. */
    private final Map<Path, String> names = new HashMap<>();
    /** What the last look saw and found, while all of it lies still. */
    private Map<String, Stamp> still = Map.of();

    private @Nullable Look stillLook;
    private Stillness stillness = new Stillness();
    private int looksSinceWalk;

    /**
     * @param roots the folders by the name that paths begin with, {@code routes}, {@code config}
     * @param wanted which paths matter
     */
    FolderWatch(Map<String, Path> roots, Predicate<String> wanted, Clock clock) {
        this.roots = Map.copyOf(roots);
        this.wanted = wanted;
        this.clock = clock;
    }

    /**
     * What stands in the folders.
     *
     * @param unreadable files that cannot be read, with the reason as a sentence
     * @param moving files that are being written; their former texts stand for them
     */
    record Look(SortedMap<String, String> texts, SortedMap<String, String> unreadable, Set<String> moving) {}

    private record Stamp(Path file, long modified, long size) {}

    private record Content(@Nullable String text, String trouble) {}

    /** A file, what it held when it was last read, and whether that was after its present stamp, or it was missed. */
    private record Seen(Stamp stamp, @Nullable Content content, boolean read, boolean missed) {}

    /** What has come to rest since the looks before; a file in motion stands in it as it was. The same object while nothing moves. */
    Look look() {
        Look before = stillLook;
        if (before != null && looksSinceWalk++ < LOOKS_BETWEEN_WALKS && stillness.holds()) {
            return before;
        }
        Map<String, Stamp> found = scan();
        if (before != null && found.equals(still)) {
            return before;
        }
        files.entrySet()
                .removeIf(file ->
                        !found.containsKey(file.getKey()) && file.getValue().missed());
        files.replaceAll((path, file) ->
                found.containsKey(path) ? file : new Seen(file.stamp(), file.content(), file.read(), true));
        boolean young = found.values().stream().anyMatch(this::young);
        found.forEach((path, stamp) -> files.compute(path, (any, seen) -> meet(seen, stamp)));
        Look look = result();
        still = found;
        stillLook = young || !look.moving().isEmpty() ? null : look;
        return look;
    }

    /** What stands there at this moment, in motion or not. */
    Look lookNow() {
        Map<String, Stamp> found = scan();
        stillLook = null;
        files.keySet().retainAll(found.keySet());
        found.forEach((path, stamp) -> files.put(path, new Seen(stamp, read(stamp), true, false)));
        return result();
    }

    private Seen meet(@Nullable Seen before, Stamp stamp) {
        if (before == null || !before.stamp().equals(stamp)) {
            return new Seen(stamp, before == null ? null : before.content(), false, false);
        }
        return before.read() && !young(stamp) && !before.missed() ? before : new Seen(stamp, read(stamp), true, false);
    }

    private boolean young(Stamp stamp) {
        return young(stamp.modified());
    }

    private boolean young(long modified) {
        return clock.millis() - modified < YOUNG_MILLIS;
    }

    private static Content read(Stamp stamp) {
        if (stamp.size() > LARGEST) {
            return new Content(null, "The file is larger than 1 MB: split it.");
        }
        try {
            return new Content(Files.readString(stamp.file()), "");
        } catch (CharacterCodingException e) {
            return new Content(null, "The file is not UTF-8 text: save it as UTF-8.");
        } catch (IOException e) {
            return new Content(null, "The file cannot be read: give the gateway's user the right to.");
        }
    }

    private Look result() {
        Look look = new Look(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
        files.forEach((path, file) -> {
            Content content = file.content();
            if (!file.read() || file.missed()) {
                look.moving().add(path);
            }
            if (content != null && content.text() != null) {
                look.texts().put(path, content.text());
            } else if (content != null) {
                look.unreadable().put(path, content.trouble());
            }
        });
        return look;
    }

    private Map<String, Stamp> scan() {
        Map<String, Stamp> found = new HashMap<>();
        stillness = new Stillness();
        looksSinceWalk = 0;
        if (names.size() > MOST_NAMES) {
            names.clear();
        }
        roots.forEach((name, folder) -> {
            if (Files.isDirectory(folder)) {
                scan(name, folder, found);
            } else {
                keep(name, found);
                stillness.doubt();
            }
        });
        return found;
    }

    /** A folder that went away as a whole was unmounted rather than edited: what it held goes on. */
    private void keep(String root, Map<String, Stamp> found) {
        files.forEach((path, file) -> {
            if (path.startsWith(root + "/")) {
                found.put(path, file.stamp());
            }
        });
    }

    private void scan(String root, Path folder, Map<String, Stamp> found) {
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    if (!directory.equals(folder) && dropping(directory)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    met(directory, attributes.lastModifiedTime().toMillis());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String path = names.computeIfAbsent(file, unknown -> name(root, folder, unknown));
                    if (attributes.isRegularFile() && !path.isEmpty()) {
                        long modified = attributes.lastModifiedTime().toMillis();
                        found.put(path, new Stamp(file, modified, attributes.size()));
                        stillness.addFile(file, modified, attributes.size());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void met(Path folder, long modified) {
        stillness.addFolder(folder, modified);
        if (young(modified)) {
            stillness.doubt();
        }
    }

    private String name(String root, Path folder, Path file) {
        String path = root + "/" + folder.relativize(file).toString().replace('\\', '/');
        return !dropping(file) && wanted.test(path) ? path : "";
    }

    private static boolean dropping(Path path) {
        return DROPPINGS.matcher(path.getFileName().toString()).matches();
    }
}
