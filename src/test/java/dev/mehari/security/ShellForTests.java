package dev.mehari.security;

import dev.mehari.http.ApiException;
import dev.mehari.http.HttpConfiguration;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP side alone, with a door and a management call that tell what they got. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = RedisAutoConfiguration.class)
@Import({SecurityConfiguration.class, HttpConfiguration.class, ShellForTests.Calls.class})
class ShellForTests {

    @Bean
    RouteBuilder door() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/api/v1/notifications")
                        .routeId("door")
                        .convertBodyTo(byte[].class)
                        .setBody(simple("${header.Content-Type}|${header.Authorization}|${bodyAs(String)}"))
                        .removeHeaders("*");
                from("direct:slow").routeId("posting").to("mock:discord/webhooks/12345/AbCdefgh12");
            }
        };
    }

    @RestController
    static class Calls {
        @GetMapping("/api/number")
        int number(@RequestParam int n) {
            return n;
        }

        @PostMapping("/api/echo")
        Map<String, Object> echo(@RequestBody Map<String, Object> body) {
            return body;
        }

        @GetMapping("/api/broken")
        String broken() {
            throw new IllegalStateException("a secret thought");
        }

        @GetMapping("/api/missing")
        String missing() {
            throw ApiException.notFound("channel nix");
        }
    }
}
