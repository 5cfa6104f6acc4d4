package dev.mehari.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;

/** The limits of Slack's blocks, from its block reference. Slack answers {@code invalid_blocks} and says no more. */
final class BlockRules {
    private BlockRules() {}

    static boolean hold(JsonNode blocks) {
        if (!blocks.isArray() || blocks.size() > 50) {
            return false;
        }
        return blocks.valueStream().allMatch(BlockRules::holdsFor);
    }

    private static boolean holdsFor(JsonNode block) {
        if (block.path("block_id").asText("").length() > 255) {
            return false;
        }
        return switch (block.path("type").asText("")) {
            case "header" ->
                text(block.path("text"), 150) && block.at("/text/type").asText().equals("plain_text");
            case "section" -> section(block);
            case "context" ->
                block.path("elements").isArray()
                        && !block.path("elements").isEmpty()
                        && block.path("elements").size() <= 10;
            case "image" -> filled(block.path("image_url"), 3000) && filled(block.path("alt_text"), 2000);
            case "actions" ->
                block.path("elements").isArray() && block.path("elements").size() <= 25;
            case "markdown" -> filled(block.path("text"), 12_000);
            case "divider", "rich_text", "video", "input", "file" -> true;
            default -> false;
        };
    }

    private static boolean section(JsonNode block) {
        JsonNode fields = block.path("fields");
        boolean said = block.has("text") || !fields.isEmpty();
        return said
                && (!block.has("text") || text(block.path("text"), 3000))
                && fields.size() <= 10
                && fields.valueStream().allMatch(field -> text(field, 2000));
    }

    private static boolean text(JsonNode text, int most) {
        String type = text.path("type").asText("");
        return (type.equals("mrkdwn") || type.equals("plain_text")) && filled(text.path("text"), most);
    }

    private static boolean filled(JsonNode text, int most) {
        return text.isTextual() && !text.asText().isEmpty() && text.asText().length() <= most;
    }
}
