package dev.mehari.delivery;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;

/** Stands where the egress client stands, and answers as a test says; 200 unless told. A status of 0 is a time-out. */
final class AnsweringClient extends CloseableHttpClient {
    /** Channel and body of each request: {@code trades: one+two}. */
    final Queue<String> requests = new ConcurrentLinkedQueue<>();
    /** Header names of each request. */
    final Queue<String> headers = new ConcurrentLinkedQueue<>();

    private final Map<String, Function<String, Integer>> scripts = new ConcurrentHashMap<>();
    volatile long retryAfterSeconds;

    void answer(String channel, int status) {
        answer(channel, body -> status);
    }

    void answer(String channel, Function<String, Integer> script) {
        scripts.put(channel, script);
    }

    @Override
    @SuppressWarnings("deprecation")
    protected CloseableHttpResponse doExecute(HttpHost target, ClassicHttpRequest request, HttpContext context)
            throws IOException {
        var channel = target.getHostName().replace(".channel", "");
        var body = body(request);
        requests.add(channel + ": " + body);
        for (var header : request.getHeaders()) {
            headers.add(header.getName());
        }
        int status = scripts.getOrDefault(channel, any -> 200).apply(body);
        if (status == 0) {
            throw new SocketTimeoutException("Read timed out");
        }
        var answer = new BasicClassicHttpResponse(status);
        answer.setEntity(new StringEntity("message-1"));
        if (retryAfterSeconds > 0) {
            answer.setHeader("Retry-After", retryAfterSeconds);
        }
        return CloseableHttpResponse.adapt(answer);
    }

    private static String body(ClassicHttpRequest request) throws IOException {
        try {
            return request.getEntity() == null ? "" : EntityUtils.toString(request.getEntity(), StandardCharsets.UTF_8);
        } catch (org.apache.hc.core5.http.ParseException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {}

    @Override
    public void close(CloseMode mode) {}
}
