package dev.mehari.history;

import static dev.mehari.redis.RedisScript.bytes;

import dev.mehari.redis.RedisGate;
import dev.mehari.redis.RedisScript;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was put into lanes and the history was not told of yet. It is read in the lanes, where it stands once; what ends
 * before it was read goes along with the event that ends it. How far a stream was read stands in the lane's state, and moves
 * when what was read is written: reading it again changes nothing. Thread-safe.
 */
final class UntoldPuts {
    private final RedisGate redis;
    private final String keyPrefix;

    UntoldPuts(RedisGate redis, String keyPrefix) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
    }

    /**
     * One of a lane's two streams.
     *
     * @param told the entry up to which it was read; null for none
     */
    record Stream(String channel, boolean urgent, @Nullable Place told) {
        String name() {
            return urgent ? "urgent" : "lane";
        }
    }

    /**
     * A lane.
     *
     * @param count how many were put since it was read to its end, of which some may have ended; 0: nothing is to be read
     */
    record Lane(Stream urgent, Stream other, long count, long urgentDepth, long otherDepth) {
        List<Stream> streams() {
            return List.of(urgent, other);
        }

        long urgentWaiting() {
            return Math.min(Math.abs(count), urgentDepth);
        }

        long otherWaiting() {
            return Math.min(Math.abs(count) - urgentWaiting(), otherDepth);
        }
    }

    /** How the lanes of the channels stand, in that order; in two round trips for all of them. */
    List<Lane> of(Collection<String> channels) {
        var asked = channels.stream()
                .map(name -> redis.commands()
                        .hmget(key(name, "state"), bytes("untold"), bytes("told-urgent"), bytes("told-lane")))
                .toList();
        var lanes = new ArrayList<Supplier<Lane>>();
        var state = redis.awaitAll(asked).iterator();
        for (var name : channels) {
            lanes.add(lane(name, state.next()));
        }
        return lanes.stream().map(Supplier::get).toList();
    }

    /** Those in which anything stands, told or not; in one round trip. */
    Set<Lane> holding(List<Lane> lanes) {
        var depths = redis.awaitAll(lanes.stream()
                        .flatMap(lane -> lane.streams().stream())
                        .map(stream -> redis.commands().xlen(key(stream)))
                        .toList())
                .iterator();
        var holding = new HashSet<Lane>();
        for (var lane : lanes) {
            if (depths.next() + depths.next() > 0) {
                holding.add(lane);
            }
        }
        return holding;
    }

    Lane of(String channel) {
        return of(List.of(channel)).getFirst();
    }

    /** Asks for the depth where something is counted. */
    private Supplier<Lane> lane(String channel, List<KeyValue<byte[], byte[]>> state) {
        var urgent = new Stream(channel, true, place(state.get(1)));
        var other = new Stream(channel, false, place(state.get(2)));
        var counted = text(state.get(0));
        long count = counted == null ? 0 : Long.parseLong(counted);
        if (count == 0) {
            return () -> new Lane(urgent, other, 0, 0, 0);
        }
        var urgentDepth = redis.commands().xlen(key(urgent));
        var otherDepth = redis.commands().xlen(key(other));
        return () -> new Lane(urgent, other, count, redis.await(urgentDepth), redis.await(otherDepth));
    }

    List<Entry> read(Stream stream, int atMost) {
        var told = stream.told();
        var from = told == null ? Boundary.<String>unbounded() : Boundary.excluding(told.toString());
        var page = redis.commands().xrange(key(stream), Range.from(from, Boundary.unbounded()), Limit.from(atMost));
        return redis.await(page).stream().map(EventStreams::entry).toList();
    }

    /** The newest that stands there; null when none does. */
    @Nullable
    Place newest(Stream stream) {
        var last = redis.await(redis.commands().xrevrange(key(stream), Range.<String>unbounded(), Limit.from(1)));
        return last.isEmpty() ? null : Place.of(last.getFirst().getId());
    }

    /** Says that the history has what stands there up to and with this place. */
    Stream told(Stream stream, Place last) {
        redis.await(redis.commands()
                .hset(key(stream.channel(), "state"), Map.of(bytes("told-" + stream.name()), bytes(last.toString()))));
        return new Stream(stream.channel(), stream.urgent(), last);
    }

    /** Says that so many of a lane's puts need not be counted any more. */
    void settled(String channel, long count) {
        if (count != 0) {
            redis.await(redis.commands().hincrby(key(channel, "state"), bytes("untold"), -count));
        }
    }

    byte[] key(Stream stream) {
        return key(stream.channel(), stream.name());
    }

    /** One of a channel's keys. */
    byte[] key(String channel, String name) {
        return bytes(keyPrefix + "{" + channel + "}:" + name);
    }

    private static @Nullable Place place(KeyValue<byte[], byte[]> field) {
        var text = text(field);
        return text == null ? null : Place.of(text);
    }

    private static @Nullable String text(KeyValue<byte[], byte[]> field) {
        return field.hasValue() ? RedisScript.text(field.getValue()) : null;
    }
}
