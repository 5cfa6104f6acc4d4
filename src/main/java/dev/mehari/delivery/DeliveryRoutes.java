package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import dev.mehari.channel.Lanes;
import dev.mehari.redis.RedisAway;
import dev.mehari.reload.TemplateInstances;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One route a channel, made from the template {@code delivery} of {@code routes/delivery.yaml}: {@code deliver-NAME}, its
 * steps named {@code NAME-throttle}, {@code NAME-breaker}, {@code NAME-post}. Made anew when the template or the channel
 * changes; channels that did not change are not touched.
 */
class DeliveryRoutes implements TemplateInstances, Channels.Listener {
    static final String TEMPLATE = "delivery";
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryRoutes.class);
    /** A request under way may end within this time before its route is replaced. */
    private static final int STOP_SECONDS = 30;

    private final ModelCamelContext camel;
    private final Channels channels;
    private final Breakers breakers;
    private final Lanes lanes;

    DeliveryRoutes(ModelCamelContext camel, Channels channels, Breakers breakers, Lanes lanes) {
        this.camel = camel;
        this.channels = channels;
        this.breakers = breakers;
        this.lanes = lanes;
    }

    @Override
    public void remake(Set<String> templateIds) throws Exception {
        if (templateIds.contains(TEMPLATE)) {
            remake(channels.all().values());
        }
    }

    @Override
    public Map<String, Object> trialParameters(String templateId) {
        if (!templateId.equals(TEMPLATE)) {
            return Map.of();
        }
        var any = channels.all().values().stream().findFirst();
        any.ifPresent(breakers::prepare);
        return any.map(DeliveryRoutes::parameters).orElse(Map.of());
    }

    @Override
    public void changed(Map<String, Channel> before, Map<String, Channel> now) throws Exception {
        var removed =
                before.keySet().stream().filter(name -> !now.containsKey(name)).toList();
        var changed = now.values().stream()
                .filter(channel -> !channel.equals(before.get(channel.name())))
                .toList();
        now.values().forEach(breakers::prepare);
        if (camel.getRouteTemplateDefinition(TEMPLATE) == null) {
            return;
        }
        remove(removed);
        remake(changed);
        changed.forEach(channel -> forgive(before.get(channel.name()), channel));
    }

    /** A channel with another address gets another chance. */
    private void forgive(@org.jspecify.annotations.Nullable Channel before, Channel now) {
        if (before == null || (before.url().equals(now.url()) && Objects.equals(before.settings(), now.settings()))) {
            return;
        }
        try {
            var lane = lanes.of(now.name());
            var status = lane.status();
            if (status.broken() != null
                    || status.paused() != null && status.paused().startsWith("rejected")) {
                lane.resume();
            }
        } catch (RedisAway away) {
            LOG.warn("Channel {} stays paused until resumed: {}", now.name(), away.getMessage());
        }
    }

    private void remake(Collection<Channel> changed) throws Exception {
        remove(changed.stream().map(Channel::name).toList());
        for (var channel : changed) {
            breakers.prepare(channel);
            camel.addRouteFromTemplate(routeId(channel.name()), TEMPLATE, channel.name() + "-", parameters(channel));
        }
    }

    /** Stops side by side, so that a channel with a slow request under way holds up no other; Camel's model takes one at a time. */
    private void remove(Collection<String> names) throws Exception {
        var routeIds = names.stream()
                .map(DeliveryRoutes::routeId)
                .filter(routeId -> camel.getRouteDefinition(routeId) != null)
                .toList();
        sideBySide(routeIds, routeId -> camel.getRouteController().stopRoute(routeId, STOP_SECONDS, TimeUnit.SECONDS));
        for (var routeId : routeIds) {
            camel.removeRoute(routeId);
        }
    }

    private static String routeId(String channel) {
        return "deliver-" + channel;
    }

    private static Map<String, Object> parameters(Channel channel) {
        var parameters = new HashMap<String, Object>();
        parameters.put("channel", channel.name());
        parameters.put("requests", channel.throttle().requests());
        parameters.put("period", channel.throttle().period().toMillis());
        return parameters;
    }

    private interface Step<T> {
        void run(T subject) throws Exception;
    }

    private static <T> void sideBySide(Collection<T> subjects, Step<T> step) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var steps = subjects.stream()
                    .map(subject -> threads.submit(() -> {
                        step.run(subject);
                        return List.of();
                    }))
                    .toList();
            for (var done : steps) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
