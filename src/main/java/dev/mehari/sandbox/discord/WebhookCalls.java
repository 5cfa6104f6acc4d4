package dev.mehari.sandbox.discord;

import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Request;
import dev.mehari.sandbox.Violations;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls of a webhook that exists, by a caller that may make them: their form, their emptiness, their effect. */
final class WebhookCalls {
    private static final long LARGEST_REQUEST = 25L << 20;
    private static final long LARGEST_FILE = 10L << 20;
    private static final Set<String> YES = Set.of("true", "True", "1");

    private final DiscordMessages messages;
    private final Violations violations;

    WebhookCalls(DiscordMessages messages, Violations violations) {
        this.messages = messages;
        this.violations = violations;
    }

    Answer answer(Request request, DiscordPath path, DiscordWebhook webhook) {
        return path.message() == null
                ? toWebhook(request, path, webhook)
                : toMessage(request, path, webhook, path.message());
    }

    private Answer toWebhook(Request request, DiscordPath path, DiscordWebhook webhook) {
        return switch (request.method()) {
            case "GET", "PATCH" -> DiscordAnswers.ok(webhook.json());
            case "DELETE" -> DiscordAnswers.noContent();
            case "POST" -> execute(request, path, webhook);
            default -> DiscordAnswers.error(405, 0, "405: Method Not Allowed");
        };
    }

    private Answer toMessage(Request request, DiscordPath path, DiscordWebhook webhook, String id) {
        Optional<InboxMessage> message = messages.find(webhook, id);
        if (message.isEmpty()) {
            return DiscordAnswers.error(404, 10008, "Unknown Message");
        }
        return switch (request.method()) {
            case "GET" -> DiscordAnswers.ok(messages.json(webhook, message.get(), request.json()));
            case "PATCH" ->
                checked(
                        request,
                        path,
                        webhook,
                        form -> DiscordAnswers.ok(messages.edit(webhook, message.get(), form.payload())));
            case "DELETE" -> {
                messages.remove(message.get());
                yield DiscordAnswers.noContent();
            }
            default -> DiscordAnswers.error(405, 0, "405: Method Not Allowed");
        };
    }

    private Answer execute(Request request, DiscordPath path, DiscordWebhook webhook) {
        boolean wait = YES.contains(request.query().getOrDefault("wait", "false"));
        return checked(request, path, webhook, form -> {
            if (isEmpty(request, form)) {
                return DiscordAnswers.error(400, 50006, "Cannot send an empty message");
            }
            Optional<Answer> thread = wrongThread(request, webhook, form);
            if (thread.isPresent()) {
                return thread.get();
            }
            var message = messages.add(webhook, form, request);
            return wait ? DiscordAnswers.ok(message) : DiscordAnswers.noContent();
        });
    }

    private interface Step {
        Answer take(DiscordForm form);
    }

    private Answer checked(Request request, DiscordPath path, DiscordWebhook webhook, Step next) {
        if (request.body().length > LARGEST_REQUEST) {
            return DiscordAnswers.error(413, 40005, "Request entity too large");
        }
        DiscordForm form;
        try {
            form = DiscordForm.read(request);
        } catch (DiscordForm.Unreadable unreadable) {
            return DiscordAnswers.error(400, 50109, "The request body contains invalid JSON.");
        } catch (DiscordForm.UnknownType unknown) {
            return DiscordAnswers.invalidForm(contentType(), path.old());
        }
        FormErrors errors = errors(form);
        if (!errors.isEmpty()) {
            return DiscordAnswers.invalidForm(errors, path.old());
        }
        if (form.files().size() > 10) {
            return DiscordAnswers.error(400, 30015, "Maximum number of attachments in a message reached (10)");
        }
        if (form.files().stream().anyMatch(file -> file.bytes().length > LARGEST_FILE)) {
            return DiscordAnswers.error(413, 40005, "Request entity too large");
        }
        if (HalfCharacters.in(form.payload())) {
            violations.add(webhook.channel(), "half-character", "a surrogate without its other half");
        }
        return next.take(form);
    }

    private static FormErrors errors(DiscordForm form) {
        if (form.payload().isObject()) {
            return MessageRules.check(form);
        }
        FormErrors errors = new FormErrors();
        errors.add(List.of(), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return errors;
    }

    private static FormErrors contentType() {
        FormErrors errors = new FormErrors();
        errors.add(
                List.of(),
                "CONTENT_TYPE_INVALID",
                "Expected \"Content-Type\" header to be one of "
                        + "{'application/x-www-form-urlencoded', 'application/json', 'multipart/form-data'}.");
        return errors;
    }

    private static boolean isEmpty(Request request, DiscordForm form) {
        var payload = form.payload();
        boolean components = YES.contains(request.query().getOrDefault("with_components", "false"))
                && !payload.path("components").isEmpty();
        return payload.path("content").asText("").isBlank()
                && payload.path("embeds").isEmpty()
                && form.files().isEmpty()
                && !payload.path("poll").isObject()
                && !components;
    }

    private static Optional<Answer> wrongThread(Request request, DiscordWebhook webhook, DiscordForm form) {
        boolean named = !form.payload().path("thread_name").asText("").isBlank();
        boolean numbered = request.query().containsKey("thread_id");
        if (webhook.forum() && named == numbered) {
            return Optional.of(
                    named
                            ? DiscordAnswers.error(
                                    400,
                                    220002,
                                    "Webhooks posted to forum channels cannot have both a thread_name and thread_id")
                            : DiscordAnswers.error(
                                    400,
                                    220001,
                                    "Webhooks posted to forum channels must have a thread_name or thread_id"));
        }
        return !webhook.forum() && named
                ? Optional.of(DiscordAnswers.error(400, 220003, "Webhooks can only create threads in forum channels"))
                : Optional.empty();
    }
}
