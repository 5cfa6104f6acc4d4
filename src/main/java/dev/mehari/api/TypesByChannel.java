package dev.mehari.api;

import dev.mehari.content.ContentLibrary;
import dev.mehari.content.MessageType;
import dev.mehari.notification.Notification;
import dev.mehari.notification.NotificationIds;
import dev.mehari.reload.FileState;
import dev.mehari.reload.Reloader;
import dev.mehari.routing.Explain;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which types of {@code config/types.yaml} go to which channel: each type's sample is sent through the router for show. Worked
 * out once for each state of the operators' files. Thread-safe.
 */
@Component
class TypesByChannel {
    private final ContentLibrary content;
    private final Explain explain;
    private final Reloader reloader;
    private final NotificationIds ids;
    private final Clock clock;
    private Map<String, String> knownOf = Map.of();
    private Map<String, List<String>> known = Map.of();

    TypesByChannel(ContentLibrary content, Explain explain, Reloader reloader, NotificationIds ids, Clock clock) {
        this.content = content;
        this.explain = explain;
        this.reloader = reloader;
        this.ids = ids;
        this.clock = clock;
    }

    /** Types in the order of their file; a channel that none goes to is not there. */
    synchronized Map<String, List<String>> now() {
        var files = reloader.states().stream().collect(Collectors.toMap(FileState::path, FileState::hash));
        if (!files.equals(knownOf)) {
            known = ask();
            knownOf = files;
        }
        return known;
    }

    private Map<String, List<String>> ask() {
        var found = new TreeMap<String, List<String>>();
        for (var type : content.types().all()) {
            for (var channel : explain.channels(sample(type))) {
                found.computeIfAbsent(channel, name -> new ArrayList<>()).add(type.name());
            }
        }
        return found;
    }

    private Notification sample(MessageType type) {
        var id = ids.next();
        var now = clock.instant();
        var sample = type.example(id, now);
        return sample == null
                ? new Notification(
                        id,
                        type.name(),
                        null,
                        null,
                        Map.of(),
                        type.priority(),
                        null,
                        "sample",
                        id,
                        null,
                        now,
                        null,
                        List.of())
                : sample;
    }
}
