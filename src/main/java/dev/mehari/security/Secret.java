package dev.mehari.security;

/**
 * A value that must not leave: a webhook's address, a token, a signing key. Prints and serialises as {@code ***}, and from
 * its making on {@link Redaction} masks it wherever it turns up in a text;
 * only the code that sends a request asks for {@link #reveal()} (an architecture test says who may).
 */
public final class Secret {
    public static final Secret NONE = new Secret("");
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        if (value.isBlank()) {
            return NONE;
        }
        Redaction.remember(value.trim());
        return new Secret(value.trim());
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** The value itself. Never put it into a log line, an exception, a header that is kept, or an endpoint URI. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : "***";
    }
}
