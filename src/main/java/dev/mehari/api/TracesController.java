package dev.mehari.api;

import dev.mehari.history.Step;
import dev.mehari.history.Timelines;
import dev.mehari.http.ApiException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What happened under one trace id, step by step. */
@RestController
class TracesController {
    private final Timelines timelines;

    TracesController(Timelines timelines) {
        this.timelines = timelines;
    }

    @GetMapping("/api/v1/traces/{traceId}")
    List<Step> show(@PathVariable String traceId) {
        var steps = timelines.of(traceId);
        if (steps.isEmpty()) {
            throw ApiException.notFound("trace " + traceId);
        }
        return steps;
    }
}
