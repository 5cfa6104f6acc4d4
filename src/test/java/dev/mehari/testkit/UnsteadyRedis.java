package dev.mehari.testkit;

import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The gate to a real Redis that can be told to refuse scripts, or to run them and lose their answers. Thread-safe. */
public final class UnsteadyRedis extends RedisGate {
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> answersLost = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();

    @SuppressWarnings("unchecked")
    public UnsteadyRedis(RealRedis redis) {
        super(() -> (RedisClusterAsyncCommands<byte[], byte[]>)
                redis.connections().getConnection().getNativeConnection());
    }

    public void refuse(String... scripts) {
        refused.addAll(List.of(scripts));
    }

    /** The script runs, and whoever asked for it never hears. */
    public void loseAnswersOf(String... scripts) {
        answersLost.addAll(List.of(scripts));
    }

    public void steady() {
        refused.clear();
        answersLost.clear();
    }

    /** How many scripts failed so far. */
    public int failures() {
        return failures.get();
    }

    @Override
    public CompletionStage<Long> integer(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return refused.contains(script.name()) ? fail() : answer(script, super.integer(script, keys, arguments));
    }

    @Override
    public CompletionStage<List<Object>> list(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return refused.contains(script.name()) ? fail() : answer(script, super.list(script, keys, arguments));
    }

    private <T> CompletionStage<T> answer(RedisScript script, CompletionStage<T> answer) {
        return answersLost.contains(script.name()) ? answer.thenCompose(heard -> fail()) : answer;
    }

    private <T> CompletionStage<T> fail() {
        failures.incrementAndGet();
        return CompletableFuture.failedFuture(new RedisException("Redis is away for a test"));
    }
}
