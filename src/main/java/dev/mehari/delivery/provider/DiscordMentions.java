package dev.mehari.delivery.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.channel.Channel;
import dev.mehari.content.Card;
import dev.mehari.delivery.Envelope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whom a channel's messages may call: nobody, unless {@code mentions:} says {@code users}, {@code roles}, {@code everyone}
 * or names ids. An allowed mention in a card is repeated in the message's content, because embeds notify nobody.
 */
record DiscordMentions(Set<String> allowed) {
    private static final Pattern MENTION = Pattern.compile("<@!?(\\d{5,20})>|<@&(\\d{5,20})>|@(everyone|here)");
    private static final Pattern WORD = Pattern.compile("users|roles|everyone|\\d{5,20}");
    private static final int MOST = 100;

    static DiscordMentions of(Channel channel) {
        return new DiscordMentions(Set.copyOf(Settings.words(channel, "mentions")));
    }

    static List<String> problems(Channel channel) {
        return Settings.words(channel, "mentions").stream()
                        .allMatch(word -> WORD.matcher(word).matches())
                ? List.of()
                : List.of("mentions: a list of users, roles, everyone, or ids of users and roles.");
    }

    /** Escapes all but the mentions that are allowed. */
    UnaryOperator<String> escape() {
        return allowed.isEmpty() ? DiscordMarkdown::escape : this::escapeAround;
    }

    private String escapeAround(String text) {
        StringBuilder out = new StringBuilder();
        Matcher mention = MENTION.matcher(text);
        int at = 0;
        while (mention.find()) {
            if (allows(mention)) {
                out.append(DiscordMarkdown.escape(text.substring(at, mention.start())))
                        .append(mention.group());
                at = mention.end();
            }
        }
        return out.append(DiscordMarkdown.escape(text.substring(at))).toString();
    }

    /** The allowed mentions in the envelopes' cards, each once, in order. */
    Set<String> called(List<Envelope> envelopes) {
        Set<String> called = new LinkedHashSet<>();
        if (!allowed.isEmpty()) {
            envelopes.stream().flatMap(envelope -> texts(envelope.card())).forEach(text -> {
                Matcher mention = MENTION.matcher(text);
                while (mention.find() && called.size() < MOST) {
                    if (allows(mention)) {
                        called.add(mention.group());
                    }
                }
            });
        }
        return called;
    }

    /** The {@code allowed_mentions} of a message that calls these: nothing is parsed that was not meant. */
    ObjectNode allow(Set<String> called) {
        ObjectNode json = Json.object();
        ArrayNode parse = json.putArray("parse");
        for (String mention : called) {
            Matcher parts = MENTION.matcher(mention);
            if (!parts.matches()) {
                continue;
            }
            if (parts.group(1) != null) {
                json.withArrayProperty("users").add(parts.group(1));
            } else if (parts.group(2) != null) {
                json.withArrayProperty("roles").add(parts.group(2));
            } else if (parse.isEmpty()) {
                parse.add("everyone");
            }
        }
        return json;
    }

    private boolean allows(Matcher mention) {
        String user = mention.group(1);
        String role = mention.group(2);
        return user != null
                ? allowed.contains("users") || allowed.contains(user)
                : role != null ? allowed.contains("roles") || allowed.contains(role) : allowed.contains("everyone");
    }

    private static Stream<String> texts(Card card) {
        return Stream.concat(
                Stream.of(card.title(), card.text()).filter(text -> text != null),
                card.fields().stream().map(Card.Field::value));
    }
}
