package dev.mehari.delivery;

import dev.mehari.channel.DeliveryBatch;
import dev.mehari.channel.LaneEntry;
import dev.mehari.channel.LaneEntry.Mark;
import dev.mehari.content.CardRenderer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpMethods;

/** Writes the provider's request for the deliveries of an exchange. Called from {@code routes/delivery.yaml}. */
public class RequestWriter {
    private final CardRenderer cards;
    private final Providers providers;
    private final Breakers breakers;
    private final Moves moves;

    RequestWriter(CardRenderer cards, Providers providers, Breakers breakers, Moves moves) {
        this.cards = cards;
        this.providers = providers;
        this.breakers = breakers;
        this.moves = moves;
    }

    /** Renders the cards, decides how many share the request, and sets body, headers and path; nothing secret among them. */
    public void composeRequest(Exchange exchange) {
        var batch = batch(exchange);
        var channel = moves.current(batch.channel());
        breakers.align(channel.name(), batch.broken() != null);
        var provider = providers.of(channel);
        var envelopes =
                batch.entries().stream().map(entry -> envelope(entry, batch)).toList();
        int fitting = Math.clamp(provider.fits(channel, envelopes), 1, envelopes.size());
        batch.keepFirst(fitting);
        var attempt = new Attempt(provider, envelopes.subList(0, fitting), System.nanoTime());
        exchange.setProperty(Attempt.PROPERTY, attempt);
        write(provider.compose(channel, attempt.envelopes()), exchange);
    }

    /** Whether nothing more fits into the request that these deliveries would make. */
    boolean full(DeliveryBatch batch) {
        var entries = batch.entries();
        if (entries.size() >= batch.channel().coalesce() || entries.getFirst().alone()) {
            return true;
        }
        var channel = moves.current(batch.channel());
        var envelopes = entries.stream().map(entry -> envelope(entry, batch)).toList();
        return providers.of(channel).fits(channel, envelopes) < envelopes.size();
    }

    private Envelope envelope(LaneEntry entry, DeliveryBatch batch) {
        var channel = batch.channel();
        return new Envelope(
                entry.notification(),
                () -> cards.render(entry.notification(), channel.name(), channel.provider()),
                entry.divertedFrom(),
                entry.mark() == Mark.PLAIN,
                entry.sent());
    }

    private static void write(ProviderRequest request, Exchange exchange) {
        var message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(request.body());
        request.headers().forEach(message::setHeader);
        if (!isCamelsOwnChoice(request)) {
            // As camel-http wants it: a text would be looked up among all type converters, each time anew.
            message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
        }
        if (!request.path().isEmpty()) {
            message.setHeader(Exchange.HTTP_PATH, request.path());
        }
        if (!request.query().isEmpty()) {
            message.setHeader(Exchange.HTTP_QUERY, query(request.query()));
        }
    }

    /** What is not said needs no look among converters of headers either. */
    private static boolean isCamelsOwnChoice(ProviderRequest request) {
        return request.method().equals("POST") && request.query().isEmpty();
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    static DeliveryBatch batch(Exchange exchange) {
        return exchange.getProperty(DeliveryBatch.PROPERTY, DeliveryBatch.class);
    }

    static List<LaneEntry> entries(Exchange exchange) {
        return batch(exchange).entries();
    }
}
