package dev.mehari;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A start that ends by itself once it is healthy, so that the JVM can keep what all of a start needs (decision 0074). */
@Component
class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private final ConfigurableApplicationContext context;
    private final boolean asked;
    private final String address;

    Rehearsal(
            ConfigurableApplicationContext context,
            @Value("${mehari.rehearsal:false}") boolean asked,
            @Value("${server.address:127.0.0.1}") String address) {
        this.context = context;
        this.asked = asked;
        this.address = address;
    }

    @EventListener
    void changed(AvailabilityChangeEvent<ReadinessState> event) {
        if (asked
                && event.getState() == ReadinessState.ACCEPTING_TRAFFIC
                && context instanceof WebServerApplicationContext web) {
            int port = web.getWebServer().getPort();
            Thread.ofPlatform().name("rehearsal").start(() -> end(port));
        }
    }

    private void end(int port) {
        int exit = isHealthy(port) ? 0 : 1;
        SpringApplication.exit(context);
        System.exit(exit);
    }

    private boolean isHealthy(int port) {
        try (InputStream answer =
                URI.create("http://" + address + ":" + port + "/health").toURL().openStream()) {
            answer.readAllBytes();
            LOG.info("Healthy: the rehearsal ends here");
            return true;
        } catch (IOException e) {
            LOG.error("The rehearsal has started but is not healthy: {}", e.getMessage());
            return false;
        }
    }
}
