package dev.mehari.security;

import dev.mehari.http.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The one person who may log in to the console pages: {@code admin}. */
final class ConsoleUser {
    static final String NAME = "admin";
    static final String ROLE = "CONSOLE";
    private static final int SHORTEST = 8;

    private ConsoleUser() {}

    static UserDetailsService of(@Nullable String configured, Path file) {
        Secret password =
                configured == null || configured.isBlank() ? SecretFile.readOrMake(file, "") : Secret.of(configured);
        if (password.reveal().length() < SHORTEST) {
            throw new IllegalStateException(
                    "mehari.security.console-password has fewer than " + SHORTEST + " characters.");
        }
        String digest = new Digest().encode(password.reveal());
        return new InMemoryUserDetailsManager(
                User.withUsername(NAME).password(digest).roles(ROLE).build());
    }

    /**
     * SHA-256 and no slow hash: what is hashed lives in this process only and was in the clear in the file beside it, and
     * a login by HTTP Basic is checked on every request.
     */
    static final class Digest implements PasswordEncoder {
        @Override
        public String encode(CharSequence password) {
            return HexFormat.of().formatHex(Sha256.of(password.toString().trim()));
        }

        @Override
        public boolean matches(CharSequence password, String encoded) {
            return MessageDigest.isEqual(bytes(encode(password)), bytes(encoded));
        }

        private static byte[] bytes(String hexadecimal) {
            return hexadecimal.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
