package dev.mehari.sandbox.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.sandbox.Answer;

/** Telegram's answers; the HTTP status is always the error code. */
final class TelegramAnswers {
    private TelegramAnswers() {}

    /** Something in the call that Telegram refuses with 400. */
    static final class Refused extends Exception {
        Refused(String description) {
            super("Bad Request: " + description);
        }
    }

    static Answer ok(JsonNode result) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("ok", true);
        body.set("result", result);
        return Answer.json(200, body);
    }

    static Answer error(int code, String description) {
        return Answer.json(code, body(code, description));
    }

    static Answer tooMany(long seconds, String header) {
        ObjectNode body = body(429, "Too Many Requests: retry after " + seconds);
        body.putObject("parameters").put("retry_after", seconds);
        return Answer.json(429, body).with("Retry-After", header);
    }

    static Answer migrated(long chat) {
        ObjectNode body = body(400, "Bad Request: group chat was upgraded to a supergroup chat");
        body.putObject("parameters").put("migrate_to_chat_id", chat);
        return Answer.json(400, body);
    }

    private static ObjectNode body(int code, String description) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ok", false)
                .put("error_code", code)
                .put("description", description);
    }
}
