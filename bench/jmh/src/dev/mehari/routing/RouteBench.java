package dev.mehari.routing;

import dev.mehari.channel.ChoosingChannels;
import dev.mehari.channel.Puts;
import dev.mehari.notification.Draft;
import dev.mehari.notification.Sample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From {@code direct:notify} through the shipped router to lanes that cost nothing. Runs in the project's folder. */
@State(Scope.Benchmark)
public class RouteBench {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Draft draft = Sample.draft();
    private Routing routing;

    @Setup
    public void start() throws Exception {
        camel.addComponent("channel", new ChoosingChannels());
        camel.addRoutes(new NotifyRoute(null, "admin", new SimpleMeterRegistry()));
        var file = PluginHelper.getResourceLoader(camel).resolveResource("file:routes/routing.yaml");
        PluginHelper.getRoutesLoader(camel).loadRoutes(file);
        camel.start();
        routing = new Routing(camel.createProducerTemplate(), null);
    }

    @TearDown
    public void stop() {
        camel.stop();
    }

    @Benchmark
    public Collection<String> route() {
        var notification = Sample.stamped(draft);
        var puts = new Puts(false);
        routing.start(new Routing.Request(notification, null), puts);
        return puts.channelsOf(notification.id());
    }
}
