package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends what a provider wrote, as the gateway would, and has the answer judged. */
final class Wire implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();

    Outcome send(Provider provider, Channel channel, List<Envelope> envelopes)
            throws IOException, InterruptedException {
        ProviderRequest request = provider.compose(channel, envelopes);
        HttpRequest.Builder http = HttpRequest.newBuilder(address(provider.target(channel), request))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(http::header);
        provider.secretHeaders(channel).forEach(http::header);
        HttpResponse<byte[]> answer = client.send(http.build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.getLast()));
        return provider.judge(channel, new ProviderAnswer(answer.statusCode(), headers, answer.body()));
    }

    private static URI address(URI target, ProviderRequest request) {
        String query = request.query().entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(target + request.path() + (query.isEmpty() ? "" : "?" + query));
    }

    @Override
    public void close() {
        client.close();
    }
}
