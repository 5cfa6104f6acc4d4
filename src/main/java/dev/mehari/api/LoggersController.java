package dev.mehari.api;

import dev.mehari.http.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How much is logged, changed while the gateway runs; a restart goes back to the configuration. */
@RestController
@RequestMapping("/api/v1/loggers")
class LoggersController {
    private final LoggingSystem logging;

    LoggersController(LoggingSystem logging) {
        this.logging = logging;
    }

    /** @param level null: as the logger above it */
    @Schema(name = "LoggerChange")
    record Change(@Nullable String level) {}

    /**
     * @param level set for this very logger, or null
     * @param effective what holds
     */
    @Schema(name = "Logger")
    record View(String logger, @Nullable String level, String effective) {}

    @GetMapping("/{name}")
    View show(@PathVariable String name) {
        LoggerConfiguration found = logging.getLoggerConfiguration(name);
        if (found == null) {
            throw ApiException.notFound("logger " + name);
        }
        return new View(name, lower(found.getConfiguredLevel()), String.valueOf(lower(found.getEffectiveLevel())));
    }

    /** A package or class, {@code dev.mehari.delivery}, or {@code ROOT}. */
    @PostMapping("/{name}")
    View change(@PathVariable String name, @RequestBody Change change) {
        logging.setLogLevel(name, change.level() == null ? null : level(change.level()));
        return show(name);
    }

    private static LogLevel level(String name) {
        return Arrays.stream(LogLevel.values())
                .filter(level -> level.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() ->
                        ApiException.invalid("level is '" + name + "'; give trace, debug, info, warn, error or off."));
    }

    private static @Nullable String lower(@Nullable LogLevel level) {
        return level == null ? null : level.name().toLowerCase(Locale.ROOT);
    }
}
