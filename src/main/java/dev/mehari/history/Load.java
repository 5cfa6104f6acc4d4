package dev.mehari.history;

/** How busy the machine is. */
interface Load {
    /** Which share of the processors' time was in use since this was asked last: 0 none, 1 all. */
    double share();
}
