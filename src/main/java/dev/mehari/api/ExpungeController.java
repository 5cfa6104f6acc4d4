package dev.mehari.api;

import dev.mehari.channel.LaneExpunging;
import dev.mehari.deadletter.DeadLetters;
import dev.mehari.history.Expunging;
import dev.mehari.http.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The removal of what is about one recipient, wherever it stands; in the order in which messages travel. */
@RestController
class ExpungeController {
    private final LaneExpunging lanes;
    private final DeadLetters deadLetters;
    private final Expunging history;

    ExpungeController(LaneExpunging lanes, DeadLetters deadLetters, Expunging history) {
        this.lanes = lanes;
        this.deadLetters = deadLetters;
        this.history = history;
    }

    /**
     * @param deliveries that waited and will not be sent; they ended as suppressed
     * @param diverted that will not be offered for sending again
     * @param deadLetters that were deleted
     * @param notifications of the history whose content is gone
     */
    record Expunged(long deliveries, long diverted, long deadLetters, long notifications) {}

    /** Safe to repeat, as one must when a part did not answer. The record of what operators did tells no recipient. */
    @PostMapping("/api/v1/history/expunge")
    Expunged expunge(@RequestParam String recipient, HttpServletRequest request) {
        OperatorTrail.hideQuery(request);
        if (recipient.isBlank()) {
            throw ApiException.invalid("recipient is empty; name the one whose content goes.");
        }
        var waiting = lanes.expunge(recipient);
        long dead = deadLetters.expunge(recipient);
        return new Expunged(waiting.deliveries(), waiting.diverted(), dead, history.expunge(recipient));
    }
}
