package dev.mehari.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the embedded Redis listens: on the wished port if nobody else does, else on a free one. */
final class RedisPort {
    private static final Logger log = LoggerFactory.getLogger(RedisPort.class);

    private RedisPort() {}

    /** The wished port, or a free one where it is 0 or taken; the latter is said in the log. */
    static int choose(int wished) {
        if (wished != 0 && LoopbackPort.isFree(wished)) {
            return wished;
        }
        int port = LoopbackPort.anyFree();
        if (wished != 0) {
            log.warn(
                    "port {} is taken by another program; the embedded Redis listens on {}. "
                            + "To use the Redis that is there, set REDIS_URL=redis://localhost:{}",
                    wished,
                    port,
                    wished);
        }
        return port;
    }
}
