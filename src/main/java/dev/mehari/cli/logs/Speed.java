package dev.mehari.cli.logs;

/** What a step's time comes to. */
enum Speed {
    FINE,
    SLOW,
    CRITICAL
}
