package dev.mehari.redis;

/** Redis cannot be reached or does not answer. What was asked may or may not have happened: ask again, idempotently. */
public class RedisAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RedisAway(String message, Throwable cause) {
        super(message, cause);
    }
}
