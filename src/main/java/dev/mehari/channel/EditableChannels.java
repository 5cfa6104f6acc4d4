package dev.mehari.channel;

import dev.mehari.problem.Problem;
import dev.mehari.reload.Change;
import dev.mehari.reload.ChannelsNamed;
import dev.mehari.reload.EditableFiles;
import dev.mehari.reload.Snapshot;
import java.util.List;
import java.util.Set;

/** {@code config/channels.yaml} as a file that is edited while the gateway runs. */
class EditableChannels implements EditableFiles {
    static final String FILE = "config/channels.yaml";

    private final Channels channels;
    private final ChannelsFile reader;
    private final ChannelsNamed routes;

    EditableChannels(Channels channels, ChannelsFile reader, ChannelsNamed routes) {
        this.channels = channels;
        this.reader = reader;
        this.routes = routes;
    }

    @Override
    public String name() {
        return "channels";
    }

    @Override
    public boolean covers(String path) {
        return path.equals(FILE);
    }

    @Override
    public Change prepare(Snapshot files) {
        var text = files.text(FILE);
        if (text == null) {
            return Change.refused(List.of(Problem.of(
                    FILE, "The file is missing; the channels stay as they were. Put it back to change them.")));
        }
        var result = reader.read(FILE, text);
        if (!result.problems().isEmpty()) {
            return Change.refused(result.problems());
        }
        var missed = missed(result.channels().keySet());
        return missed.isEmpty() ? Change.ready(() -> channels.replace(result.channels())) : Change.refused(missed);
    }

    /** A channel that routes send to may not go: each message for it would fail. */
    private List<Problem> missed(Set<String> present) {
        return routes.channelsNamed().entrySet().stream()
                .filter(named -> !present.contains(named.getKey()))
                .map(named -> Problem.of(
                        FILE,
                        "The channel '" + named.getKey() + "' is gone, but " + named.getValue()
                                + " sends to it: take it out there first, or put the channel back."))
                .toList();
    }

    @Override
    public int order() {
        return 200;
    }
}
