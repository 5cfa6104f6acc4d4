package dev.mehari.content;

import dev.mehari.content.TemplateText.Failure;
import dev.mehari.notification.Notification;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file of {@code config/templates/}, compiled. Immutable. What of it cannot be rendered is left out, or replaced by
 * what the producer sent; a template of which nothing can be rendered gives way to {@link DefaultCard}.
 */
record CardTemplate(
        @Nullable TemplateText title,
        @Nullable TemplateText text,
        @Nullable TemplateText color,
        List<Field> fields,
        @Nullable TemplateText link,
        @Nullable TemplateText image,
        @Nullable TemplateText footer,
        @Nullable TemplateText timestamp) {

    record Field(TemplateText name, TemplateText value, boolean inline) {}

    private static final Pattern WEB = Pattern.compile("(?i)https?://[^\\s/].{0,2000}");
    private static final Pattern WEB_OR_ATTACHMENT =
            Pattern.compile("attachment://[A-Za-z0-9._-]{1,200}|" + WEB.pattern());

    /** Renders; tells {@code failures} of every string that could not be rendered, and why. */
    Card render(
            Notification notification,
            @Nullable MessageType type,
            Model model,
            BiConsumer<TemplateText, String> failures) {
        Rendering rendering = new Rendering(model, failures);
        String ownTitle = rendering.text(title);
        String ownText = rendering.text(text);
        List<Card.Field> ownFields = rendering.fields(fields);
        if (!rendering.failed.isEmpty() && ownTitle == null && ownText == null && ownFields.isEmpty()) {
            return DefaultCard.of(notification, type);
        }
        return new Card(
                ownTitle == null ? DefaultCard.title(notification) : ownTitle,
                text == null || rendering.failed.contains(text) ? notification.text() : ownText,
                rendering.color(color, DefaultCard.color(notification, type)),
                ownFields.isEmpty() && !fields.isEmpty() ? DefaultCard.fields(notification.data()) : ownFields,
                rendering.address(link, WEB),
                rendering.address(image, WEB_OR_ATTACHMENT),
                rendering.text(footer),
                rendering.instant(timestamp, notification.createdAt()));
    }

    /** One pass over the strings of the card, for one notification. */
    private static final class Rendering {
        private final Model model;
        private final BiConsumer<TemplateText, String> failures;
        private final Set<TemplateText> failed = new HashSet<>();

        private Rendering(Model model, BiConsumer<TemplateText, String> failures) {
            this.model = model;
            this.failures = failures;
        }

        private @Nullable String text(@Nullable TemplateText template) {
            if (template == null) {
                return null;
            }
            try {
                String text = template.render(model);
                return text.isEmpty() ? null : text;
            } catch (Failure e) {
                fail(template, e.reason());
                return null;
            }
        }

        private void fail(TemplateText template, String reason) {
            failed.add(template);
            failures.accept(template, reason);
        }

        private List<Card.Field> fields(List<Field> templates) {
            List<Card.Field> fields = new ArrayList<>();
            for (Field field : templates) {
                String name = text(field.name());
                String value = text(field.value());
                if (name != null && value != null) {
                    fields.add(new Card.Field(name, value, field.inline()));
                }
            }
            return List.copyOf(fields);
        }

        private int color(@Nullable TemplateText template, int otherwise) {
            String word = text(template);
            if (template == null || word == null) {
                return otherwise;
            }
            return Colors.find(word).orElseGet(() -> {
                fail(template, "'" + Text.cut(word, 40, "…") + "' is no colour");
                return otherwise;
            });
        }

        private @Nullable String address(@Nullable TemplateText template, Pattern allowed) {
            String address = text(template);
            if (template == null || address == null || isAddress(address, allowed)) {
                return address;
            }
            fail(template, "'" + Text.cut(address, 80, "…") + "' is no http or https address");
            return null;
        }

        private @Nullable Instant instant(@Nullable TemplateText template, Instant otherwise) {
            String moment = text(template);
            if (template == null || moment == null) {
                return template == null ? otherwise : null;
            }
            try {
                return OffsetDateTime.parse(moment).toInstant();
            } catch (DateTimeParseException e) {
                fail(template, "'" + Text.cut(moment, 40, "…") + "' is no time such as 2026-05-01T12:00:00Z");
                return otherwise;
            }
        }

        private static boolean isAddress(String address, Pattern allowed) {
            try {
                return allowed.matcher(address).matches() && URI.create(address).getHost() != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
