-- The ledger of one run. It holds no secret: a value that is known only when a call is sent is
-- kept as a marked hole. Times are ISO 8601 UTC texts, given by whoever writes. Later versions
-- of this schema are reached by migrations/NNNN_*.sql, NNNN being the version they lead to.

CREATE TABLE run (
    only INTEGER PRIMARY KEY CHECK (only = 1), -- a ledger belongs to one run
    id TEXT NOT NULL,                          -- the name of the run's folder when it began
    job TEXT NOT NULL,                         -- name of the job
    job_sha256 TEXT NOT NULL,                  -- of the job as it was when the run began
    sheet TEXT NOT NULL,                       -- the sheet's file, as the person named it
    sheet_sha256 TEXT NOT NULL,                -- of that file's bytes
    headers TEXT NOT NULL,                     -- JSON list: the sheet's header texts
    version TEXT NOT NULL,                     -- the bulkops that made this ledger
    created_at TEXT NOT NULL,                  -- when the run began
    meta TEXT NOT NULL                         -- JSON object: options, targets, quotas used
) STRICT;

CREATE TABLE note (
    key TEXT PRIMARY KEY,                      -- what the note is about
    value TEXT NOT NULL                        -- JSON
) STRICT, WITHOUT ROWID;

-- Asked for each second, so it is kept, not counted.
CREATE TABLE tally (
    status TEXT PRIMARY KEY,                   -- how rows end, and that they have not
    rows INTEGER NOT NULL CHECK (rows >= 0)    -- how many rows have that status
) STRICT, WITHOUT ROWID;

INSERT INTO tally (status, rows) VALUES
('pending', 0),                                -- not attempted yet, or not to the end
('succeeded', 0),                              -- every call of it succeeded
('failed', 0),                                 -- a call was refused, or the plan found a conflict
('unknown', 0),                                -- whether it took effect is not known
('unchanged', 0),                              -- it was already so
('skipped', 0),                                -- there but different, and to be left alone
('invalid', 0),                                -- a problem of the sheet kept it from being planned
('undone', 0);                                 -- an undo has taken back what was done for it

CREATE TABLE row (
    number INTEGER PRIMARY KEY,                -- as Excel numbers it, or the line of a text file
    key TEXT NOT NULL,                         -- what names the row's thing to a person
    target TEXT NOT NULL,                      -- name of its target; empty for the only one
    action TEXT NOT NULL,                      -- what the plan does about the row
    status TEXT NOT NULL REFERENCES tally,     -- derived from its calls at each move of one, unless
                                               -- it is undone; without calls, the plan's word
    cells TEXT NOT NULL,                       -- JSON list: the original texts, secrets masked
    changes TEXT NOT NULL,                     -- field: old → new; …
    thing_id TEXT NOT NULL,                    -- id of what was there at the plan, or empty
    thing_arn TEXT NOT NULL,                   -- its ARN, or empty
    problem_code TEXT NOT NULL,                -- why the plan sends nothing for the row, or empty
    problem TEXT NOT NULL,                     -- the same in words
    hint TEXT NOT NULL,                        -- and what can be done about it
    undone TEXT NOT NULL DEFAULT ''            -- the run that has taken it back, or empty
) STRICT;

CREATE TRIGGER row_counted AFTER INSERT ON row
BEGIN
    UPDATE tally SET rows = rows + 1 WHERE status = new.status;
END;

CREATE TRIGGER row_recounted AFTER UPDATE OF status ON row WHEN new.status <> old.status
BEGIN
    UPDATE tally SET rows = rows - 1 WHERE status = old.status;
    UPDATE tally SET rows = rows + 1 WHERE status = new.status;
END;

CREATE TABLE lane (
    id INTEGER PRIMARY KEY,                    -- in the order of the plan
    target TEXT NOT NULL,                      -- name of the target
    service TEXT NOT NULL,                     -- as botocore names it
    operation TEXT NOT NULL,                   -- as AWS names it
    UNIQUE (target, service, operation)
) STRICT;

CREATE TABLE call (
    id INTEGER PRIMARY KEY,                    -- its place in the plan; a batch of n rows leaves
                                               -- 2n - 2 numbers free for the parts it may become
    lane INTEGER NOT NULL REFERENCES lane,     -- target, service and operation
    step TEXT NOT NULL,                        -- address of the job's step
    params TEXT NOT NULL,                      -- JSON: the arguments, with holes
    undo TEXT,                                 -- JSON: the arguments that put back what was there
    after INTEGER REFERENCES call,             -- the call of the same row that goes before
    waiting INTEGER NOT NULL CHECK (           -- 1: that call has not succeeded yet
        waiting = 0 OR (waiting = 1 AND after IS NOT NULL AND sent_at IS NULL)
    ),
    state TEXT NOT NULL CHECK (                -- where it stands
        state IN (
            'planned',                         -- not sent, or refused before it took effect
            'sent',                            -- committed before the request left
            'in_doubt',                        -- sent, and whether it acted is not known
            'accepted',                        -- the service works on it, and is asked how far it is
            'succeeded',                       -- the service said so, or settling found it so
            'failed',                          -- refused for a reason of its own
            'unknown'                          -- settling could not tell
        )
    ),
    split INTEGER NOT NULL CHECK (             -- 1: a batch that its parts have replaced
        split = 0 OR (split = 1 AND state = 'failed')
    ),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),   -- requests sent, but for throttled ones
    throttles INTEGER NOT NULL CHECK (throttles >= 0), -- requests that were throttled
    doubts INTEGER NOT NULL CHECK (doubts >= 0),       -- how often it came to be in doubt
    sent_at TEXT CHECK (                       -- when it was sent for the first time
        sent_at IS NOT NULL OR state = 'planned'
    ),
    ended_at TEXT CHECK (                      -- when it came to the end that it has now
        (ended_at IS NOT NULL) = (state IN ('succeeded', 'failed', 'unknown'))
    ),
    saved TEXT CHECK (                         -- JSON object: what later calls of the row may use
        saved IS NULL OR state IN ('accepted', 'succeeded')
    ),
    error_code TEXT NOT NULL DEFAULT '',       -- the last refusal, in AWS's words
    error TEXT NOT NULL DEFAULT '',            -- its message
    hint TEXT NOT NULL DEFAULT '',             -- what can be done about it
    http_status INTEGER NOT NULL DEFAULT 0,    -- of the last answer that was kept
    request_id TEXT NOT NULL DEFAULT '',       -- likewise, for AWS support
    void INTEGER NOT NULL DEFAULT 0 CHECK (    -- 1: not to be sent any more: its rows were taken
                                               -- back, or are planned anew
        void = 0 OR (void = 1 AND state IN ('planned', 'failed'))
    ),
    open_needs INTEGER NOT NULL DEFAULT 0 CHECK (      -- calls of other rows that it waits for
        open_needs >= 0 AND (open_needs = 0 OR sent_at IS NULL)
    ),
    turn INTEGER NOT NULL DEFAULT 0            -- of what is ready, the lower goes first: below 0
                                               -- where other rows wait for it
) STRICT;

-- What is left in each lane, and what can be sent next, in its order. The state is not part of
-- it, so that sending a call does not touch it; the few that are under way are passed over.
CREATE INDEX call_open ON call (lane, waiting, open_needs, turn, id) WHERE ended_at IS NULL;

CREATE TABLE call_row (
    call INTEGER NOT NULL REFERENCES call,     -- the call
    place INTEGER NOT NULL,                    -- the row's place in the call's list, from 0
    -- the row that it carries; a batch may be stored before its rows
    row INTEGER NOT NULL REFERENCES row DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (call, place)
) STRICT, WITHOUT ROWID;

-- The calls of a row, in plan order; no call has a row twice.
CREATE UNIQUE INDEX call_row_row ON call_row (row, call);

-- What a call needs of other rows. That a need is met is not said here: it is where that row's
-- call by that step has succeeded, or the row has none since what it would make is there.
CREATE TABLE need (
    call INTEGER NOT NULL REFERENCES call,     -- the call that waits
    row INTEGER NOT NULL REFERENCES row DEFERRABLE INITIALLY DEFERRED, -- whose call it needs
    step TEXT NOT NULL,                        -- address of that call's step
    PRIMARY KEY (call, row, step)
) STRICT, WITHOUT ROWID;

-- The calls that wait for one, once it has succeeded.
CREATE INDEX need_row ON need (row, step, call);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,                    -- in the order in which it happened
    at TEXT NOT NULL,                          -- when
    call INTEGER NOT NULL REFERENCES call,     -- which call moved
    from_state TEXT NOT NULL,                  -- where it stood
    to_state TEXT NOT NULL,                    -- where it stands from then on
    why TEXT NOT NULL,                         -- an error code, or words of the engine; or empty
    CHECK (
        from_state || ' ' || to_state IN (
            'planned sent',                    -- the intent, before the request leaves
            'sent succeeded',                  -- answered with success
            'sent accepted',                   -- answered with a promise to do it
            'sent failed',                     -- refused for a reason of its own
            'sent planned',                    -- throttled, or refused before it took effect
            'sent in_doubt',                   -- the answer was lost, or the process died
            'in_doubt succeeded',              -- settled: it acted
            'in_doubt accepted',               -- settled: it was accepted
            'in_doubt planned',                -- settled: it did not act, or may be repeated
            'in_doubt failed',                 -- settled: it was refused
            'in_doubt unknown',                -- settled: no way to tell
            'accepted succeeded',              -- what was promised is done
            'accepted failed',                 -- it came to nothing, and the service says why
            'accepted unknown',                -- nothing is there of which it would say how far it is
            'failed planned',                  -- tried again by a person
            'unknown in_doubt'                 -- looked at again by a person
        )
    )
) STRICT;
