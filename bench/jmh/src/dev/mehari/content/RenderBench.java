package dev.mehari.content;

import dev.mehari.notification.Notification;
import dev.mehari.notification.Sample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A card from the shipped template of trade.opened. Runs in the project's folder. */
@State(Scope.Benchmark)
public class RenderBench {
    private final ContentLibrary library = new ContentLibrary();
    private final CardRenderer cards = new CardRenderer(library, new SimpleMeterRegistry());
    private final Notification notification = Sample.stamped(Sample.draft());

    public RenderBench() {
        library.load(Path.of("config"));
    }

    @Benchmark
    public Card render() {
        return cards.render(notification, "trades", "discord");
    }
}
