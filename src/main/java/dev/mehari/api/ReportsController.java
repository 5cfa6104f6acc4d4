package dev.mehari.api;

import dev.mehari.notification.Attachment;
import dev.mehari.notification.Notification;
import dev.mehari.report.Reports;
import dev.mehari.routing.Explain;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The gateway's reports on itself: which there are, and one on demand. */
@RestController
@RequestMapping("/api/v1/reports")
class ReportsController {
    private final Reports reports;
    private final Explain explain;

    ReportsController(Reports reports, Explain explain) {
        this.reports = reports;
        this.explain = explain;
    }

    record All(List<Reports.Scheduled> reports) {}

    /**
     * @param preview true when nothing was sent
     * @param id null in a preview; likewise the trace
     * @param channels where it went, or would go
     * @param chart the picture that goes with it, content as Base64; null when there is none
     */
    record Report(
            String report,
            boolean preview,
            @Nullable String id,
            @Nullable String traceId,
            Collection<String> channels,
            Map<String, Object> data,
            @Nullable Attachment chart) {}

    @GetMapping
    All all() {
        return new All(reports.all());
    }

    /** Counts since the last scheduled one, and leaves that as it is. */
    @PostMapping("/{name}")
    ResponseEntity<Report> make(@PathVariable String name, @RequestParam(defaultValue = "false") boolean preview) {
        var full = name.startsWith("report.") ? name : "report." + name;
        if (preview) {
            var shown = reports.preview(full);
            var channels = explain.channels(shown);
            return ResponseEntity.ok(new Report(full, true, null, null, channels, shown.data(), chart(shown)));
        }
        var made = reports.make(full);
        var sent = made.notification();
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .body(new Report(full, false, sent.id(), sent.traceId(), made.channels(), sent.data(), chart(sent)));
    }

    private static @Nullable Attachment chart(Notification report) {
        return report.attachments().stream().findFirst().orElse(null);
    }
}
