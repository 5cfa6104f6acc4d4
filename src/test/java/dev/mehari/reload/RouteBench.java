package dev.mehari.reload;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** A running Camel with what the gateway's Java brings, and route files on it. */
final class RouteBench implements AutoCloseable {

    final DefaultCamelContext context = new DefaultCamelContext();
    final Instances instances = new Instances();
    Set<String> channels = Set.of("trades", "admin");
    private final RouteFiles files;

    RouteBench() throws Exception {
        context.disableJMX();
        context.addComponent("direct", new GatedDirectComponent());
        context.addComponent("channel", new MockComponent());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:notify").routeId("notify").to("mock:notify");
            }
        });
        RouteVocabulary vocabulary = new RouteVocabulary() {
            @Override
            public Set<String> variables() {
                return Set.of("type", "title");
            }

            @Override
            public Set<String> channels() {
                return channels;
            }
        };
        files = new RouteFiles(
                context,
                () -> vocabulary,
                instances,
                new PassedRoutes(
                        Path.of("target/test-data/passed-schema"),
                        UUID.randomUUID().toString()));
        context.start();
    }

    RouteFiles files() {
        return files;
    }

    Change take(Map<String, String> texts) throws Exception {
        Change change = files.prepare(Snapshot.of(texts));
        if (change instanceof Change.Ready ready) {
            ready.application().apply();
        }
        return change;
    }

    Object ask(String endpoint) {
        return context.createFluentProducerTemplate()
                .to(endpoint)
                .withBody("asked")
                .request();
    }

    static String answering(String id, String answer) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - setBody:
                            constant: %s
                """.formatted(id, id, answer);
    }

    @Override
    public void close() {
        context.stop();
    }

    /** One instance of each template, as the gateway makes one per channel. */
    final class Instances implements TemplateInstances {

        private final LiveRoutes live = new LiveRoutes(context);
        boolean failing;

        @Override
        public void remake(Set<String> templateIds) throws Exception {
            for (String template : templateIds) {
                live.exchange(
                        Set.of("deliver-trades"),
                        () -> context.addRouteFromTemplate("deliver-trades", template, Map.of("channel", "trades")));
            }
            if (failing) {
                failing = false;
                throw new IllegalStateException("no instance today");
            }
        }

        @Override
        public Map<String, Object> trialParameters(String templateId) {
            return templateId.equals("delivery") ? Map.of("channel", "trades") : Map.of();
        }
    }
}
