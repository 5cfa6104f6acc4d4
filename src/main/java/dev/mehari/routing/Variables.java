package dev.mehari.routing;

import dev.mehari.notification.Notification;
import dev.mehari.reload.RouteVocabulary;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * Every fact that route files may ask for, as {@code ${variable.NAME}}. Facts are variables and not headers, because
 * headers are sent on to providers.
 */
public final class Variables {
    public static final String ID = "id";
    public static final String TYPE = "type";
    public static final String TITLE = "title";
    public static final String TEXT = "text";
    public static final String DATA = "data";
    public static final String PRIORITY = "priority";
    public static final String RECIPIENT = "recipient";
    public static final String SOURCE = "source";
    public static final String TRACE_ID = "traceId";
    /** In the delivery route: the channel's name. */
    public static final String CHANNEL = "channel";
    /** In the delivery route's {@code onFallback}: the deliveries that go to the fallback channel. */
    public static final String DIVERTED = "diverted";
    /** In the delivery route's {@code onFallback}: the fallback channel's name. */
    public static final String FALLBACK = "fallback";

    /** All of them. */
    public static final Set<String> NAMES =
            Set.of(ID, TYPE, TITLE, TEXT, DATA, PRIORITY, RECIPIENT, SOURCE, TRACE_ID, CHANNEL, DIVERTED, FALLBACK);

    private Variables() {}

    /** What route files may name: all of these, and the channels there are when it is asked. */
    public static RouteVocabulary vocabulary(Supplier<Set<String>> channels) {
        return new RouteVocabulary() {
            @Override
            public Set<String> variables() {
                return NAMES;
            }

            @Override
            public Set<String> channels() {
                return channels.get();
            }
        };
    }

    /** Sets what is known of a notification; absent facts are empty, so that a condition on them is just not met. */
    static void set(Exchange exchange, Notification notification) {
        exchange.setVariable(ID, notification.id());
        exchange.setVariable(TYPE, notification.type());
        exchange.setVariable(TITLE, text(notification.title()));
        exchange.setVariable(TEXT, text(notification.text()));
        exchange.setVariable(DATA, notification.data());
        exchange.setVariable(PRIORITY, notification.priority().toString());
        exchange.setVariable(RECIPIENT, text(notification.recipient()));
        exchange.setVariable(SOURCE, notification.source());
        exchange.setVariable(TRACE_ID, notification.traceId());
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
