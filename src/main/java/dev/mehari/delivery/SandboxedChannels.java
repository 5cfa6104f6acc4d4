package dev.mehari.delivery;

import dev.mehari.channel.Channel;
import dev.mehari.channel.Channels;
import dev.mehari.sandbox.Sandbox;
import java.util.Map;

/** Makes channels without an address known to the sandbox, so that its page lists them before their first message. */
record SandboxedChannels(Sandbox sandbox) implements Channels.Listener {

    @Override
    public void changed(Map<String, Channel> before, Map<String, Channel> now) {
        now.values().stream()
                .filter(Channel::sandboxed)
                .forEach(channel -> sandbox.register(channel.name(), channel.provider()));
    }
}
