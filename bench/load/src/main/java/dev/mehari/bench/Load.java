package dev.mehari.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends requests over kept connections. Closed: each connection sends when its answer is there, which shows what the
 * other side can take. Open: requests fall due at a fixed rate whatever the answers do, and each latency counts from the
 * moment it was due, so that a stall is seen by all who would have waited in it.
 */
final class Load {
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final int port;
    private final Requests requests;

    Load(int port, Requests requests) {
        this.port = port;
        this.requests = requests;
    }

    /**
     * @param answered 2xx answers
     * @param refused all others, and requests whose connection broke
     * @param seconds from the first request to the last answer
     */
    record Result(long answered, long refused, double seconds, Histogram latency, int notificationsEach) {
        double notificationsPerSecond() {
            return answered * notificationsEach / seconds;
        }

        double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e6;
        }

        Result plus(Result other) {
            var both = latency.copy();
            both.add(other.latency);
            return new Result(
                    answered + other.answered,
                    refused + other.refused,
                    Math.max(seconds, other.seconds),
                    both,
                    notificationsEach);
        }
    }

    Result closed(int connections, Duration time) {
        int threads = Math.max(1, Math.min(connections, Runtime.getRuntime().availableProcessors() / 2));
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var parts = new ArrayList<Future<Result>>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<Result> part =
                        () -> new Run(connections / threads, number, threads).closed(time.toNanos());
                parts.add(pool.submit(part));
            }
            Result all = null;
            for (var part : parts) {
                all = all == null ? part.get() : all.plus(part.get());
            }
            return all;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Result open(int connections, int perSecond, Duration time) {
        try {
            return new Run(connections, 0, 1).open(perSecond, time.toNanos());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One sending thread with its connections. */
    private final class Run {
        private final Selector selector = Selector.open();
        private final ArrayDeque<Caller> free = new ArrayDeque<>();
        private final Histogram latency = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
        private final int step;
        private long number;
        private int underWay;
        private long answered;
        private long refused;

        Run(int connections, int first, int step) throws IOException {
            this.number = first;
            this.step = step;
            for (int i = 0; i < connections; i++) {
                free.add(new Caller(port, selector));
            }
        }

        Result closed(long nanos) throws IOException {
            long start = System.nanoTime();
            long end = start + nanos;
            while (System.nanoTime() < end) {
                while (!free.isEmpty()) {
                    send(System.nanoTime());
                }
                receive(100);
            }
            return finish(start);
        }

        Result open(int perSecond, long nanos) throws IOException {
            long start = System.nanoTime();
            long total = perSecond * nanos / 1_000_000_000L;
            for (long due = 0; due < total; ) {
                long at = start + due * 1_000_000_000L / perSecond;
                if (at <= System.nanoTime() && !free.isEmpty()) {
                    send(at);
                    due++;
                } else {
                    LockSupport.parkNanos(Math.clamp(at - System.nanoTime(), 1_000, 20_000));
                }
                receive(-1);
            }
            return finish(start);
        }

        private void send(long at) throws IOException {
            free.poll().send(requests.stamped(number, at), at);
            number += step;
            underWay++;
        }

        private void receive(long waitMillis) throws IOException {
            int ready = waitMillis < 0 ? selector.selectNow() : selector.select(waitMillis);
            if (ready == 0) {
                return;
            }
            for (var key : selector.selectedKeys()) {
                var caller = (Caller) key.attachment();
                int status = caller.receive();
                if (status != 0) {
                    count(status, caller);
                    free.add(caller);
                    underWay--;
                }
            }
            selector.selectedKeys().clear();
        }

        private void count(int status, Caller caller) {
            if (status >= 200 && status < 300) {
                answered++;
                latency.recordValue(Math.min(latency.getHighestTrackableValue(), System.nanoTime() - caller.sentAt()));
            } else {
                refused++;
            }
        }

        private Result finish(long start) throws IOException {
            long patience = System.nanoTime() + PATIENCE;
            while (underWay > 0 && System.nanoTime() < patience) {
                receive(100);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
            return new Result(answered, refused + underWay, seconds, latency, requests.notificationsEach());
        }
    }
}
