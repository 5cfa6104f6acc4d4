package dev.mehari.cli;

/** The exit codes, as {@code mehari --help} lists them. */
final class Exit {
    static final int OK = 0;
    /** The gateway refused, or a check found a difference. */
    static final int REFUSED = 1;
    /** The command line was not understood. */
    static final int USAGE = 2;
    /** The gateway was not reached. */
    static final int NOT_REACHED = 3;

    private Exit() {}
}
