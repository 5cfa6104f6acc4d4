-- Statistics sort by these: worked out once, not for every question.
ALTER TABLE deliveries
    ADD COLUMN queue_wait_ms bigint
        GENERATED ALWAYS AS ((EXTRACT(EPOCH FROM first_attempt_at - queued_at) * 1000)::bigint) STORED,
    ADD COLUMN end_to_end_ms bigint
        GENERATED ALWAYS AS ((EXTRACT(EPOCH FROM ended_at - queued_at) * 1000)::bigint) STORED;
