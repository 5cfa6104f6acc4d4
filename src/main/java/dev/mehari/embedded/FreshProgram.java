package dev.mehari.embedded;

import java.io.IOException;

/** Starts programs that may have been written a moment ago. */
final class FreshProgram {
    private static final int TIMES = 40;

    private FreshProgram() {}

    /**
     * A process that another thread starts at this moment holds every file that is open, so also a program that is just
     * being written, until it becomes its own program; Linux runs no program that is open for writing (ETXTBSY).
     */
    static Process start(ProcessBuilder command) throws IOException {
        for (int time = 1; ; time++) {
            try {
                return command.start();
            } catch (IOException e) {
                boolean busy = String.valueOf(e.getMessage()).contains("Text file busy");
                if (!busy || time == TIMES || !Patience.pause()) {
                    throw e;
                }
            }
        }
    }
}
