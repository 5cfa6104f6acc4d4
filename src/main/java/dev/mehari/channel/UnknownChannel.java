package dev.mehari.channel;

/** A name that no entry of {@code channels.yaml} has. */
public class UnknownChannel extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownChannel(String name) {
        super("There is no channel '" + name + "' in config/channels.yaml");
    }
}
