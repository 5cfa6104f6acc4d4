package dev.mehari.content;

import dev.mehari.notification.Notification;
import dev.mehari.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One version of {@code types.yaml} and the templates, checked and compiled. Immutable, for any number of threads. */
public final class Content {

    private final Types types;
    private final Map<TemplateName, CardTemplate> templates;
    private final List<Problem> warnings;

    Content(Types types, Map<TemplateName, CardTemplate> templates, List<Problem> warnings) {
        this.types = types;
        this.templates = Map.copyOf(templates);
        this.warnings = List.copyOf(warnings);
    }

    /** Knows no type: every card is the built-in one. */
    public static Content empty() {
        return new Content(new Types(Map.of()), Map.of(), List.of());
    }

    public Types types() {
        return types;
    }

    /** What was found odd but harmless, a template that no type uses. */
    public List<Problem> warnings() {
        return warnings;
    }

    /**
     * The card of a notification for a channel's provider. Bad values never lose a message: what cannot be rendered is
     * left out and told to {@code failures}.
     */
    Card render(Notification notification, String channel, String provider, BiConsumer<TemplateText, String> failures) {
        MessageType type = types.find(notification.type()).orElse(null);
        CardTemplate template = type == null ? null : template(type.template(), provider);
        return template == null
                ? DefaultCard.of(notification, type)
                : template.render(notification, type, new Model(notification, channel), failures);
    }

    private @Nullable CardTemplate template(String name, String provider) {
        CardTemplate own = templates.get(new TemplateName(provider, name));
        return own == null ? templates.get(new TemplateName(null, name)) : own;
    }
}
