package dev.mehari.api;

import dev.mehari.channel.Channels;
import dev.mehari.channel.Lanes;
import dev.mehari.delivery.BreakerStates;
import dev.mehari.delivery.Preview;
import dev.mehari.delivery.budget.BudgetState;
import dev.mehari.delivery.budget.ProviderBudget;
import dev.mehari.http.ApiException;
import dev.mehari.http.InvalidField;
import dev.mehari.ingest.Stamping;
import dev.mehari.notification.Notification;
import dev.mehari.notification.RejectedInput;
import dev.mehari.routing.Explain;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says what would become of a notification, by the engine that would do it; nothing is sent and nothing is kept. */
@RestController
class ExplainController {
    private static final String SOURCE = "[a-z0-9][a-z0-9-]{0,39}";

    private final Stamping stamping;
    private final Explain explain;
    private final Preview preview;
    private final Channels channels;
    private final Lanes lanes;
    private final BreakerStates breakers;
    private final ProviderBudget budgets;

    ExplainController(
            Stamping stamping,
            Explain explain,
            Preview preview,
            Channels channels,
            Lanes lanes,
            BreakerStates breakers,
            ProviderBudget budgets) {
        this.stamping = stamping;
        this.explain = explain;
        this.preview = preview;
        this.channels = channels;
        this.lanes = lanes;
        this.breakers = breakers;
        this.budgets = budgets;
    }

    /**
     * @param budget what the provider takes, shared with all who write there
     * @param paused why nothing would be sent now, or null
     * @param waiting deliveries that would go before this one
     * @param request the exact request, secrets masked
     */
    record Destination(
            String channel,
            String provider,
            boolean sandbox,
            @Nullable String fallback,
            Map<String, Object> throttle,
            BudgetState budget,
            String breaker,
            @Nullable String paused,
            long waiting,
            Object card,
            Object request) {}

    record Explanation(
            Notification notification, List<?> branches, Collection<String> channels, List<Destination> destinations) {}

    @PostMapping("/api/v1/explain")
    Explanation explain(@RequestBody byte[] body, @RequestParam(defaultValue = "http") String source) {
        if (!source.matches(SOURCE)) {
            throw ApiException.invalid("source is '" + source + "'; give a name like http, redis or github.");
        }
        try {
            var asked = stamping.forShow(body, source);
            var way = explain.of(asked.notification(), asked.channel());
            var destinations = way.channels().stream()
                    .map(name -> destination(name, asked.notification()))
                    .toList();
            return new Explanation(asked.notification(), way.branches(), way.channels(), destinations);
        } catch (RejectedInput rejected) {
            var errors = rejected.errors().stream()
                    .map(error -> new InvalidField(error.pointer(), error.detail()))
                    .toList();
            throw new ApiException(
                    rejected.reason().status(),
                    rejected.reason().code(),
                    String.valueOf(rejected.getMessage()),
                    errors,
                    null);
        }
    }

    private Destination destination(String name, Notification notification) {
        var channel = channels.get(name);
        var status = lanes.of(name).status();
        var shown = preview.of(notification, name);
        return new Destination(
                name,
                channel.provider(),
                channel.sandboxed(),
                channel.fallback(),
                Map.of(
                        "requests", channel.throttle().requests(),
                        "period", channel.throttle().period().toString()),
                budgets.state(channel),
                breakers.of(name),
                status.paused() == null ? status.broken() : status.paused(),
                status.depth(),
                shown.card(),
                shown.request());
    }
}
