package dev.mehari.delivery.provider;

import dev.mehari.channel.Channel;
import dev.mehari.channel.ChannelRules;
import dev.mehari.delivery.Provider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the providers of this package know about channels, asked without a gateway. */
public final class KnownProviders {
    private KnownProviders() {}

    /** The rules of {@code channels.yaml}, as a running gateway applies them. */
    public static ChannelRules rules(Clock clock) {
        var discord = new DiscordProvider(clock, Duration.ofMinutes(10));
        return new Rules(List.of(
                discord,
                new SandboxProvider(discord),
                new EmailProvider(clock),
                new NtfyProvider(clock),
                new SlackProvider(clock),
                new TelegramProvider(clock),
                new WebhookProvider(clock)));
    }

    private record Rules(Map<String, Provider> byName) implements ChannelRules {
        Rules(List<Provider> all) {
            this(all.stream().collect(Collectors.toMap(Provider::name, Function.identity())));
        }

        @Override
        public Set<String> providers() {
            return byName.keySet();
        }

        @Override
        public List<String> problems(Channel channel) {
            var provider = byName.get(channel.provider());
            return provider == null ? List.of() : provider.problems(channel);
        }
    }
}
