package dev.mehari.embedded;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What the operator says about a Redis of his own. */
final class ConfiguredRedis {
    private static final Set<String> SCHEMES = Set.of("redis", "rediss");

    private ConfiguredRedis() {}

    /** Its address, or null where none is set; one that cannot be read is refused without being repeated. */
    static @Nullable String url(Environment environment) {
        return Stream.of(AwaitedRedis.ADDRESS, "mehari.redis.url", "REDIS_URL")
                .filter(name -> !environment.getProperty(name, "").isBlank())
                .findFirst()
                .map(name -> checked(name, environment.getProperty(name, "").trim()))
                .orElse(null);
    }

    /** Whether Spring's own properties name a server, sentinels or a cluster, so that no address is needed. */
    static boolean isElsewhere(Environment environment) {
        Binder binder = Binder.get(environment);
        return Stream.of("host", "sentinel.nodes", "cluster.nodes")
                .anyMatch(key -> binder.bind("spring.data.redis." + key, Bindable.listOf(String.class))
                        .map(values -> values.stream().anyMatch(value -> !value.isBlank()))
                        .orElse(false));
    }

    private static String checked(String name, String url) {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // refused below; neither the address nor the exception's message may be shown: they hold the password
        }
        throw new StartRefused(
                name + " is not an address of a Redis; write redis://[user:password@]host:port, or rediss:// "
                        + "for TLS, with special characters of the password percent-encoded");
    }
}
