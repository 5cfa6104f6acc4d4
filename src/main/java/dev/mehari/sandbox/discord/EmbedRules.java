package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;

/** The limits of embeds, from Discord's message resource; all embeds of a message share one sum. */
final class EmbedRules {
    private static final int MOST_EMBEDS = 10;
    private static final int MOST_IN_ALL = 6000;
    private static final String ATTACHMENT = "attachment://";

    private EmbedRules() {}

    static void check(Form message, Set<String> filenames) {
        int sum = 0;
        for (Form embed : message.children("embeds", MOST_EMBEDS)) {
            sum += checkOne(embed, filenames);
        }
        if (sum > MOST_IN_ALL) {
            message.refuse("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of " + MOST_IN_ALL);
        }
    }

    private static int checkOne(Form embed, Set<String> filenames) {
        int length = embed.text("title", 256).length()
                + embed.text("description", 4096).length();
        embed.url("url", Form.WEB);
        embed.integer("color", 0xFFFFFF);
        embed.time("timestamp");
        length += checkFields(embed) + checkFooter(embed) + checkAuthor(embed);
        checkImage(embed, "image", filenames);
        checkImage(embed, "thumbnail", filenames);
        boolean shows = Stream.of("title", "description", "image", "thumbnail", "footer", "author")
                        .anyMatch(embed::has)
                || !embed.raw("fields").isEmpty();
        if (!shows) {
            embed.refuse("description", "BASE_TYPE_REQUIRED", "This field is required");
        }
        return length;
    }

    private static int checkFields(Form embed) {
        int length = 0;
        for (Form field : embed.children("fields", 25)) {
            length += field.required("name", 256).length()
                    + field.required("value", 1024).length();
            field.bool("inline");
        }
        return length;
    }

    private static int checkFooter(Form embed) {
        if (!embed.has("footer")) {
            return 0;
        }
        Form footer = embed.child("footer");
        footer.url("icon_url", Form.WEB_OR_ATTACHMENT);
        return embed.raw("footer").isObject() ? footer.required("text", 2048).length() : 0;
    }

    private static int checkAuthor(Form embed) {
        if (!embed.has("author")) {
            return 0;
        }
        Form author = embed.child("author");
        author.url("url", Form.WEB);
        author.url("icon_url", Form.WEB_OR_ATTACHMENT);
        return embed.raw("author").isObject() ? author.required("name", 256).length() : 0;
    }

    private static void checkImage(Form embed, String name, Set<String> filenames) {
        Form image = embed.child(name);
        image.url("url", Form.WEB_OR_ATTACHMENT);
        JsonNode url = image.raw("url");
        if (url.asText().startsWith(ATTACHMENT)
                && !filenames.contains(url.asText().substring(ATTACHMENT.length()))) {
            image.refuse("url", "ATTACHMENT_NOT_FOUND", "Attachment data not found");
        }
    }
}
