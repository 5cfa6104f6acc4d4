package dev.mehari.channel;

import dev.mehari.problem.Problem;
import dev.mehari.reload.Change;
import dev.mehari.reload.EditableFiles;
import dev.mehari.reload.Snapshot;
import java.util.List;

/** {@code config/channels.yaml} as a file that is edited while the gateway runs. */
class EditableChannels implements EditableFiles {
    static final String FILE = "config/channels.yaml";

    private final Channels channels;
    private final ChannelsFile reader;

    EditableChannels(Channels channels, ChannelsFile reader) {
        this.channels = channels;
        this.reader = reader;
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
            return Change.refused(List.of(
                    Problem.of(FILE, "The file is missing; the channels stay as they were. Put it back to change them.")));
        }
        var result = reader.read(FILE, text);
        return result.problems().isEmpty()
                ? Change.ready(() -> channels.replace(result.channels()))
                : Change.refused(result.problems());
    }

    @Override
    public int order() {
        return 200;
    }
}
