package dev.mehari.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs commands and scripts on one shared connection. Commands of many threads travel pipelined, in the order they were
 * given, so two calls made one after another by one thread arrive in that order. Thread-safe.
 */
public class RedisGate {
    /** How long a command may wait in Redis for what is to come ({@code BLMOVE}). */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private final Supplier<RedisClusterAsyncCommands<byte[], byte[]>> connection;
    private final LongSupplier connections;

    /**
     * @param connection ends each command by itself, be it with a time-out ({@link io.lettuce.core.TimeoutOptions}):
     *     whoever waits here sets no clock of his own, which costs a waiting thread more than the command does
     */
    public RedisGate(Supplier<RedisClusterAsyncCommands<byte[], byte[]>> connection) {
        this(connection, () -> 0);
    }

    /** @param connections how many connections were made so far */
    RedisGate(Supplier<RedisClusterAsyncCommands<byte[], byte[]>> connection, LongSupplier connections) {
        this.connection = connection;
        this.connections = connections;
    }

    /** Grows with each new connection: what was under way then is sent again, and may have been carried out twice. */
    public long connections() {
        return connections.getAsLong();
    }

    /** The commands of the connection, for what needs no script. */
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return connection.get();
    }

    /**
     * Starts a script whose answer is an integer.
     *
     * @return fails with a Lettuce exception when Redis is away or the script fails
     */
    public CompletionStage<Long> integer(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return run(script, ScriptOutputType.INTEGER, keys, arguments);
    }

    /** Starts a script whose answer is a list. */
    public CompletionStage<List<Object>> list(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return run(script, ScriptOutputType.MULTI, keys, arguments);
    }

    /**
     * Waits for an answer, at most as long as the connection waits for its commands.
     *
     * @throws RedisAway when there is no answer in time or no connection
     */
    public <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisAway("interrupted while waiting for Redis", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw away(e);
        }
    }

    /** The same for many, in their order; who waits is woken once. */
    public <T> List<T> awaitAll(List<? extends CompletionStage<T>> answers) {
        await(CompletableFuture.allOf(
                answers.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new)));
        return answers.stream().map(answer -> await(answer)).toList();
    }

    private static RedisAway away(Throwable wrapped) {
        var cause = wrapped;
        while (cause.getCause() != null
                && (cause instanceof java.util.concurrent.ExecutionException || cause instanceof CompletionException)) {
            cause = cause.getCause();
        }
        return new RedisAway("Redis did not take the command: " + cause.getMessage(), cause);
    }

    private <T> CompletionStage<T> run(
            RedisScript script, ScriptOutputType type, List<byte[]> keys, List<byte[]> arguments) {
        RedisClusterAsyncCommands<byte[], byte[]> commands;
        try {
            commands = connection.get();
        } catch (RedisAway neverReached) {
            return CompletableFuture.failedFuture(neverReached);
        }
        var keyArray = keys.toArray(byte[][]::new);
        var argumentArray = arguments.toArray(byte[][]::new);
        RedisFuture<T> answer = commands.evalsha(script.sha(), type, keyArray, argumentArray);
        return answer.exceptionallyCompose(problem -> {
            if (!unknownScript(problem)) {
                return CompletableFuture.failedFuture(problem);
            }
            return commands.<T>eval(script.source(), type, keyArray, argumentArray);
        });
    }

    private static boolean unknownScript(Throwable problem) {
        return problem instanceof RedisNoScriptException || problem.getCause() instanceof RedisNoScriptException;
    }
}
