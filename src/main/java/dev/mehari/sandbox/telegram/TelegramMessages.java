package dev.mehari.sandbox.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.sandbox.telegram.TelegramAnswers.Refused;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** What Telegram tells of the messages it took. */
final class TelegramMessages {
    private final AtomicLong ids = new AtomicLong();
    private final Clock clock;

    TelegramMessages(Clock clock) {
        this.clock = clock;
    }

    ArrayNode album(String bot, String chat, int count) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < count; i++) {
            messages.add(head(bot, chat));
        }
        return messages;
    }

    ObjectNode message(String bot, String chat, TelegramCall call) throws Refused {
        ObjectNode message = head(bot, chat);
        for (String name : new String[] {"text", "caption"}) {
            if (!call.get(name).isEmpty()) {
                message.put(
                        name,
                        TelegramEntities.plain(call.get(name), call.get("parse_mode"))
                                .strip());
            }
        }
        return message;
    }

    private ObjectNode head(String bot, String chat) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("message_id", ids.incrementAndGet());
        message.set("from", bot(bot));
        ObjectNode to = message.putObject("chat");
        if (chat.startsWith("@")) {
            to.put("id", -1000000000000L - Integer.toUnsignedLong(chat.hashCode()))
                    .put("username", chat.substring(1));
        } else {
            to.put("id", Long.parseLong(chat));
        }
        to.put("type", chat.startsWith("-100") ? "supergroup" : chat.startsWith("-") ? "group" : "private");
        return message.put("date", clock.instant().getEpochSecond());
    }

    static ObjectNode bot(String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", Long.parseLong(id))
                .put("is_bot", true)
                .put("first_name", "Sandbox")
                .put("username", "sandbox_bot");
    }
}
