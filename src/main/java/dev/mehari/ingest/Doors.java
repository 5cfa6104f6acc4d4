package dev.mehari.ingest;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.springframework.context.SmartLifecycle;

/** Opens the Redis doors when all routes run, and closes them before anything else stops. */
class Doors implements ExtendedStartupListener, SmartLifecycle {
    private final QueueDoor queue;
    private final PubSubDoor pubSub;
    private volatile boolean running;
    private Thread queueThread = new Thread();
    private Thread pubSubThread = new Thread();

    Doors(QueueDoor queue, PubSubDoor pubSub) {
        this.queue = queue;
        this.pubSub = pubSub;
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // The routes are not all started here.
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        queueThread = Thread.ofVirtual().name("door-queue").start(queue);
        pubSubThread = Thread.ofVirtual().name("door-pubsub").start(pubSub);
        running = true;
    }

    @Override
    public void start() {
        // Camel starts the doors, see above.
    }

    @Override
    public void stop() {
        running = false;
        queue.stop();
        pubSub.stop();
        try {
            queueThread.join(5_000);
            pubSubThread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped first of all. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
