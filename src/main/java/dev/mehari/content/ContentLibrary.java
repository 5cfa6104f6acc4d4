package dev.mehari.content;

import dev.mehari.problem.ProblemException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * The content in force. Until something is loaded it knows no type and every card is the built-in one. For any number of
 * threads; who needs several answers that agree takes {@link #current()} once.
 */
@Component
public class ContentLibrary {

    private volatile Content content = Content.empty();

    public Content current() {
        return content;
    }

    /** The types in force. */
    public Types types() {
        return current().types();
    }

    public void replace(Content next) {
        content = next;
    }

    /**
     * Reads a configuration folder and puts its content in force.
     *
     * @throws ProblemException when a file has a mistake, and then nothing is replaced
     * @throws java.io.UncheckedIOException when a file cannot be read
     */
    public Content load(Path configDir) {
        Content next = ContentFiles.load(ContentFiles.read(configDir));
        replace(next);
        return next;
    }
}
