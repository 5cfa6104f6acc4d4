package dev.mehari.embedded;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/** What the operator says about a PostgreSQL of his own. */
final class ConfiguredPostgres {
    private static final Set<String> SCHEMES = Set.of("postgres", "postgresql");

    private ConfiguredPostgres() {}

    /**
     * Spring's properties for it, empty where none is set. Understood are {@code jdbc:postgresql:} addresses and
     * {@code postgres://user:password@host:port/database}; another one is refused without being repeated.
     */
    static Map<String, Object> properties(Environment environment) {
        return Stream.of("spring.datasource.url", "mehari.history.url", "DATABASE_URL")
                .filter(name -> !environment.getProperty(name, "").isBlank())
                .findFirst()
                .map(name -> translate(name, environment.getProperty(name, "").trim()))
                .orElse(Map.of());
    }

    private static Map<String, Object> translate(String name, String url) {
        if (name.equals("spring.datasource.url") || url.startsWith("jdbc:postgresql:")) {
            return Map.of("spring.datasource.url", url);
        }
        try {
            URI uri = new URI(url);
            if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
                return translate(uri);
            }
        } catch (URISyntaxException e) {
            // refused below; neither the address nor the exception's message may be shown: they hold the password
        }
        throw new StartRefused(
                name + " is not an address of a PostgreSQL; write postgres://user:password@host:port/database "
                        + "with special characters of the password percent-encoded, or a jdbc:postgresql: address");
    }

    private static Map<String, Object> translate(URI uri) {
        Map<String, Object> properties = new LinkedHashMap<>();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        properties.put("spring.datasource.url", "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query);
        if (uri.getRawUserInfo() != null) {
            String[] login = uri.getRawUserInfo().split(":", 2);
            properties.put("spring.datasource.username", decode(login[0]));
            properties.put("spring.datasource.password", login.length > 1 ? decode(login[1]) : "");
        }
        return properties;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
