package dev.mehari.reload;

import dev.mehari.problem.Problem;
import java.util.List;

/** What an edit comes to: it can be put in place as a whole, or it is refused with reasons. */
public sealed interface Change {

    /**
     * A checked edit.
     *
     * @param warnings what is accepted and should be mended all the same
     */
    record Ready(Application application, List<Problem> warnings) implements Change {}

    /** A refused edit; at least one problem. */
    record Refused(List<Problem> problems) implements Change {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Puts the new files in place of the old ones; when it throws, the old ones are in place as before. */
    @FunctionalInterface
    interface Application {
        void apply() throws Exception;
    }

    static Change ready(Application application) {
        return new Ready(application, List.of());
    }

    static Change refused(List<Problem> problems) {
        return new Refused(problems);
    }
}
