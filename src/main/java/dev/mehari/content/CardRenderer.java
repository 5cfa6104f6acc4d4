package dev.mehari.content;

import dev.mehari.notification.Notification;
import dev.mehari.problem.YamlNode.Place;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the card of a notification with the content in force. Never fails: what a template cannot show is left out,
 * counted in {@code mehari.content.template.errors} and logged once per place and version of the content. For any number
 * of threads.
 */
@Component
public class CardRenderer {

    private static final Logger LOG = LoggerFactory.getLogger(CardRenderer.class);

    private final ContentLibrary library;
    private final MeterRegistry meters;
    private final AtomicReference<Reported> reported = new AtomicReference<>(new Reported(Content.empty()));

    public CardRenderer(ContentLibrary library, MeterRegistry meters) {
        this.library = library;
        this.meters = meters;
    }

    /**
     * The card to deliver.
     *
     * @param channel the channel's name, which templates may show
     * @param provider the word after {@code provider:} of that channel; it may have templates of its own
     */
    public Card render(Notification notification, String channel, String provider) {
        Content content = library.current();
        try {
            return content.render(
                    notification,
                    channel,
                    provider,
                    (text, reason) ->
                            report(content, notification, text.source().place(), reason));
        } catch (RuntimeException e) {
            count(content, notification);
            LOG.error(
                    "card.failed id={} type={}: title and text are sent without the rest",
                    notification.id(),
                    notification.type(),
                    e);
            return DefaultCard.bare(notification);
        }
    }

    private void report(Content content, Notification notification, Place place, String reason) {
        count(content, notification);
        if (seen(content).add(place)) {
            LOG.warn(
                    "template.failed id={} type={} at {}:{}:{}: {}; left out of the card",
                    notification.id(),
                    notification.type(),
                    place.file(),
                    place.line(),
                    place.column(),
                    reason);
        }
    }

    /** Labels come from types.yaml alone: producers cannot make new ones. */
    private void count(Content content, Notification notification) {
        String type = content.types().knows(notification.type()) ? notification.type() : "other";
        meters.counter("mehari.content.template.errors", "type", type).increment();
    }

    private Set<Place> seen(Content content) {
        return reported.updateAndGet(last -> last.content() == content ? last : new Reported(content))
                .places();
    }

    /** The places already logged for one version of the content. */
    private record Reported(Content content, Set<Place> places) {
        private Reported(Content content) {
            this(content, ConcurrentHashMap.newKeySet());
        }
    }
}
