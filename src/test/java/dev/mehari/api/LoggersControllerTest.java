package dev.mehari.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mehari.http.ApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingSystem;

class LoggersControllerTest {
    private static final String NAME = "dev.mehari.loggers.test";

    private final LoggersController loggers =
            new LoggersController(LoggingSystem.get(LoggersControllerTest.class.getClassLoader()));

    @AfterEach
    void asItWas() {
        loggers.change(NAME, new LoggersController.Change(null));
    }

    @Test
    void level_changesAtOnceAndGoesBack() {
        var changed = loggers.change(NAME, new LoggersController.Change("Trace"));

        assertThat(changed).isEqualTo(new LoggersController.View(NAME, "trace", "trace"));
        assertThat(LoggerFactory.getLogger(NAME).isTraceEnabled()).isTrue();
        assertThat(loggers.change(NAME, new LoggersController.Change(null)).level())
                .isNull();
    }

    @Test
    void unknownLevel_isRefusedWithTheLevelsThereAre() {
        assertThatThrownBy(() -> loggers.change(NAME, new LoggersController.Change("loud")))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("debug");
    }
}
