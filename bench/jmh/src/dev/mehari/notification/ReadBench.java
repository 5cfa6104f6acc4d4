package dev.mehari.notification;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the door does to a body, and what the lane stores and reads. */
@State(Scope.Benchmark)
public class ReadBench {
    private final NotificationReader reader = new NotificationReader();
    private final byte[] json = Sample.json();
    private final Draft draft = Sample.draft();
    private final byte[] stored = NotificationJson.write(Sample.stamped(draft));

    @Benchmark
    public Draft parseAndValidate() {
        return reader.read(json);
    }

    @Benchmark
    public byte[] write() {
        return NotificationJson.write(Sample.stamped(draft));
    }

    @Benchmark
    public Notification read() {
        return NotificationJson.read(stored);
    }
}
