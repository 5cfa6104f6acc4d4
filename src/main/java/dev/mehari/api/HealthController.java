package dev.mehari.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mehari.security.Redaction;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Health with its details, behind a key: what every {@code HealthIndicator} has to say, secrets masked. */
@RestController
class HealthController {
    private final HealthEndpoint health;
    private final HttpCodeStatusMapper statuses;
    private final ObjectMapper json;

    HealthController(HealthEndpoint health, HttpCodeStatusMapper statuses, ObjectMapper json) {
        this.health = health;
        this.statuses = statuses;
        this.json = json;
    }

    @GetMapping("/api/health/detailed")
    ResponseEntity<String> detailed() throws JsonProcessingException {
        HealthComponent all = health.health();
        return ResponseEntity.status(statuses.getStatusCode(all.getStatus()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Redaction.mask(json.writeValueAsString(all)));
    }
}
