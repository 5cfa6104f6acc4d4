package dev.mehari.embedded;

import org.jspecify.annotations.Nullable;

/** The gateway cannot start as things are; the message is one sentence that says why and what to do. */
public final class StartRefused extends RuntimeException {
    public StartRefused(String sentence) {
        super(sentence);
    }

    public StartRefused(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
