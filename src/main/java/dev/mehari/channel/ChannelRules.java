package dev.mehari.channel;

import java.util.List;
import java.util.Set;

/** What the providers know about channels; asked when {@code channels.yaml} is read. */
public interface ChannelRules {

    /** The words that may stand after {@code provider:}. */
    Set<String> providers();

    /** What is wrong with a channel's own settings, as sentences that start with the key's name. */
    List<String> problems(Channel channel);
}
