package dev.mehari.bench.reference;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** One channel: reads its stream through a consumer group, posts to the sink, sixteen at once, and acknowledges. */
final class Deliverer extends AbstractVerticle {
    private static final int CONCURRENCY = 16;
    private static final int AHEAD = 4 * CONCURRENCY;

    private final int channel;
    private final String stream;
    private final String redisUrl;
    private final int sink;
    private RedisConnection reading;
    private RedisConnection acknowledging;
    private HttpClient http;
    private int underWay;
    private boolean asked;

    Deliverer(int channel, String redisUrl, int sink) {
        this.channel = channel;
        this.stream = "ref:deliver:" + channel;
        this.redisUrl = redisUrl;
        this.sink = sink;
    }

    @Override
    public void start(Promise<Void> started) {
        http = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONCURRENCY)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(sink));
        connect()
                .compose(first -> {
                    reading = first;
                    return connect();
                })
                .compose(second -> {
                    acknowledging = second;
                    return group();
                })
                .onSuccess(done -> read())
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private Future<RedisConnection> connect() {
        return Redis.createClient(vertx, Reference.options(redisUrl)).connect();
    }

    private Future<Response> group() {
        return acknowledging
                .send(Request.cmd(Command.XGROUP).arg("CREATE").arg(stream).arg("ref").arg("0").arg("MKSTREAM"))
                .otherwiseEmpty();
    }

    private void read() {
        int room = AHEAD - underWay;
        if (asked || room <= 0) {
            return;
        }
        asked = true;
        reading.send(Request.cmd(Command.XREADGROUP)
                        .arg("GROUP").arg("ref").arg("one").arg("COUNT").arg(room).arg("BLOCK").arg(500)
                        .arg("STREAMS").arg(stream).arg(">"))
                .onSuccess(this::deliver)
                .onFailure(gone -> group().onComplete(again -> {
                    asked = false;
                    read();
                }));
    }

    private void deliver(Response answer) {
        asked = false;
        if (answer != null) {
            // RESP3 answers a map of streams, RESP2 a list of pairs.
            var entries = answer.containsKey(stream) ? answer.get(stream) : answer.get(0).get(1);
            for (var entry : entries) {
                underWay++;
                post(entry.get(0).toString(), entry.get(1).get(1).toBuffer());
            }
        }
        read();
    }

    private void post(String id, Buffer body) {
        http.request(HttpMethod.POST, "/c" + channel)
                .compose(request -> request.putHeader("Content-Type", "application/json").send(body))
                .compose(answer -> answer.body())
                .compose(done -> acknowledge(id))
                .onComplete(done -> {
                    underWay--;
                    read();
                });
    }

    private Future<Response> acknowledge(String id) {
        acknowledging.send(Request.cmd(Command.XACK).arg(stream).arg("ref").arg(id));
        return acknowledging.send(Request.cmd(Command.XDEL).arg(stream).arg(id));
    }
}
