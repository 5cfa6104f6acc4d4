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

    /**
     * It stays and is tried again.
     *
     * @param until not before this instant
     * @param attempt whether the try that was made counts
     * @param wholeLane whether nothing else of the channel may be tried before either
     */
    record Hold(Instant until, boolean attempt, boolean wholeLane, LaneEntry.Mark mark, String reason)
            implements Settlement {}
}
