package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.channel.ChannelRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All providers by name. Immutable. */
class Providers implements ChannelRules {
    private final Map<String, Provider> byName;

    Providers(List<Provider> providers) {
        this.byName = providers.stream().collect(Collectors.toUnmodifiableMap(Provider::name, Function.identity()));
    }

    /** The provider of a channel; {@code channels.yaml} was refused when it named an unknown one. */
    Provider of(Channel channel) {
        var provider = byName.get(channel.provider());
        if (provider == null) {
            throw new IllegalStateException("There is no provider '" + channel.provider() + "'");
        }
        return provider;
    }

    @Override
    public Set<String> providers() {
        return byName.keySet();
    }

    @Override
    public List<String> problems(Channel channel) {
        return of(channel).problems(channel);
    }
}
