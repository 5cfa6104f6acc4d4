package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.problem.Problem;
import dev.mehari.reload.Change;
import dev.mehari.reload.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EditableChannelsTest {
    private static final ChannelRules RULES = new ChannelRules() {
        @Override
        public Set<String> providers() {
            return Set.of("discord");
        }

        @Override
        public List<String> problems(Channel channel) {
            return List.of();
        }
    };

    private final Channels channels = new Channels();
    private Map<String, String> named = Map.of();
    private final EditableChannels files =
            new EditableChannels(channels, new ChannelsFile(RULES, UnaryOperator.identity(), "admin"), () -> named);

    @Test
    void edit_isPutInPlaceOnlyWhenApplied() throws Exception {
        var change = prepare("admin", "trades");
        assertThat(channels.all()).isEmpty();

        ((Change.Ready) change).application().apply();

        assertThat(channels.all()).containsOnlyKeys("admin", "trades");
    }

    @Test
    void channelThatRoutesSendTo_mayNotGo() {
        named = Map.of("signal", "routes/routing.yaml line 23");

        assertThat(prepare("admin", "signal")).isInstanceOf(Change.Ready.class);
        assertThat(prepare("admin"))
                .isEqualTo(Change.refused(List.of(Problem.of(
                        "config/channels.yaml",
                        "The channel 'signal' is gone, but routes/routing.yaml line 23 sends to it:"
                                + " take it out there first, or put the channel back."))));
    }

    private Change prepare(String... names) {
        var text = new StringBuilder("channels:\n");
        for (var name : names) {
            text.append("  ").append(name).append(":\n    provider: discord\n");
        }
        return files.prepare(Snapshot.of(Map.of("config/channels.yaml", text.toString())));
    }
}
