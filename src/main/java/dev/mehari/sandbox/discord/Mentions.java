package dev.mehari.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whom a message really calls: what its content mentions and {@code allowed_mentions} allows; without that, users only. */
final class Mentions {
    private static final Pattern USER = Pattern.compile("<@!?(\\d{1,20})>");
    private static final Pattern ROLE = Pattern.compile("<@&(\\d{1,20})>");

    private Mentions() {}

    static void write(JsonNode payload, ObjectNode message) {
        String content = payload.path("content").asText("");
        JsonNode allowed = payload.path("allowed_mentions");
        boolean everyone =
                allows(allowed, "everyone", "") && (content.contains("@everyone") || content.contains("@here"));
        message.put("mention_everyone", everyone);
        var users = message.putArray("mentions");
        for (String user : found(USER, content)) {
            if (allows(allowed, "users", user)) {
                users.addObject().put("id", user).put("username", "user" + user);
            }
        }
        var roles = message.putArray("mention_roles");
        found(ROLE, content).stream()
                .filter(role -> allows(allowed, "roles", role))
                .forEach(roles::add);
    }

    private static boolean allows(JsonNode allowed, String kind, String id) {
        if (!allowed.isObject()) {
            return kind.equals("users");
        }
        Set<String> parsed = texts(allowed.path("parse"));
        return parsed.contains(kind) || texts(allowed.path(kind)).contains(id);
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static Set<String> found(Pattern pattern, String content) {
        Set<String> ids = new TreeSet<>();
        Matcher matcher = pattern.matcher(content);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }
}
