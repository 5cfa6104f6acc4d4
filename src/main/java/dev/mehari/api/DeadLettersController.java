package dev.mehari.api;

import dev.mehari.deadletter.DeadLetter;
import dev.mehari.deadletter.DeadLetterFilter;
import dev.mehari.deadletter.DeadLetterGroup;
import dev.mehari.deadletter.DeadLetterNotFound;
import dev.mehari.deadletter.DeadLetters;
import dev.mehari.deadletter.DeadReason;
import dev.mehari.deadletter.NotReplayable;
import dev.mehari.deadletter.ReplayReport;
import dev.mehari.http.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters: seen, tried again, deleted. */
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLettersController {
    private static final int MOST = 500;

    private final DeadLetters letters;
    private final Clock clock;

    DeadLettersController(DeadLetters letters, Clock clock) {
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * @param total how many letters the filter means; on the first page only
     * @param groups the same by reason, channel and type; on the first page only
     * @param cursor asks for the next page; null on the last one
     */
    @Schema(name = "DeadLetters")
    record Listing(
            @Nullable Long total,
            @Nullable List<DeadLetterGroup> groups,
            List<DeadLetter> deadLetters,
            @Nullable String cursor) {}

    @Schema(name = "DeadLetterReplayed")
    record Replayed(String id, boolean replayed) {}

    @Schema(name = "DeadLettersPurged")
    record Purged(long deleted) {}

    @GetMapping
    Listing list(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw ApiException.invalid("limit is " + limit + "; give a number from 1 to " + MOST + ".");
        }
        var filter = filter(channel, reason, type);
        var page = valid(() -> letters.list(filter, cursor, limit));
        if (cursor != null) {
            return new Listing(null, null, page.letters(), page.cursor());
        }
        var groups = letters.groups(filter);
        long total = groups.stream().mapToLong(DeadLetterGroup::count).sum();
        return new Listing(total, groups, page.letters(), page.cursor());
    }

    @GetMapping("/{id}")
    DeadLetter show(@PathVariable String id) {
        return letters.find(id).orElseThrow(() -> gone(new DeadLetterNotFound(id)));
    }

    /** Answers when the letter stands in its lane: from there it goes the normal way, throttled as any other. */
    @PostMapping("/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Replayed replay(@PathVariable String id) {
        try {
            return new Replayed(letters.replay(id).id(), true);
        } catch (DeadLetterNotFound e) {
            throw gone(e);
        } catch (NotReplayable e) {
            throw new ApiException(409, "not-replayable", String.valueOf(e.getMessage()));
        }
    }

    @PostMapping("/replay")
    ReplayReport replayMany(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return letters.replay(filter(channel, reason, type), dryRun);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        if (!letters.delete(id)) {
            throw gone(new DeadLetterNotFound(id));
        }
    }

    /** @param olderThan an instant, or an age: {@code 30d} */
    @DeleteMapping
    Purged purge(@RequestParam String olderThan) {
        return new Purged(letters.purge(instant(olderThan)));
    }

    private Instant instant(String text) {
        try {
            return text.endsWith("Z") ? Instant.parse(text) : clock.instant().minus(DurationStyle.SIMPLE.parse(text));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw ApiException.invalid(
                    "olderThan is '" + text + "'; give an age like 30d, or an instant like 2026-11-20T00:00:00Z.");
        }
    }

    private static DeadLetterFilter filter(@Nullable String channel, @Nullable String reason, @Nullable String type) {
        return new DeadLetterFilter(channel, reason == null ? null : valid(() -> DeadReason.of(reason)), type);
    }

    private static <T> T valid(Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static ApiException gone(DeadLetterNotFound e) {
        return new ApiException(404, "not-found", String.valueOf(e.getMessage()));
    }
}
