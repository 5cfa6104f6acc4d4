package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The form of a webhook's message and its limits, from Discord's webhook and message resources. */
final class MessageRules {
    static final int COMPONENTS_V2 = 32768;
    private static final Set<String> MENTIONS = Set.of("roles", "users", "everyone");

    private MessageRules() {}

    static FormErrors check(DiscordForm form) {
        FormErrors errors = new FormErrors();
        Form message = new Form(form.payload(), errors, List.of());
        message.text("content", 2000);
        checkUsername(message);
        message.url("avatar_url", Form.WEB);
        message.bool("tts");
        message.integer("flags", Integer.MAX_VALUE);
        message.text("thread_name", 100);
        message.list("applied_tags", 5);
        message.list("components", 40);
        EmbedRules.check(message, form.filenames());
        checkMentions(message);
        checkAttachments(message, form);
        checkComponentsV2(message, form);
        return errors;
    }

    private static void checkUsername(Form message) {
        if (!message.raw("username").isTextual()) {
            message.text("username", 80);
            return;
        }
        String name = message.raw("username").asText().strip();
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > 80) {
            message.refuse("username", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 80 in length.");
        }
        for (String word : List.of("discord", "clyde")) {
            if (lower.contains(word)) {
                message.refuse("username", "USERNAME_INVALID_CONTAINS", "Username cannot contain \"" + word + "\"");
            }
        }
        if (Set.of("here", "everyone").contains(lower)) {
            message.refuse("username", "USERNAME_INVALID", "Username cannot be \"" + lower + "\"");
        }
    }

    private static void checkMentions(Form message) {
        Form mentions = message.child("allowed_mentions");
        Set<String> parsed = mentions.list("parse", MENTIONS.size())
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        if (!MENTIONS.containsAll(parsed)) {
            mentions.refuse("parse", "BASE_TYPE_CHOICES", "Value must be one of ('roles', 'users', 'everyone').");
        }
        mentions.bool("replied_user");
        for (String kind : List.of("users", "roles")) {
            if (!mentions.list(kind, 100).isEmpty() && parsed.contains(kind)) {
                message.refuse(
                        "allowed_mentions",
                        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                        "parse:[\"" + kind + "\"] and " + kind + ": [ids...] are mutually exclusive.");
            }
        }
    }

    private static void checkAttachments(Form message, DiscordForm form) {
        for (Form attachment : message.children("attachments", 10)) {
            attachment.text("filename", 1024);
            attachment.text("description", 1024);
            if (!form.fileNumbers().contains(attachment.raw("id").asText())) {
                attachment.refuse("", "ATTACHMENT_NOT_FOUND", "Attachment data not found");
            }
        }
    }

    private static void checkComponentsV2(Form message, DiscordForm form) {
        if ((message.raw("flags").asInt() & COMPONENTS_V2) == 0) {
            return;
        }
        for (String legacy : List.of("content", "embeds", "poll")) {
            if (message.has(legacy)) {
                message.refuse(
                        legacy,
                        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                        "The '" + legacy + "' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
            }
        }
    }
}
