-- An attempt is told by the event it led to: its row was that one once more, with two indexes of its own.
DROP TABLE attempts;
CREATE VIEW attempts AS
    SELECT channel, event_ms, event_seq, notification_id, replay,
        at - split_part(took, ' ', 3)::bigint * interval '1 millisecond' AS started_at,
        split_part(took, ' ', 1) AS outcome,
        nullif(split_part(took, ' ', 2)::integer, 0) AS status,
        split_part(took, ' ', 3)::bigint AS duration_ms,
        detail
    FROM events
    WHERE took IS NOT NULL;
