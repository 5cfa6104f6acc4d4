package dev.mehari.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private final Channels channels = new Channels();
    private final List<Set<String>> heard = new ArrayList<>();

    @Test
    void refusedConfiguration_isPutBackWithEveryListener_evenWhenOneFailsAtThat() throws Exception {
        channels.replace(Map.of("admin", SampleChannels.ordered("admin", 1)));
        channels.listen((before, now) -> {
            if (!now.containsKey("admin") || before.size() > 1) {
                throw new IllegalStateException("never content");
            }
        });
        channels.listen((before, now) -> heard.add(now.keySet()));
        channels.listen((before, now) -> {
            if (now.containsKey("trades")) {
                throw new IllegalArgumentException("no trades here");
            }
        });

        assertThatThrownBy(() -> channels.replace(Map.of(
                        "admin", SampleChannels.ordered("admin", 1), "trades", SampleChannels.ordered("trades", 1))))
                .hasMessage("no trades here")
                .satisfies(refused -> assertThat(refused.getSuppressed()).hasSize(1));
        assertThat(channels.all()).containsOnlyKeys("admin");
        assertThat(heard).last().isEqualTo(Set.of("admin"));
    }

    @Test
    void unknownChannel_isSaid() {
        assertThatThrownBy(() -> channels.get("nowhere")).isInstanceOf(UnknownChannel.class);
    }
}
