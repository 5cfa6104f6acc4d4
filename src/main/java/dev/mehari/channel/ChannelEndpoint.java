package dev.mehari.channel;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** One channel as Camel sees it; the JMX attributes are what an operator looks for first. */
@ManagedResource(description = "Channel with its durable lane")
@UriEndpoint(scheme = "channel", title = "Channel", syntax = "channel:name", firstVersion = "0.1.0")
public class ChannelEndpoint extends DefaultEndpoint {
    @UriPath(description = "Name of the channel in config/channels.yaml")
    private final String name;

    private final ChannelConfiguration configuration;

    ChannelEndpoint(String uri, ChannelComponent component, String name, ChannelConfiguration configuration) {
        super(uri, component);
        this.name = name;
        this.configuration = configuration;
    }

    @ManagedAttribute(description = "Name of the channel")
    public String getName() {
        return name;
    }

    @ManagedAttribute(description = "Deliveries queued or under way")
    public long getDepth() {
        return lane().status().depth();
    }

    @ManagedAttribute(description = "Seconds the oldest unfinished delivery has been waiting")
    public long getOldestAgeSeconds() {
        return lane().status().oldestAge().toSeconds();
    }

    @ManagedAttribute(description = "Why nothing is taken from the lane; empty when it runs")
    public String getPaused() {
        var status = lane().status();
        var reason = status.paused() == null ? status.broken() : status.paused();
        return reason == null ? "" : reason;
    }

    @ManagedOperation(description = "Stops taking deliveries until resumed")
    public void pause() {
        lane().pause("by an operator");
    }

    @ManagedOperation(description = "Goes on taking deliveries")
    public void resume() {
        lane().resume();
    }

    @Override
    public Producer createProducer() {
        return new ChannelProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        var consumer = new ChannelConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    ChannelConfiguration configuration() {
        return configuration;
    }

    Lane lane() {
        return configuration.lanes().of(name);
    }
}
