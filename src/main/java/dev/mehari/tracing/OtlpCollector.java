package dev.mehari.tracing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A collector that takes OTLP over HTTP. Its headers may be secret: they are in no text of ours. One thread. */
final class OtlpCollector {
    /** These, and no answer at all, are tried again (opentelemetry-proto, docs/specification: Failures). */
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private final URI address;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final HttpClient http;

    OtlpCollector(URI address, Map<String, String> headers, Duration timeout) {
        this.address = address;
        this.headers = headers;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** Without what may be secret in it. */
    String place() {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort())
                + address.getPath();
    }

    /** What came of a request; a refused one would be refused again. */
    record Answer(boolean taken, boolean later, String reason) {}

    Answer send(byte[] packed) throws InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed));
        headers.forEach(request::header);
        try {
            int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
            return new Answer(status / 100 == 2, LATER.contains(status), "it answered " + status);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Answer(false, true, reason);
        }
    }
}
