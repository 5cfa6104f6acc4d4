package dev.mehari.channel;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * {@code channel:NAME}. {@code to: channel:trades} puts the message body, a {@link
 * dev.mehari.notification.Notification}, into the channel's durable lane; {@code from: channel:trades} takes from it, in
 * order, at least once. What both stand on is one bean of type {@link ChannelConfiguration} in the registry.
 */
@Component("channel")
public class ChannelComponent extends DefaultComponent {
    private final @Nullable ChannelConfiguration given;

    public ChannelComponent() {
        this(null);
    }

    /** @param given what to stand on instead of the registry's bean; null for that bean */
    public ChannelComponent(@Nullable ChannelConfiguration given) {
        this.given = given;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        var configuration = given != null
                ? given
                : CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), ChannelConfiguration.class);
        return new ChannelEndpoint(uri, this, name, configuration);
    }
}
