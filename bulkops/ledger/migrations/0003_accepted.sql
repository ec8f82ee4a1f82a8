-- Calls that the service has accepted and works on: a state between sent and succeeded.
-- A CHECK can't be changed, so both tables are made anew; what refers to them keeps their names.
PRAGMA legacy_alter_table = ON;
ALTER TABLE call RENAME TO call_before;
ALTER TABLE event RENAME TO event_before;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE call (
    id INTEGER PRIMARY KEY,

    lane INTEGER NOT NULL REFERENCES lane,
    step TEXT NOT NULL,
    params TEXT NOT NULL,
    undo TEXT,
    after INTEGER REFERENCES call,
    waiting INTEGER NOT NULL CHECK (
        waiting = 0 OR (waiting = 1 AND after IS NOT NULL AND sent_at IS NULL)
    ),
    state TEXT NOT NULL CHECK (
        state IN (
            'planned',
            'sent',
            'in_doubt',
            'accepted',
            'succeeded',
            'failed',
            'unknown'
        )
    ),
    split INTEGER NOT NULL CHECK (
        split = 0 OR (split = 1 AND state = 'failed')
    ),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    throttles INTEGER NOT NULL CHECK (throttles >= 0),
    doubts INTEGER NOT NULL CHECK (doubts >= 0),
    sent_at TEXT CHECK (
        sent_at IS NOT NULL OR state = 'planned'
    ),
    ended_at TEXT CHECK (
        (ended_at IS NOT NULL) = (state IN ('succeeded', 'failed', 'unknown'))
    ),
    saved TEXT CHECK (
        saved IS NULL OR state IN ('accepted', 'succeeded')
    ),
    error_code TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    hint TEXT NOT NULL DEFAULT '',
    http_status INTEGER NOT NULL DEFAULT 0,
    request_id TEXT NOT NULL DEFAULT '',
    void INTEGER NOT NULL DEFAULT 0 CHECK (

        void = 0 OR (void = 1 AND state IN ('planned', 'failed'))
    )
) STRICT;
INSERT INTO call SELECT * FROM call_before;
DROP TABLE call_before;
CREATE INDEX call_open ON call (lane, waiting, id) WHERE ended_at IS NULL;
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    call INTEGER NOT NULL REFERENCES call,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    why TEXT NOT NULL,
    CHECK (
        from_state || ' ' || to_state IN (
            'planned sent',
            'sent succeeded',
            'sent accepted',
            'sent failed',
            'sent planned',
            'sent in_doubt',
            'in_doubt succeeded',
            'in_doubt accepted',
            'in_doubt planned',
            'in_doubt failed',
            'in_doubt unknown',
            'accepted succeeded',
            'accepted failed',
            'accepted unknown',
            'failed planned',
            'unknown in_doubt'
        )
    )
) STRICT;
INSERT INTO event SELECT * FROM event_before;
DROP TABLE event_before;
