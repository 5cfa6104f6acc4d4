package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a Discord webhook: whatever version was configured, 10 is asked for; host and prefix are kept. */
final class DiscordAddress {
    private static final Pattern PATH =
            Pattern.compile("(.*?)/api(?:/v\\d+)?/webhooks/([\\w.-]+)/([\\w.-]+)(?:/(?:slack|github))?/?");

    private DiscordAddress() {}

    /** @throws IllegalStateException when the configured address is no webhook; the address is not in the message */
    static URI of(Channel channel) {
        URI configured = Settings.address(channel);
        Matcher path = path(configured);
        if (!path.matches()) {
            throw new IllegalStateException("The url of channel " + channel.name() + " is no Discord webhook.");
        }
        String origin = configured.getScheme() + "://" + configured.getRawAuthority();
        return URI.create(origin + path.group(1) + "/api/v10/webhooks/" + path.group(2) + "/" + path.group(3));
    }

    static List<String> problems(Channel channel) {
        List<String> problems = Settings.addressProblems(channel);
        if (channel.sandboxed() || !problems.isEmpty()) {
            return problems;
        }
        URI configured = Settings.address(channel);
        if (configured.getRawQuery() != null) {
            return List.of("url: leave out the ? and what follows; a thread's id goes into the setting thread.");
        }
        return path(configured).matches()
                ? List.of()
                : List.of("url: must be a Discord webhook as Discord's settings page gives it,"
                        + " https://discord.com/api/webhooks/ID/TOKEN.");
    }

    private static Matcher path(URI address) {
        return PATH.matcher(address.getRawPath() == null ? "" : address.getRawPath());
    }
}
