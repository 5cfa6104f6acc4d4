package dev.mehari.content;

import dev.mehari.problem.ProblemException;
import dev.mehari.reload.Change;
import dev.mehari.reload.EditableFiles;
import dev.mehari.reload.ShippedTexts;
import dev.mehari.reload.Snapshot;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** {@code config/types.yaml} and {@code config/templates/} as files that are edited while the gateway runs. */
@Component
class EditableContent implements EditableFiles {
    private final ContentLibrary library;

    EditableContent(ContentLibrary library) {
        this.library = library;
    }

    @Override
    public String name() {
        return "content";
    }

    @Override
    public boolean covers(String path) {
        return path.startsWith("config/") && ContentFiles.concerns(Path.of(path));
    }

    @Override
    public Change prepare(Snapshot files) {
        var texts = files.texts().entrySet().stream()
                .collect(Collectors.toMap(entry -> Path.of(entry.getKey()), Map.Entry::getValue));
        try {
            var content = ContentFiles.load(texts, ShippedTexts::contain);
            return new Change.Ready(() -> library.replace(content), content.warnings());
        } catch (ProblemException refused) {
            return Change.refused(refused.problems());
        }
    }

    @Override
    public int order() {
        return 100;
    }
}
