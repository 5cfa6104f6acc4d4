package dev.mehari.reload;

import dev.mehari.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one file stands.
 *
 * @param kind the name of its {@link EditableFiles}
 * @param hash SHA-256 of the text in use, in hex; empty when nothing of this file is in use
 * @param loadedAt when the text in use was taken
 * @param ok whether the file on disk is the text in use
 * @param problems why it is not, or with {@code ok} what should be mended all the same
 */
public record FileState(
        String path, String kind, String hash, @Nullable Instant loadedAt, boolean ok, List<Problem> problems) {}
