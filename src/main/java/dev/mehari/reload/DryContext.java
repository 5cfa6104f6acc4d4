package dev.mehari.reload;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.DefaultRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A Camel of its own in which routes run for show: with the beans and properties of the running one, but nothing that
 * they send leaves it. What would have left is noted by its scheme.
 */
final class DryContext extends DefaultCamelContext {
    /** What works on the message alone. */
    private static final Set<String> INSIDE = Set.of("direct", "bean", "class", "language", "dataformat", "properties");

    private final Set<String> own;
    private final Set<String> notCalled = new ConcurrentSkipListSet<>();

    /** @param components of its own, by scheme */
    DryContext(CamelContext running, Map<String, Component> components) {
        super(new DefaultRegistry(new RunningBeans(running)));
        own = new TreeSet<>(INSIDE);
        own.addAll(components.keySet());
        disableJMX();
        getCamelContextExtension().setName("dry-run");
        setApplicationContextClassLoader(running.getApplicationContextClassLoader());
        getPropertiesComponent().addPropertiesSource(new RunningProperties(running));
        components.forEach(this::addComponent);
    }

    /** The schemes that routes sent to. */
    Set<String> notCalled() {
        return notCalled;
    }

    @Override
    public @Nullable Component getComponent(String name, boolean autoCreate, boolean autoStart) {
        // Asked by the constructor above us, too, before there is anything to look at.
        if (own != null && !own.contains(name) && hasComponent(name) == null) {
            addComponent(name, new NotCalled(name, notCalled));
        }
        return super.getComponent(name, autoCreate, autoStart);
    }

    /** Stands for a component whose endpoints lead out. */
    private static final class NotCalled extends DefaultComponent {
        private final String scheme;
        private final Set<String> noted;

        NotCalled(String scheme, Set<String> noted) {
            this.scheme = scheme;
            this.noted = noted;
            setAutowiredEnabled(false);
        }

        /** By its name Camel finds the real component's, which takes only that one. */
        @Override
        public @Nullable PropertyConfigurer getComponentPropertyConfigurer() {
            return null;
        }

        @Override
        public @Nullable PropertyConfigurer getEndpointPropertyConfigurer() {
            return null;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return new Nowhere(uri, this);
        }
    }

    private static final class Nowhere extends DefaultEndpoint {
        private final NotCalled component;

        Nowhere(String uri, NotCalled component) {
            super(uri, component);
            this.component = component;
        }

        @Override
        public void configureProperties(Map<String, Object> options) {
            // They are for the real one.
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    component.noted.add(component.scheme);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("Nothing is taken from " + component.scheme + " in a dry run.");
        }
    }
}
