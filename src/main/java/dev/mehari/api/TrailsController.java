package dev.mehari.api;

import dev.mehari.history.Trails;
import dev.mehari.http.ApiException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators did by the API and in their files, newest first. */
@RestController
class TrailsController {
    private static final int MOST = 1_000;

    private final Trails trails;

    TrailsController(Trails trails) {
        this.trails = trails;
    }

    record Actions(List<Trails.Action> actions) {}

    record Edits(List<Trails.Edit> changes) {}

    @GetMapping("/api/v1/audit")
    Actions actions(@RequestParam(defaultValue = "100") int limit) {
        return new Actions(trails.actions(within(limit)));
    }

    @GetMapping("/api/v1/configuration-changes")
    Edits edits(@RequestParam(defaultValue = "100") int limit) {
        return new Edits(trails.edits(within(limit)));
    }

    private static int within(int limit) {
        if (limit < 1 || limit > MOST) {
            throw ApiException.invalid("limit is " + limit + "; give a number from 1 to " + MOST + ".");
        }
        return limit;
    }
}
