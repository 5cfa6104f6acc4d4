package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Which file a key is taken from. */
class ConfigurationFilesTest {
    @Configuration
    static class Nothing {}

    @TempDir
    Path elsewhere;

    @Test
    void withoutAFile_theShippedOneHolds() {
        try (var started = start(Map.of("spring.config.location", "classpath:/"))) {
            assertThat(started.getEnvironment().getProperty("mehari.config-dir"))
                    .isEqualTo("config");
            assertThat(started.getEnvironment().getProperty("management.endpoints.web.base-path"))
                    .isEqualTo("/");
        }
    }

    @Test
    void folderNamedByTheEnvironment_goesBeforeTheShippedFile() throws IOException {
        Path folder = Files.createDirectory(elsewhere.resolve("my config"));
        Files.writeString(folder.resolve("application.yaml"), "mehari.routes-dir: /var/lib/routes\n");

        try (var started = start(Mehari.locations(Map.of("MEHARI_CONFIG_DIR", folder.toString())))) {
            Environment environment = started.getEnvironment();
            assertThat(environment.getProperty("mehari.routes-dir")).isEqualTo("/var/lib/routes");
            assertThat(environment.getProperty("spring.application.name")).isEqualTo("mehari");
        }
    }

    /** A Redis is named, so none is started; nothing here talks to it. */
    private static ConfigurableApplicationContext start(Map<String, Object> defaults) {
        return new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .properties(defaults)
                .run("--spring.data.redis.url=redis://127.0.0.1:1");
    }
}
