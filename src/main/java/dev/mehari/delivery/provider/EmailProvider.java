package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Mail, as one message of type {@code message/rfc822}: over SMTP to {@code smtp://user:password@host:587} (STARTTLS) or
 * {@code smtps://...:465}, over HTTP to the sandbox. The {@code Message-ID} is the same for every attempt, so that a
 * mailbox can tell a duplicate.
 */
@Component
final class EmailProvider implements Provider {
    private static final Pattern SMTP = Pattern.compile("smtps?://(?:[^/?#\\s@]+@)?[^/?#\\s@]+/?");
    private static final Pattern QUEUED = Pattern.compile("queued as (\\S+)");

    private final Verdict verdict;

    EmailProvider(Clock clock) {
        this.verdict = new Verdict(clock);
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public List<String> problems(Channel channel) {
        List<String> problems = new ArrayList<>(Settings.unknown(channel, "from", "to", "tls"));
        if (!channel.sandboxed()
                && (!SMTP.matcher(channel.url().reveal()).matches()
                        || host(channel).isEmpty())) {
            problems.add("url: must be smtp://user:password@host:587 or smtps://user:password@host:465,"
                    + " with special characters of the password percent-encoded.");
        }
        problems.addAll(EmailAddresses.problems(channel));
        if (!Settings.text(channel, "tls").orElse("starttls").matches("starttls|none")) {
            problems.add("tls: must be starttls, or none for a server that is reached without leaving this machine.");
        }
        return problems;
    }

    private static String host(Channel channel) {
        try {
            String host = URI.create(channel.url().reveal()).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException notAnAddress) {
            return "";
        }
    }

    @Override
    public URI target(Channel channel) {
        if (!channel.url().reveal().startsWith("smtp")) {
            return Settings.address(channel);
        }
        String address = channel.url().reveal().replaceFirst("/$", "");
        boolean open = Settings.text(channel, "tls").orElse("").equals("none");
        if (host(channel).isEmpty()) {
            throw new IllegalStateException("The url of channel " + channel.name() + " is no mail server's address.");
        }
        return URI.create(open ? address + "?tls=none" : address);
    }

    @Override
    public ProviderRequest compose(Channel channel, List<Envelope> envelopes) {
        byte[] letter = new EmailLetter(EmailAddresses.of(channel), envelopes.getFirst()).write();
        Map<String, String> headers = Map.of("Content-Type", "message/rfc822", "User-Agent", Product.USER_AGENT);
        return new ProviderRequest("POST", "", Map.of(), headers, letter);
    }

    @Override
    public Outcome judge(Channel channel, ProviderAnswer answer) {
        Outcome outcome = verdict.of(channel, answer, answer.text());
        Matcher queued = QUEUED.matcher(answer.text());
        return outcome instanceof Outcome.Delivered && queued.find() ? new Outcome.Delivered(queued.group(1)) : outcome;
    }
}
