package dev.mehari.reload;

import dev.mehari.problem.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an edit can be taken. Several files may be saved at once: what is wrong with one must not hold up the
 * others, and files that need each other are taken together.
 *
 * @param texts all files of the kind as they would then stand
 * @param change puts that in place; null when nothing of the edit can be taken, or nothing was edited
 * @param refused the edited files that stay as they were, with the reasons
 */
record Settlement(Map<String, String> texts, Change.@Nullable Ready change, Map<String, List<Problem>> refused) {

    List<Problem> warnings() {
        return change == null ? List.of() : change.warnings();
    }

    /** Tries to come from the texts in use to those on disk. */
    static Settlement between(EditableFiles kind, Map<String, String> inUse, Map<String, String> onDisk) {
        Set<String> edited = edited(inUse, onDisk);
        Map<String, List<Problem>> refused = new TreeMap<>();
        while (!edited.isEmpty()) {
            Map<String, String> texts = mix(inUse, onDisk, edited);
            Change change = kind.prepare(Snapshot.of(texts));
            if (change instanceof Change.Ready ready) {
                return new Settlement(texts, ready, refused);
            }
            List<Problem> problems = ((Change.Refused) change).problems();
            Map<String, List<Problem>> byFile = problems.stream()
                    .filter(problem -> edited.contains(problem.file()))
                    .collect(Collectors.groupingBy(Problem::file));
            if (byFile.isEmpty()) {
                return oneByOne(kind, inUse, onDisk, edited, refused);
            }
            refused.putAll(byFile);
            edited.removeAll(byFile.keySet());
        }
        return new Settlement(inUse, null, refused);
    }

    /** The blame lies with files that were not edited, so the edits are tried one after the other, twice around. */
    private static Settlement oneByOne(
            EditableFiles kind,
            Map<String, String> inUse,
            Map<String, String> onDisk,
            Set<String> edited,
            Map<String, List<Problem>> refused) {
        Set<String> taken = new LinkedHashSet<>();
        Settlement best = new Settlement(inUse, null, refused);
        for (int round = 0; round < 2; round++) {
            for (String path : edited) {
                if (!taken.add(path)) {
                    continue;
                }
                Map<String, String> texts = mix(inUse, onDisk, taken);
                switch (kind.prepare(Snapshot.of(texts))) {
                    case Change.Ready ready -> {
                        refused.remove(path);
                        best = new Settlement(texts, ready, refused);
                    }
                    case Change.Refused no -> {
                        taken.remove(path);
                        refused.put(path, no.problems());
                    }
                }
            }
        }
        return best;
    }

    private static Set<String> edited(Map<String, String> inUse, Map<String, String> onDisk) {
        Set<String> paths = new TreeSet<>(inUse.keySet());
        paths.addAll(onDisk.keySet());
        paths.removeIf(path -> Objects.equals(inUse.get(path), onDisk.get(path)));
        return paths;
    }

    private static Map<String, String> mix(Map<String, String> inUse, Map<String, String> onDisk, Set<String> edited) {
        Map<String, String> texts = new TreeMap<>(inUse);
        for (String path : edited) {
            String text = onDisk.get(path);
            if (text == null) {
                texts.remove(path);
            } else {
                texts.put(path, text);
            }
        }
        return texts;
    }
}
