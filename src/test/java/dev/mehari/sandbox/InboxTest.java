package dev.mehari.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboxTest {
    private int number;

    @Test
    void channel_keepsItsNewest() {
        Inbox inbox = new Inbox(2, 1 << 20);
        for (int i = 0; i < 5; i++) {
            inbox.add(message("trades", 10));
        }
        inbox.add(message("alertes", 10));

        assertThat(inbox.messages("trades")).extracting(InboxMessage::id).containsExactly("5", "4");
        assertThat(inbox.messages()).extracting(InboxMessage::id).containsExactly("6", "5", "4");
        assertThat(inbox.received()).containsEntry("trades", 5L).containsEntry("alertes", 1L);
    }

    @Test
    void memory_isBoundOverAllChannels() {
        Inbox inbox = new Inbox(100, 100_000);
        for (int i = 0; i < 10; i++) {
            inbox.add(message("channel-" + i % 3, 30_000));
        }
        assertThat(inbox.messages()).extracting(InboxMessage::id).containsExactly("10", "9", "8");
    }

    @Test
    void names_mayNotFillTheMemory() {
        Inbox inbox = new Inbox(100, 64 << 20);
        for (int i = 0; i < 1500; i++) {
            inbox.add(message("channel-" + i, 0));
        }
        assertThat(inbox.received()).hasSize(1000).containsKey("channel-1499").doesNotContainKey("channel-0");
    }

    @Test
    void oneChannel_isEmptiedAlone() {
        Inbox inbox = new Inbox(100, 1 << 20);
        inbox.add(message("trades", 0));
        inbox.add(message("alertes", 0));
        inbox.clear("trades");

        assertThat(inbox.messages()).extracting(InboxMessage::channel).containsExactly("alertes");
    }

    @Test
    void watcher_seesUntilItIsClosed() {
        Inbox inbox = new Inbox(100, 1 << 20);
        List<String> seen = new ArrayList<>();
        try (var watching = inbox.watch(message -> seen.add(message.id()))) {
            inbox.add(message("trades", 0));
        }
        inbox.add(message("trades", 0));

        assertThat(seen).containsExactly("1");
    }

    private InboxMessage message(String channel, int fileSize) {
        number++;
        return new InboxMessage(
                Integer.toString(number),
                channel,
                "discord",
                Instant.ofEpochSecond(number),
                null,
                "",
                JsonNodeFactory.instance.arrayNode(),
                List.of(new InboxMessage.File("a", "b", new byte[fileSize])),
                Map.of(),
                new InboxMessage.Raw("POST", "/", Map.of(), "", 0));
    }
}
