package dev.mehari.security;

import java.util.Set;

/** What a path asks of its caller. Whatever is not named here asks for a key. */
enum Access {
    /** nothing: health, documentation, doors with secrets of their own */
    OPEN,
    /** an API key */
    KEY,
    /** nothing from this very machine; a key or the console's login from elsewhere */
    LOCAL_OR_KEY,
    /** nothing from this very machine; the console's login from elsewhere */
    LOCAL,
    /** the console's login */
    CONSOLE;

    private static final Set<String> OPEN_PATHS = Set.of("/", "/favicon.ico", "/health", "/docs", "/webhook");
    private static final Set<String> CONSOLE_PATHS = Set.of("/login", "/logout", "/hawtio", "/jolokia");

    /** The imitated providers: their paths carry tokens, as the real ones' do. */
    private static final Set<String> PROVIDERS = Set.of("discord", "telegram", "slack", "webhook", "ntfy", "email");

    /** @param path decoded and normalised */
    static Access of(String path) {
        if (path.startsWith("/api/")) {
            return KEY;
        }
        if (path.startsWith("/webhook/")
                || path.startsWith("/health/")
                || path.startsWith("/docs/")
                || OPEN_PATHS.contains(path)) {
            return OPEN;
        }
        if (path.equals("/metrics")) {
            return LOCAL_OR_KEY;
        }
        if (path.equals("/sandbox") || path.startsWith("/sandbox/")) {
            return imitatesProvider(path) ? OPEN : LOCAL;
        }
        return isConsole(path) ? CONSOLE : KEY;
    }

    private static boolean imitatesProvider(String path) {
        int start = "/sandbox/".length();
        int end = path.indexOf('/', start);
        return end > 0 && PROVIDERS.contains(path.substring(start, end));
    }

    private static boolean isConsole(String path) {
        return CONSOLE_PATHS.contains(path) || path.startsWith("/hawtio/") || path.startsWith("/jolokia/");
    }
}
