package dev.mehari.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of one delivery after an attempt. The lane carries it out in one place, and in nothing else. */
public sealed interface Settlement {

    /** It leaves the lane for good. */
    sealed interface Final extends Settlement {
        /** The final state's name in ledger and events. */
        String state();

        String detail();
    }

    record Delivered(@Nullable String providerMessageId) implements Final {
        @Override
        public String state() {
            return "delivered";
        }

        @Override
        public String detail() {
            return providerMessageId == null ? "" : providerMessageId;
        }
    }

    record Diverted(String to, String reason) implements Final {
        @Override
        public String state() {
            return "diverted";
        }

        @Override
        public String detail() {
            return to + ": " + reason;
        }
    }

    record Dead(String reason) implements Final {
        @Override
        public String state() {
            return "dead";
        }

        @Override
        public String detail() {
            return reason;
        }
    }

    record Expired() implements Final {
        @Override
        public String state() {
            return "expired";
        }

        @Override
        public String detail() {
            return "";
        }
    }

    /** It was taken back before it was sent. */
    record Suppressed(String reason) implements Final {
        @Override
        public String state() {
            return "suppressed";
        }

        @Override
        public String detail() {
            return reason;
        }
    }

    /**
     * It stays and is tried again.
     *
     * @param until not before this instant
     * @param attempt whether the try that was made counts
     * @param wholeLane whether nothing else of the channel may be tried before either
     * @param sent parts of it that its provider has by now; 0 leaves their number as it is
     */
    record Hold(Instant until, boolean attempt, boolean wholeLane, LaneEntry.Mark mark, int sent, String reason)
            implements Settlement {

        public Hold(Instant until, boolean attempt, boolean wholeLane, LaneEntry.Mark mark, String reason) {
            this(until, attempt, wholeLane, mark, 0, reason);
        }

        /** The provider has some parts of it; the next one goes at once. */
        public static Hold forNextPart(int sent, String reason) {
            return new Hold(Instant.EPOCH, false, false, LaneEntry.Mark.NONE, sent, reason);
        }

        /** The delivery as it stands while it is kept. */
        LaneEntry.Progress progress(LaneEntry entry) {
            var next = mark == LaneEntry.Mark.NONE ? entry.mark() : mark;
            return new LaneEntry.Progress(next, Math.max(sent, entry.sent()));
        }
    }
}
