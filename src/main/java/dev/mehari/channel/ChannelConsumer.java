package dev.mehari.channel;

import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes deliveries from the lane and hands them to the route, one batch an exchange. Its worker is a virtual thread of
 * its own, so no channel waits for another.
 */
final class ChannelConsumer extends DefaultConsumer {
    private final ChannelEndpoint endpoint;
    private @Nullable LaneWorker worker;

    ChannelConsumer(ChannelEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    public ChannelEndpoint getEndpoint() {
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        var started = LaneWorker.of(endpoint, new BatchProcessor(this));
        worker = started;
        Thread.ofVirtual().name("lane-" + endpoint.getName()).start(started);
    }

    @Override
    protected void doStop() throws Exception {
        if (worker != null) {
            worker.stop();
        }
        super.doStop();
    }
}
