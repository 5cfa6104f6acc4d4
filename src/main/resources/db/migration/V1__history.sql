-- What happened, for search, timelines, statistics and reports. Identifiers of notifications begin with the time they
-- were made at, so their order is the order of time: newest first is a walk of the primary key, and a span of time is a
-- range of identifiers. A row that came from a stream is named by its place there, so writing it twice changes nothing.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE notifications (
    id          text COLLATE "C" PRIMARY KEY,
    type        text COLLATE "C" NOT NULL,
    title       text,
    text        text,
    data        jsonb NOT NULL DEFAULT '{}',
    priority    text COLLATE "C" NOT NULL,
    recipient   text COLLATE "C",
    source      text COLLATE "C" NOT NULL,
    trace_id    text COLLATE "C" NOT NULL,
    dedupe_key  text COLLATE "C",
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz,
    attachments jsonb NOT NULL DEFAULT '[]', -- name, type and size; not the content
    search      text NOT NULL DEFAULT '',    -- title, text and data, cut: what free text is looked for in
    expunged_at timestamptz                  -- when content was taken away, by age or on request
);
CREATE INDEX notifications_type ON notifications (type, id);
CREATE INDEX notifications_source ON notifications (source, id);
CREATE INDEX notifications_trace ON notifications (trace_id);
CREATE INDEX notifications_recipient ON notifications (recipient, id) WHERE recipient IS NOT NULL;
CREATE INDEX notifications_data ON notifications USING gin (data jsonb_path_ops);
CREATE INDEX notifications_search ON notifications USING gin (search gin_trgm_ops);

-- One notification for one channel; replay is empty for the first time, else the mark of the replay.
CREATE TABLE deliveries (
    notification_id  text COLLATE "C" NOT NULL,
    channel          text COLLATE "C" NOT NULL,
    replay           text COLLATE "C" NOT NULL DEFAULT '',
    type             text COLLATE "C",
    state            text COLLATE "C" NOT NULL,
    diverted_from    text COLLATE "C",
    queued_at        timestamptz NOT NULL,
    first_attempt_at timestamptz,
    ended_at         timestamptz,
    held_until       timestamptz,
    attempts         integer NOT NULL DEFAULT 0,
    provider_ms      bigint,
    detail           text,
    last_ms          bigint NOT NULL, -- place of the newest event that is in this row
    last_seq         bigint NOT NULL,
    PRIMARY KEY (notification_id, channel, replay)
);
CREATE INDEX deliveries_channel_state ON deliveries (channel, state, notification_id);
CREATE INDEX deliveries_unusual ON deliveries (state, notification_id) WHERE state <> 'delivered';
CREATE INDEX deliveries_queued ON deliveries (queued_at);

-- One request to a provider.
CREATE TABLE attempts (
    channel         text COLLATE "C" NOT NULL,
    event_ms        bigint NOT NULL,
    event_seq       bigint NOT NULL,
    notification_id text COLLATE "C" NOT NULL,
    replay          text COLLATE "C" NOT NULL DEFAULT '',
    started_at      timestamptz NOT NULL,
    outcome         text COLLATE "C" NOT NULL,
    status          integer,
    duration_ms     bigint NOT NULL,
    detail          text,
    PRIMARY KEY (channel, event_ms, event_seq)
);
CREATE INDEX attempts_notification ON attempts (notification_id);

CREATE TABLE events (
    channel         text COLLATE "C" NOT NULL,
    event_ms        bigint NOT NULL,
    event_seq       bigint NOT NULL,
    notification_id text COLLATE "C" NOT NULL,
    replay          text COLLATE "C" NOT NULL DEFAULT '',
    event           text COLLATE "C" NOT NULL,
    at              timestamptz NOT NULL,
    diverted_from   text COLLATE "C",
    attempts        integer NOT NULL DEFAULT 0,
    held_until      timestamptz,
    took            text, -- outcome, HTTP status and milliseconds of the request to the provider, where there was one
    detail          text,
    PRIMARY KEY (channel, event_ms, event_seq)
);
CREATE INDEX events_notification ON events (notification_id);

-- The rest comes from one stream, by whose places its rows are named.
CREATE TABLE webhooks_raw (
    event_ms        bigint NOT NULL,
    event_seq       bigint NOT NULL,
    at              timestamptz NOT NULL,
    source          text COLLATE "C" NOT NULL,
    trace_id        text COLLATE "C",
    notification_id text COLLATE "C",
    headers         jsonb NOT NULL DEFAULT '{}',
    body            jsonb,
    PRIMARY KEY (event_ms, event_seq)
);
CREATE INDEX webhooks_raw_source ON webhooks_raw (source, at);
CREATE INDEX webhooks_raw_trace ON webhooks_raw (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX webhooks_raw_body ON webhooks_raw USING gin (body jsonb_path_ops);

CREATE TABLE audit (
    event_ms  bigint NOT NULL,
    event_seq bigint NOT NULL,
    at        timestamptz NOT NULL,
    who       text NOT NULL,
    action    text NOT NULL,
    status    integer NOT NULL,
    trace_id  text COLLATE "C",
    PRIMARY KEY (event_ms, event_seq)
);

CREATE TABLE configuration_changes (
    event_ms  bigint NOT NULL,
    event_seq bigint NOT NULL,
    at        timestamptz NOT NULL,
    file      text NOT NULL,
    outcome   text COLLATE "C" NOT NULL,
    detail    text,
    PRIMARY KEY (event_ms, event_seq)
);

-- What other components said, joined to ours by the trace id.
CREATE TABLE log_lines (
    event_ms  bigint NOT NULL,
    event_seq bigint NOT NULL,
    at        timestamptz NOT NULL,
    component text COLLATE "C" NOT NULL,
    level     text COLLATE "C" NOT NULL,
    trace_id  text COLLATE "C",
    message   text NOT NULL,
    data      jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (event_ms, event_seq)
);
CREATE INDEX log_lines_trace ON log_lines (trace_id, at) WHERE trace_id IS NOT NULL;
