package dev.mehari.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges routes of the running Camel so that no caller fails: those who call a {@code direct:} endpoint wait (up to the
 * endpoint's 30 s) while those inside finish, the old route goes, and the new one answers. One thread at a time.
 */
public final class LiveRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    /** Well under the time that callers wait. */
    private static final long LONGEST_DRAIN_MILLIS = 10_000;

    private final ModelCamelContext context;

    public LiveRoutes(CamelContext context) {
        this.context = (ModelCamelContext) context;
    }

    /** Adds routes, by whatever call of Camel does it. */
    @FunctionalInterface
    public interface Adding {
        void add() throws Exception;
    }

    /**
     * Takes the former routes out and adds new ones in their place. Ids that do not exist are passed over. Before Camel
     * has started, only definitions are exchanged.
     */
    public void exchange(Collection<String> formerIds, Adding adding) throws Exception {
        List<Gate> gates = new ArrayList<>();
        try {
            for (String id : formerIds) {
                Gate gate = gate(context.getRoute(id));
                if (gate != null) {
                    gates.add(gate);
                    close(gate, id);
                }
                takeOut(id);
            }
            adding.add();
        } finally {
            gates.forEach(Gate::open);
        }
    }

    private static void close(Gate gate, String id) {
        if (!gate.close(LONGEST_DRAIN_MILLIS)) {
            LOG.warn("Route {} is exchanged although messages are still in it after {} ms", id, LONGEST_DRAIN_MILLIS);
        }
    }

    private @Nullable Gate gate(@Nullable Route route) {
        return route != null
                        && route.getConsumer() instanceof DirectConsumer consumer
                        && consumer.getEndpoint().getComponent() instanceof GatedDirectComponent direct
                ? direct.gate(GatedDirectComponent.key(consumer.getEndpoint().getEndpointUri()))
                : null;
    }

    private void takeOut(String id) throws Exception {
        if (context.getRoute(id) != null) {
            context.getRouteController().stopRoute(id, LONGEST_DRAIN_MILLIS, TimeUnit.MILLISECONDS);
            context.removeRoute(id);
        }
        RouteDefinition definition = context.getRouteDefinition(id);
        if (definition != null) {
            context.removeRouteDefinition(definition);
        }
    }
}
