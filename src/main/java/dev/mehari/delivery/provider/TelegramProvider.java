package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import dev.mehari.notification.Priority;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Telegram's Bot API. The channel's url is {@code https://api.telegram.org/bot<TOKEN>}; {@code chat} and {@code topic} say
 * where to. HTML mode; a text that is refused is tried once more without any. A long one becomes several messages.
 */
@Component
final class TelegramProvider implements Provider {
    /** Messages that one long text may become, unless the channel says otherwise. */
    private static final int PARTS = 10;

    private static final int FILES = 10;
    private static final long FILE_BYTES = 10L << 20;
    private static final String BETWEEN = "\n\n";
    private static final Batch BATCH = new Batch(TelegramParts.TEXT, TelegramParts.TEXT, BETWEEN.length());

    private final TelegramVerdict verdict;

    TelegramProvider(Clock clock) {
        this.verdict = new TelegramVerdict(clock);
    }

    @Override
    public String name() {
        return "telegram";
    }

    @Override
    public List<String> problems(Channel channel) {
        List<String> problems = new ArrayList<>(Settings.unknown(channel, "chat", "topic", "parts"));
        problems.addAll(Settings.orderProblems(channel));
        problems.addAll(Settings.addressProblems(channel));
        if (!channel.sandboxed()
                && problems.isEmpty()
                && !target(channel).getRawPath().matches(".*/bot[^/]+")) {
            problems.add("url: must be https://api.telegram.org/bot and the bot's token, without a method's name.");
        }
        String chat = Settings.text(channel, "chat").orElse("");
        if (!chat.matches("-?\\d+|@\\w+") && !(chat.isEmpty() && channel.sandboxed())) {
            problems.add("chat: must be the chat's number in quotes (a group's is negative) or its @name.");
        }
        Settings.text(channel, "topic")
                .filter(topic -> !topic.matches("\\d+"))
                .ifPresent(bad -> problems.add("topic: must be the topic's number."));
        Settings.text(channel, "parts")
                .filter(parts -> !parts.matches("[1-9]\\d?"))
                .ifPresent(
                        bad -> problems.add("parts: must be the number of messages a long text may become, 1 to 99."));
        return problems;
    }

    @Override
    public URI target(Channel channel) {
        String address = Settings.address(channel).toString();
        return URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
    }

    /** Texts share a message up to 4096 characters; pictures, files, plain retries and what takes several messages go alone. */
    @Override
    public int fits(Channel channel, List<Envelope> envelopes) {
        return BATCH.fits(envelopes, TelegramProvider::alone, envelope -> new TelegramText(envelope).length());
    }

    private static boolean alone(Envelope envelope) {
        return envelope.plain()
                || envelope.sent() > 0
                || CardLines.web(envelope.card().image()) != null
                || Upload.any(envelope.notification());
    }

    @Override
    public int parts(Channel channel, Envelope envelope) {
        return parts(channel, envelope, uploads(envelope)).count();
    }

    private static TelegramParts parts(Channel channel, Envelope envelope, List<Upload> uploads) {
        TelegramText text = new TelegramText(envelope, uploads);
        boolean photo = !image(envelope, uploads).isEmpty() && text.length() <= TelegramParts.CAPTION;
        int most = Settings.text(channel, "parts").map(Integer::valueOf).orElse(PARTS);
        return new TelegramParts(envelope, text, photo || !uploads.isEmpty(), most);
    }

    private static List<Upload> uploads(Envelope envelope) {
        return Upload.of(envelope.notification(), FILES, FILE_BYTES);
    }

    private static String image(Envelope envelope, List<Upload> uploads) {
        return Upload.image(envelope.card().image(), envelope.notification(), uploads);
    }

    @Override
    public ProviderRequest compose(Channel channel, List<Envelope> envelopes) {
        ObjectNode message = message(channel, envelopes);
        if (envelopes.size() > 1) {
            String together = envelopes.stream()
                    .map(each -> new TelegramText(each).html())
                    .collect(Collectors.joining(BETWEEN));
            return text(message.put("parse_mode", "HTML").put("text", together), "");
        }
        Envelope envelope = envelopes.getFirst();
        List<Upload> uploads = uploads(envelope);
        TelegramParts parts = parts(channel, envelope, uploads);
        int part = Math.min(envelope.sent(), parts.count() - 1);
        if (envelope.plain()) {
            return text(message.put("text", parts.plain(part)), "");
        }
        if (part == 0 && !uploads.isEmpty()) {
            return files(message, parts.html(part), uploads);
        }
        String image = part == 0 ? image(envelope, uploads) : "";
        message.put("parse_mode", "HTML");
        return image.isEmpty() || parts.length(part) > TelegramParts.CAPTION
                ? text(message.put("text", parts.html(part)), image)
                : json("/sendPhoto", message.put("photo", image).put("caption", parts.html(part)));
    }

    /** A picture that has too much text for a caption stands above it as the preview of its address. */
    private static ProviderRequest text(ObjectNode message, String image) {
        ObjectNode preview = message.putObject("link_preview_options");
        if (image.isEmpty()) {
            preview.put("is_disabled", true);
        } else {
            preview.put("url", image).put("prefer_large_media", true).put("show_above_text", true);
        }
        return json("/sendMessage", message);
    }

    private static ObjectNode message(Channel channel, List<Envelope> envelopes) {
        ObjectNode json = Json.object();
        String chat = Settings.text(channel, "chat").orElse("@sandbox");
        if (chat.startsWith("@")) {
            json.put("chat_id", chat);
        } else {
            json.put("chat_id", Long.parseLong(chat));
        }
        Settings.text(channel, "topic").ifPresent(topic -> json.put("message_thread_id", Long.parseLong(topic)));
        boolean silent = envelopes.stream().allMatch(each -> each.notification().priority() == Priority.LOW);
        return silent ? json.put("disable_notification", true) : json;
    }

    private static ProviderRequest json(String method, ObjectNode json) {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "User-Agent", Product.USER_AGENT);
        return new ProviderRequest("POST", method, Map.of(), headers, Json.bytes(json));
    }

    /** One file under its own method, several as a group: pictures when all are, else documents. */
    private static ProviderRequest files(ObjectNode message, String caption, List<Upload> uploads) {
        boolean pictures = uploads.stream().allMatch(Upload::image);
        String kind = pictures ? "photo" : "document";
        if (uploads.size() == 1) {
            message.put("caption", caption).put("parse_mode", "HTML");
            return multipart(pictures ? "/sendPhoto" : "/sendDocument", message, List.of(kind), uploads);
        }
        ArrayNode media = message.putArray("media");
        List<String> names = new ArrayList<>();
        for (int n = 0; n < uploads.size(); n++) {
            names.add("file" + n);
            media.addObject().put("type", kind).put("media", "attach://file" + n);
        }
        // Of a group of pictures the first caption is the album's; documents show theirs below the last.
        ((ObjectNode) media.get(pictures ? 0 : uploads.size() - 1))
                .put("caption", caption)
                .put("parse_mode", "HTML");
        return multipart("/sendMediaGroup", message, names, uploads);
    }

    private static ProviderRequest multipart(
            String method, ObjectNode message, List<String> names, List<Upload> uploads) {
        Multipart multipart = new Multipart(Json.bytes(message));
        message.fields()
                .forEachRemaining(
                        field -> multipart.field(field.getKey(), "text/plain; charset=utf-8", value(field.getValue())));
        for (int n = 0; n < uploads.size(); n++) {
            Upload upload = uploads.get(n);
            multipart.file(names.get(n), upload.name(), upload.contentType(), upload.content());
        }
        Map<String, String> headers = Map.of("Content-Type", multipart.contentType(), "User-Agent", Product.USER_AGENT);
        return new ProviderRequest("POST", method, Map.of(), headers, multipart.body());
    }

    private static byte[] value(JsonNode value) {
        return (value.isValueNode() ? value.asText() : value.toString()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Outcome judge(Channel channel, ProviderAnswer answer) {
        return verdict.of(channel, answer);
    }
}
