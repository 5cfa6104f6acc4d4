package dev.mehari.delivery.provider;

import java.util.Locale;
import java.util.Optional;

/** The name a message is shown under. Discord refuses the whole message for a name it does not like. */
final class DiscordName {
    private static final int LONGEST = 80;

    private DiscordName() {}

    /** The name trimmed and cut to what Discord takes; empty when it would refuse it, so that the webhook's own name shows. */
    static Optional<String> of(String wanted) {
        String name = wanted.replaceAll("[\\p{Cntrl}\\p{Cf}]", "")
                .replaceAll("\\s+", " ")
                .strip();
        String lower = name.toLowerCase(Locale.ROOT);
        boolean refused = lower.contains("discord")
                || lower.contains("clyde")
                || lower.contains("everyone")
                || lower.matches("(?s).*\\bhere\\b.*");
        String cut = Cut.to(LONGEST, name);
        return refused || cut.isBlank() ? Optional.empty() : Optional.of(cut);
    }
}
