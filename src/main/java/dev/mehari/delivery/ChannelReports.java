package dev.mehari.delivery;

import dev.mehari.channel.Channel;

/** Tells people that a channel is broken; once for each time it breaks. */
@FunctionalInterface
interface ChannelReports {
    void rejected(Channel channel, String reason);
}
