package dev.mehari.bench.reference;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.function.Supplier;

/**
 * What the machine allows: the gateway's work and nothing else. Three paths: {@code /accept} answers 202 at once,
 * {@code /durable} when the body stands in a Redis stream, {@code /deliver} does that too, and {@link Deliverer} brings
 * the entries from the streams to a sink.
 */
public final class Reference extends AbstractVerticle {
    private static final Buffer ANSWER = Buffer.buffer("{\"id\":\"01HZY3V7Q8K2M4N6P8R0T2W4X6\",\"duplicate\":false}");
    private static final byte[] MARK = "\"type\":\"bench.c".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final int port;
    private final String redisUrl;
    private final int channels;
    private RedisConnection redis;

    Reference(int port, String redisUrl, int channels) {
        this.port = port;
        this.redisUrl = redisUrl;
        this.channels = channels;
    }

    /** Arguments: port, Redis URL, sink's port, number of channels. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        int sink = Integer.parseInt(arguments[2]);
        int channels = Integer.parseInt(arguments[3]);
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        var vertx = Vertx.vertx();
        Supplier<io.vertx.core.Verticle> doors = () -> new Reference(port, arguments[1], channels);
        for (int channel = 0; channel < channels; channel++) {
            vertx.deployVerticle(new Deliverer(channel, arguments[1], sink)).onFailure(Reference::end);
        }
        vertx.deployVerticle(doors, new DeploymentOptions().setInstances(loops))
                .onSuccess(done -> System.out.println("ready"))
                .onFailure(Reference::end);
    }

    private static void end(Throwable problem) {
        problem.printStackTrace();
        System.exit(1);
    }

    static RedisOptions options(String url) {
        return new RedisOptions().setConnectionString(url).setMaxWaitingHandlers(100_000);
    }

    @Override
    public void start(Promise<Void> started) {
        Redis.createClient(vertx, options(redisUrl))
                .connect()
                .compose(connection -> {
                    redis = connection;
                    return vertx.createHttpServer().requestHandler(this::handle).listen(port);
                })
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/accept")) {
            request.body().onSuccess(body -> answer(request));
        } else {
            var prefix = request.path().equals("/deliver") ? "ref:deliver:" : "ref:durable:";
            request.body().onSuccess(body -> store(prefix + channelOf(body), body, request));
        }
    }

    private void store(String stream, Buffer body, HttpServerRequest request) {
        redis.send(Request.cmd(Command.XADD).arg(stream).arg("*").arg("n").arg(body))
                .onSuccess(id -> answer(request))
                .onFailure(problem -> request.response().setStatusCode(503).end());
    }

    private static void answer(HttpServerRequest request) {
        request.response().setStatusCode(202).putHeader("Content-Type", "application/json").end(ANSWER);
    }

    /** The least a router can look at: the number after {@code "type":"bench.c}. */
    private int channelOf(Buffer body) {
        int at = indexOf(body.getBytes(0, Math.min(64, body.length())), MARK);
        int number = 0;
        for (int i = at + MARK.length; at >= 0 && body.getByte(i) != '.'; i++) {
            number = 10 * number + body.getByte(i) - '0';
        }
        return number % channels;
    }

    private static int indexOf(byte[] text, byte[] mark) {
        for (int at = 0; at <= text.length - mark.length; at++) {
            if (java.util.Arrays.equals(text, at, at + mark.length, mark, 0, mark.length)) {
                return at;
            }
        }
        return -1;
    }
}
