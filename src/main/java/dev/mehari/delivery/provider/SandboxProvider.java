package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import dev.mehari.delivery.Envelope;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.Provider;
import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** For channels that are to stay in the sandbox: speaks as Discord does, and refuses an address. */
@Component
final class SandboxProvider implements Provider {
    private final DiscordProvider discord;

    SandboxProvider(DiscordProvider discord) {
        this.discord = discord;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public List<String> problems(Channel channel) {
        List<String> problems = new ArrayList<>(discord.problems(channel));
        if (!channel.sandboxed()) {
            problems.add("url: a sandbox channel has none; leave it empty or name the real provider.");
        }
        return problems;
    }

    @Override
    public URI target(Channel channel) {
        return discord.target(channel);
    }

    @Override
    public int fits(Channel channel, List<Envelope> envelopes) {
        return discord.fits(channel, envelopes);
    }

    @Override
    public ProviderRequest compose(Channel channel, List<Envelope> envelopes) {
        return discord.compose(channel, envelopes);
    }

    @Override
    public Outcome judge(Channel channel, ProviderAnswer answer) {
        return discord.judge(channel, answer);
    }
}
