package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Discord's Execute Webhook, version 10 whatever version the configured address has (the unversioned one that Discord
 * hands out is 6). Rules from discord-api-docs: resources/webhook.mdx, topics/rate-limits.mdx.
 */
@Component
final class DiscordProvider implements Provider {
    private static final String USER_AGENT = "DiscordBot (https://github.com/mehari, " + Product.VERSION + ")";
    private static final Batch BATCH = new Batch(10, DiscordEmbed.TOTAL, 0);
    private static final int CONTENT = 2000;
    private static final int FILES = 10;
    private static final long FILE_BYTES = 10L << 20;

    private final DiscordVerdict verdict;

    /** @param ban how long a host that has shut us out is left alone */
    DiscordProvider(Clock clock, @Value("${mehari.delivery.host-ban:10m}") Duration ban) {
        this.verdict = new DiscordVerdict(clock, ban);
    }

    @Override
    public String name() {
        return "discord";
    }

    @Override
    public List<String> problems(Channel channel) {
        List<String> problems = new ArrayList<>(Settings.unknown(channel, "username", "avatar", "thread", "mentions"));
        problems.addAll(Settings.orderProblems(channel));
        problems.addAll(DiscordAddress.problems(channel));
        problems.addAll(DiscordMentions.problems(channel));
        Settings.text(channel, "username")
                .filter(name -> DiscordName.of(name).isEmpty())
                .ifPresent(refused ->
                        problems.add("username: Discord refuses names with discord, clyde, everyone or here in them."));
        Settings.text(channel, "avatar")
                .filter(avatar -> CardLines.web(avatar) == null)
                .ifPresent(bad -> problems.add("avatar: must be the http(s) address of a picture."));
        Settings.text(channel, "thread")
                .filter(thread -> !thread.matches("\\d+"))
                .ifPresent(bad -> problems.add("thread: must be the thread's id, a number in quotes."));
        return problems;
    }

    @Override
    public URI target(Channel channel) {
        return DiscordAddress.of(channel);
    }

    /** Plain retries and messages with files go alone; what has no files shares a message up to 10 embeds and 6000 characters. */
    @Override
    public int fits(Channel channel, List<Envelope> envelopes) {
        var escape = DiscordMentions.of(channel).escape();
        return BATCH.fits(
                envelopes,
                envelope -> envelope.plain() || Upload.any(envelope.notification()),
                envelope -> DiscordEmbed.of(envelope, escape, List.of()).size());
    }

    @Override
    public ProviderRequest compose(Channel channel, List<Envelope> envelopes) {
        DiscordMentions mentions = DiscordMentions.of(channel);
        Set<String> called = mentions.called(envelopes);
        ObjectNode json = Json.object();
        Settings.text(channel, "username").flatMap(DiscordName::of).ifPresent(name -> json.put("username", name));
        Settings.text(channel, "avatar").ifPresent(avatar -> json.put("avatar_url", avatar));
        json.set("allowed_mentions", mentions.allow(called));
        Envelope first = envelopes.getFirst();
        if (first.plain()) {
            json.put("content", plain(first, mentions));
            return request(channel, json, List.of());
        }
        if (!called.isEmpty()) {
            json.put("content", Cut.to(CONTENT, String.join(" ", called)));
        }
        List<Upload> uploads = Upload.of(first.notification(), FILES, FILE_BYTES);
        embeds(json.putArray("embeds"), envelopes, mentions, uploads);
        return request(channel, json, uploads);
    }

    /** Of embeds with one address Discord shows the first alone, so a repeated address is left out. */
    private static void embeds(
            ArrayNode embeds, List<Envelope> envelopes, DiscordMentions mentions, List<Upload> uploads) {
        Set<String> links = new HashSet<>();
        for (Envelope envelope : envelopes) {
            ObjectNode embed =
                    DiscordEmbed.of(envelope, mentions.escape(), uploads).json();
            if (embed.has("url") && !links.add(embed.get("url").textValue())) {
                embed.remove("url");
            }
            embeds.add(embed);
        }
    }

    private static String plain(Envelope envelope, DiscordMentions mentions) {
        String text = mentions.escape().apply(String.join("\n", CardLines.of(envelope)));
        String note = DiscordMarkdown.escape(Cut.note(envelope));
        return Cut.to(CONTENT, text, DiscordMarkdown::splits, note);
    }

    private static ProviderRequest request(Channel channel, ObjectNode json, List<Upload> uploads) {
        Map<String, String> query = new TreeMap<>(Map.of("wait", "true"));
        Settings.text(channel, "thread").ifPresent(thread -> query.put("thread_id", thread));
        if (uploads.isEmpty()) {
            Map<String, String> headers = Map.of("Content-Type", "application/json", "User-Agent", USER_AGENT);
            return new ProviderRequest("POST", "", query, headers, Json.bytes(json));
        }
        ArrayNode attachments = json.putArray("attachments");
        for (int n = 0; n < uploads.size(); n++) {
            attachments.addObject().put("id", n).put("filename", uploads.get(n).name());
        }
        byte[] payload = Json.bytes(json);
        Multipart multipart = new Multipart(payload).field("payload_json", "application/json", payload);
        for (int n = 0; n < uploads.size(); n++) {
            Upload upload = uploads.get(n);
            multipart.file("files[" + n + "]", upload.name(), upload.contentType(), upload.content());
        }
        Map<String, String> headers = Map.of("Content-Type", multipart.contentType(), "User-Agent", USER_AGENT);
        return new ProviderRequest("POST", "", query, headers, multipart.body());
    }

    /** A webhook tells its Discord channel to whom has its token. */
    @Override
    public Optional<ProviderRequest> enquiry() {
        return Optional.of(new ProviderRequest("GET", "", Map.of(), Map.of("User-Agent", USER_AGENT), new byte[0]));
    }

    @Override
    public Outcome judge(Channel channel, ProviderAnswer answer) {
        return verdict.of(channel, answer);
    }
}
