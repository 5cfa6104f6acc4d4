package dev.mehari.channel;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.SubscriptionListener;

/** Passes on the calls that come through Redis; whenever the subscription begins anew, some may have been missed. */
record WakeUpCalls(WakeUp wakeUp) implements MessageListener, SubscriptionListener {
    @Override
    public void onMessage(Message message, byte @Nullable [] pattern) {
        wakeUp.call(new String(message.getBody(), StandardCharsets.UTF_8));
    }

    @Override
    public void onChannelSubscribed(byte[] channel, long count) {
        wakeUp.callAll();
    }
}
