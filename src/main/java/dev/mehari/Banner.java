package dev.mehari;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What a person who has just started the gateway wants to know, printed last: where everything is, and a first message. */
@Component
class Banner {
    private static final String SAMPLE = "{\"type\":\"trade.opened\",\"title\":\"BTC-USD long\","
            + "\"data\":{\"symbol\":\"BTC-USD\",\"side\":\"long\",\"price\":97150.5,\"quantity\":0.25}}";

    private final Environment environment;
    private final ObjectProvider<RedisConnectionDetails> redis;

    Banner(Environment environment, ObjectProvider<RedisConnectionDetails> redis) {
        this.environment = environment;
        this.redis = redis;
    }

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    void show(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web) {
            double seconds = event.getTimeTaken().toMillis() / 1000.0;
            System.out.println(text(web.getWebServer().getPort(), seconds));
        }
    }

    /** @param seconds since the start */
    String text(int port, double seconds) {
        String address = "http://" + host() + ":" + port;
        String key = hasOwn("mehari.security.api-keys") ? "YOUR-KEY" : "$(cat " + data("api-key") + ")";
        return """

                  Mehari is ready after %s s.

                  Address    %s
                  Sandbox    %s/sandbox   what channels without a webhook of their own received
                  Console    %s/hawtio    user admin, %s
                  API key    %s
                %s
                  Send a first message, then look at the sandbox:

                  curl -s %s/api/v1/notifications -H "Authorization: Bearer %s" -H 'Content-Type: application/json' -d '%s'
                """.formatted(
                        String.format(Locale.ROOT, "%.1f", seconds),
                        address,
                        address,
                        address,
                        hasOwn("mehari.security.console-password")
                                ? "password as configured"
                                : "password in " + data("console-password"),
                        hasOwn("mehari.security.api-keys") ? "as configured" : "in " + data("api-key"),
                        redisLines(),
                        address,
                        key,
                        SAMPLE);
    }

    private String redisLines() {
        RedisConnectionDetails.Standalone server = standalone();
        if (server == null) {
            return "";
        }
        String name = server.getHost() + ":" + server.getPort();
        String options =
                (server.getHost().equals("127.0.0.1") ? "" : " -h " + server.getHost()) + " -p " + server.getPort();
        return """
                  Redis      %s   redis-cli%s PUBLISH notifications '{"type":"system.alert","title":"Disk at 91 %%"}'
                """.formatted(name, options);
    }

    private RedisConnectionDetails.@Nullable Standalone standalone() {
        RedisConnectionDetails details = redis.getIfAvailable();
        return details == null ? null : details.getStandalone();
    }

    private boolean hasOwn(String property) {
        return !environment.getProperty(property, "").isBlank();
    }

    private String host() {
        String bound = environment.getProperty("server.address", "127.0.0.1");
        return bound.equals("0.0.0.0") || bound.equals("::") ? "127.0.0.1" : bound;
    }

    /** As short as it can be typed where the gateway was started. */
    private String data(String file) {
        Path here = Path.of("").toAbsolutePath();
        Path path = Path.of(environment.getProperty("mehari.data-dir", "data"))
                .toAbsolutePath()
                .normalize()
                .resolve(file);
        return (path.startsWith(here) ? here.relativize(path) : path).toString();
    }
}
