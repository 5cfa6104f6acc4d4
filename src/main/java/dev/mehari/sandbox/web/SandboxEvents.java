package dev.mehari.sandbox.web;

import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Sandbox;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells the page of each message as it comes. A browser that is too slow loses messages and is told to load the list
 * again; a delivery never waits for it.
 */
@RestController
class SandboxEvents {
    private static final int WAITING = 500;
    private static final int HEARTBEAT_SECONDS = 15;
    private final Set<Thread> pumps = ConcurrentHashMap.newKeySet();
    private final Sandbox sandbox;

    SandboxEvents(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @GetMapping("/sandbox/api/events")
    ResponseEntity<SseEmitter> events() {
        SseEmitter emitter = new SseEmitter(0L);
        Thread pump = Thread.ofVirtual().name("sandbox-events").unstarted(() -> pump(emitter));
        emitter.onCompletion(pump::interrupt);
        emitter.onError(broken -> pump.interrupt());
        pumps.add(pump);
        pump.start();
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .body(emitter);
    }

    /** Open pages must not hold up the end of the process. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        pumps.forEach(Thread::interrupt);
    }

    private void pump(SseEmitter emitter) {
        BlockingQueue<InboxMessage> queue = new ArrayBlockingQueue<>(WAITING);
        AtomicBoolean lost = new AtomicBoolean();
        try (var watching = sandbox.inbox().watch(message -> offer(queue, message, lost))) {
            emitter.send(SseEmitter.event().name("ready").data("{}"));
            while (!Thread.interrupted()) {
                step(emitter, queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS), lost);
            }
        } catch (InterruptedException | IOException | IllegalStateException ended) {
            // the browser has gone, or the process is ending: nobody is left to be told
        } finally {
            pumps.remove(Thread.currentThread());
            emitter.complete();
        }
    }

    private static void offer(BlockingQueue<InboxMessage> queue, InboxMessage message, AtomicBoolean lost) {
        if (!queue.offer(message)) {
            lost.set(true);
        }
    }

    private static void step(SseEmitter emitter, @Nullable InboxMessage message, AtomicBoolean lost)
            throws IOException {
        if (lost.getAndSet(false)) {
            emitter.send(SseEmitter.event().name("reload").data("{}"));
        }
        if (message == null) {
            emitter.send(SseEmitter.event().comment("still here"));
        } else {
            emitter.send(SseEmitter.event().name("message").data(MessageView.of(message), MediaType.APPLICATION_JSON));
        }
    }
}
