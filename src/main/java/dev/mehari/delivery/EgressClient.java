package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
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

    private final CloseableHttpClient client;
    private final Channels channels;
    private final Targets targets;
    private final Transport transport;

    EgressClient(CloseableHttpClient client, Channels channels, Targets targets, Transport transport) {
        this.client = client;
        this.channels = channels;
        this.targets = targets;
        this.transport = transport;
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
        var builder = ClassicRequestBuilder.copy(request).setUri(join(destination.uri(), request));
        builder.setEntity(request.getEntity());
        destination.headers().forEach(builder::setHeader);
        return (CloseableHttpResponse) ((HttpClient) client).execute(builder.build(), context);
    }

    /**
     * Asks a channel's provider something, outside any route; waits for the answer no longer than for a delivery's.
     *
     * @throws IOException there was no answer
     */
    ProviderAnswer ask(Channel channel, ProviderRequest question) throws IOException {
        var destination = targets.of(channel);
        var request = ClassicRequestBuilder.create(question.method()).setUri(destination.uri());
        question.headers().forEach(request::setHeader);
        destination.headers().forEach(request::setHeader);
        return client.execute(request.build(), answer -> {
            var headers = new HashMap<String, String>();
            for (var header : answer.getHeaders()) {
                headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
            }
            var body =
                    answer.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(answer.getEntity(), MOST_BYTES);
            return new ProviderAnswer(answer.getCode(), headers, body);
        });
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
        client.close(CloseMode.GRACEFUL);
    }
}
