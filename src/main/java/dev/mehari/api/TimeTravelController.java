package dev.mehari.api;

import dev.mehari.http.ApiException;
import dev.mehari.http.InvalidField;
import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import dev.mehari.timetravel.Differences;
import dev.mehari.timetravel.TimeTravel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Past traffic through route files that are not in use: what would go elsewhere. Nothing is sent. */
@RestController
class TimeTravelController {
    private final TimeTravel timeTravel;
    private final Clock clock;

    TimeTravelController(TimeTravel timeTravel, Clock clock) {
        this.timeTravel = timeTravel;
        this.clock = clock;
    }

    /**
     * @param from a time, or an age; a day when it is left out
     * @param to likewise; now when it is left out
     * @param files text by path, {@code routes/routing.yaml} and all others; {@code config/channels.yaml} where that
     *     changes, too
     */
    record Question(
            @Nullable String from,
            @Nullable String to,
            @Nullable Map<String, String> files) {}

    @PostMapping("/api/v1/routes/time-travel")
    Differences travel(@RequestBody Question question) {
        var to = Objects.requireNonNullElse(Moments.of("to", question.to(), clock), clock.instant());
        var usual = to.minus(Duration.ofDays(1));
        Instant from = Objects.requireNonNullElse(Moments.of("from", question.from(), clock), usual);
        if (!from.isBefore(to)) {
            throw ApiException.invalid("from and to enclose no time.");
        }
        try {
            return timeTravel.travel(files(question.files()), from, to);
        } catch (ProblemException refused) {
            var errors = refused.problems().stream()
                    .sorted()
                    .map(TimeTravelController::error)
                    .toList();
            var detail = "The files could not be put in place; mend them and try again.";
            throw new ApiException(422, "files-refused", detail, errors, null);
        } catch (TimeTravel.Busy busy) {
            var detail = String.valueOf(busy.getMessage());
            throw new ApiException(429, "busy", detail, List.of(), Duration.ofSeconds(10));
        }
    }

    private static Map<String, String> files(@Nullable Map<String, String> files) {
        if (files == null || files.isEmpty()) {
            throw ApiException.invalid("files is missing: give the texts of the folder routes/, by path.");
        }
        files.forEach((path, text) -> {
            if (text == null || !path.matches("routes/[^\\\\]+\\.ya?ml|config/channels\\.yaml")) {
                throw ApiException.invalid("files holds '" + path
                        + "'; give texts by paths like routes/routing.yaml, and config/channels.yaml.");
            }
        });
        return files;
    }

    private static InvalidField error(Problem problem) {
        var name = problem.file().replace("~", "~0").replace("/", "~1");
        return new InvalidField("/files/" + name, problem.toString());
    }
}
