package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * The last step before the network, and the only one that knows where channels really are. Routes send to {@code
 * http://NAME.channel/path}; here the name becomes the channel's secret address. So no address, and no token in it,
 * stands in an exchange, an endpoint, JMX, the console or an exception. Redirects are not followed. Thread-safe.
 */
class EgressClient extends CloseableHttpClient {
    /** Host suffix of the addresses that routes use. */
    static final String SUFFIX = ".channel";

    private static final int MOST_BYTES = 64 * 1024;

    private final Connections connections;
    private final Channels channels;
    private final Targets targets;
    private final Transport transport;
    private final Deadlines deadlines;

    /**
     * @param longest from the beginning of a request to the end of its answer
     */
    EgressClient(Connections connections, Channels channels, Targets targets, Transport transport, Duration longest) {
        this.connections = connections;
        this.channels = channels;
        this.targets = targets;
        this.transport = transport;
        this.deadlines = new Deadlines(longest);
    }

    @Override
    @SuppressWarnings("deprecation") // camel-http closes the response itself, so the handler form cannot be used
    protected CloseableHttpResponse doExecute(
            @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context) throws IOException {
        var host = target == null ? "" : target.getHostName();
        if (!host.endsWith(SUFFIX)) {
            throw new IOException("Only channels are called from here: http://NAME" + SUFFIX);
        }
        var channel = channels.get(host.substring(0, host.length() - SUFFIX.length()));
        var destination = targets.of(channel);
        if (transport.reaches(destination.uri())) {
            return carried(destination.uri(), request);
        }
        var sent = new BasicClassicHttpRequest(request.getMethod(), join(destination.uri(), request));
        sent.setHeaders(request.getHeaders());
        sent.setEntity(request.getEntity());
        return CloseableHttpResponse.adapt(called(destination, sent, EgressClient::whole));
    }

    /**
     * Asks a channel's provider something, outside any route; waits for the answer no longer than for a delivery's.
     *
     * @throws IOException there was no answer
     */
    ProviderAnswer ask(Channel channel, ProviderRequest question) throws IOException {
        var destination = targets.of(channel);
        var request = new BasicClassicHttpRequest(question.method(), destination.uri());
        question.headers().forEach(request::setHeader);
        return called(destination, request, (answer, call) -> {
            var headers = new HashMap<String, String>();
            for (var header : answer.getHeaders()) {
                headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
            }
            return new ProviderAnswer(answer.getCode(), headers, body(answer, call));
        });
    }

    private <T> T called(Targets.Destination to, BasicClassicHttpRequest request, Connections.Reader<T> reader)
            throws IOException {
        var host = to.host();
        if (host == null) {
            throw new IOException("The channel's address is none of HTTP");
        }
        to.headers().forEach(request::setHeader);
        var call = connections.call(host, request);
        return deadlines.within(call, () -> call.run(reader));
    }

    /** The answer with as much of its body as is ever looked at. Of a longer one the rest is not waited for. */
    private static ClassicHttpResponse whole(ClassicHttpResponse answer, Connections.Call call) throws IOException {
        var whole = new BasicClassicHttpResponse(answer.getCode());
        whole.setHeaders(answer.getHeaders());
        whole.setEntity(new ByteArrayEntity(body(answer, call), null));
        return whole;
    }

    /** Who said that he has the message has it, even when the rest of his answer is lost: to ask again would double it. */
    private static byte[] body(ClassicHttpResponse answer, Connections.Call call) throws IOException {
        var entity = answer.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try {
            var stream = entity.getContent();
            var start = start(stream);
            if (start.length == MOST_BYTES && stream.read() >= 0) {
                call.cancel();
            }
            return start;
        } catch (IOException lost) {
            call.cancel();
            if (answer.getCode() >= 200 && answer.getCode() < 300) {
                return new byte[0];
            }
            throw lost;
        }
    }

    /** Most answers are a word: to make room for the longest each time was a fifth of what a delivery allocated. */
    private static byte[] start(InputStream stream) throws IOException {
        var word = new byte[512];
        int length = stream.readNBytes(word, 0, word.length);
        if (length < word.length) {
            return Arrays.copyOf(word, length);
        }
        var more = stream.readNBytes(MOST_BYTES - length);
        var all = Arrays.copyOf(word, length + more.length);
        System.arraycopy(more, 0, all, length, more.length);
        return all;
    }

    /** What does not travel by HTTP; the answer has the shape that routes know. */
    private CloseableHttpResponse carried(URI target, ClassicHttpRequest request) throws IOException {
        var headers = new HashMap<String, String>();
        for (var header : request.getHeaders()) {
            headers.put(header.getName(), header.getValue());
        }
        var body = request.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(request.getEntity());
        var answer = transport.send(target, new ProviderRequest(request.getMethod(), "", Map.of(), headers, body));
        var response = new BasicClassicHttpResponse(answer.status());
        response.setEntity(new ByteArrayEntity(answer.body(), ContentType.TEXT_PLAIN));
        return CloseableHttpResponse.adapt(response);
    }

    /** The address, with the path and query of the request behind its own. */
    private static URI join(URI address, ClassicHttpRequest request) throws IOException {
        if (request.getPath().equals("/")) {
            return address;
        }
        try {
            var relative = request.getUri();
            var path = relative.getRawPath() == null || relative.getRawPath().equals("/") ? "" : relative.getRawPath();
            var query = joined(address.getRawQuery(), relative.getRawQuery());
            var base = new URI(address.getScheme(), address.getRawAuthority(), null, null, null).toString();
            return new URI(base + plain(address.getRawPath()) + path + (query.isEmpty() ? "" : "?" + query));
        } catch (URISyntaxException e) {
            // The message would hold the address.
            throw new IOException("The channel's address and the request's path do not make a URI");
        }
    }

    private static String joined(@Nullable String one, @Nullable String other) {
        return one == null ? plain(other) : other == null ? one : one + "&" + other;
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Does nothing: every {@code http:} endpoint that stops closes its client, and this one is shared by all of them. */
    @Override
    public void close() {
        // see shutdown()
    }

    /** Does nothing, see {@link #close()}. */
    @Override
    public void close(CloseMode mode) {
        // see shutdown()
    }

    /** Closes the connections, when the gateway stops. */
    void shutdown() {
        connections.close();
        deadlines.close();
    }
}
