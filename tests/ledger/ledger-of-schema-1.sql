-- The ledger of a run of schema 1, left by a crash while row 5's call was under way.
BEGIN TRANSACTION;
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
        saved IS NULL OR state = 'succeeded'
    ),
    error_code TEXT NOT NULL DEFAULT '',       -- the last refusal, in AWS's words
    error TEXT NOT NULL DEFAULT '',            -- its message
    hint TEXT NOT NULL DEFAULT '',             -- what can be done about it
    http_status INTEGER NOT NULL DEFAULT 0,    -- of the last answer that was kept
    request_id TEXT NOT NULL DEFAULT ''        -- likewise, for AWS support
) STRICT;
INSERT INTO "call" VALUES(1,1,'0','{"Username":"agent2","Password":{"$hole":"secret","name":"password"}}',NULL,NULL,0,'succeeded',0,1,0,0,'2026-01-02T03:04:05.000Z','2026-01-02T03:04:06.000Z','{"user_id":"u2","user_arn":"arn:u2"}','','','',200,'r1');
INSERT INTO "call" VALUES(2,2,'1','{"UserId":{"$hole":"saved","name":"user_id"},"PhoneConfig":{"AutoAccept":true}}','{"PhoneConfig":{}}',1,0,'succeeded',0,1,1,0,'2026-01-02T03:04:06.000Z','2026-01-02T03:04:09.000Z',NULL,'','','',200,'r2');
INSERT INTO "call" VALUES(3,1,'0','{"Username":"agent5","Password":{"$hole":"secret","name":"password"}}',NULL,NULL,0,'sent',0,1,0,0,'2026-01-02T03:04:13.000Z',NULL,NULL,'','','',0,'');
INSERT INTO "call" VALUES(4,2,'1','{"UserId":{"$hole":"saved","name":"user_id"},"PhoneConfig":{"AutoAccept":true}}','{"PhoneConfig":{}}',3,1,'planned',0,0,0,0,NULL,NULL,NULL,'','','',0,'');
INSERT INTO "call" VALUES(5,3,'0','{"Rows":[4,6]}',NULL,NULL,0,'failed',1,1,0,0,'2026-01-02T03:04:09.000Z','2026-01-02T03:04:10.000Z',NULL,'Split','The batch was refused as a whole; its rows went on in smaller calls.','',0,'');
INSERT INTO "call" VALUES(6,3,'0','{"Rows":[4]}',NULL,NULL,0,'failed',0,2,0,0,'2026-01-02T03:04:09.000Z','2026-01-02T03:04:12.000Z',NULL,'InvalidParameterException','QueueId is not valid','Look at the queue.',400,'r3');
INSERT INTO "call" VALUES(7,3,'0','{"Rows":[6]}',NULL,NULL,0,'planned',0,1,0,0,'2026-01-02T03:04:09.000Z',NULL,NULL,'','','',0,'');
CREATE TABLE call_row (
    call INTEGER NOT NULL REFERENCES call,     -- the call
    place INTEGER NOT NULL,                    -- the row's place in the call's list, from 0
    -- the row that it carries; a batch may be stored before its rows
    row INTEGER NOT NULL REFERENCES row DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (call, place)
) STRICT, WITHOUT ROWID;
INSERT INTO "call_row" VALUES(1,0,2);
INSERT INTO "call_row" VALUES(2,0,2);
INSERT INTO "call_row" VALUES(5,0,4);
INSERT INTO "call_row" VALUES(6,0,4);
INSERT INTO "call_row" VALUES(3,0,5);
INSERT INTO "call_row" VALUES(4,0,5);
INSERT INTO "call_row" VALUES(5,1,6);
INSERT INTO "call_row" VALUES(7,0,6);
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
            'sent failed',                     -- refused for a reason of its own
            'sent planned',                    -- throttled, or refused before it took effect
            'sent in_doubt',                   -- the answer was lost, or the process died
            'in_doubt succeeded',              -- settled: it acted
            'in_doubt planned',                -- settled: it did not act, or may be repeated
            'in_doubt failed',                 -- settled: it was refused
            'in_doubt unknown',                -- settled: no way to tell
            'failed planned',                  -- tried again by a person
            'unknown in_doubt'                 -- looked at again by a person
        )
    )
) STRICT;
INSERT INTO "event" VALUES(1,'2026-01-02T03:04:05.000Z',1,'planned','sent','');
INSERT INTO "event" VALUES(2,'2026-01-02T03:04:06.000Z',1,'sent','succeeded','');
INSERT INTO "event" VALUES(3,'2026-01-02T03:04:06.000Z',2,'planned','sent','');
INSERT INTO "event" VALUES(4,'2026-01-02T03:04:07.000Z',2,'sent','planned','ThrottlingException');
INSERT INTO "event" VALUES(5,'2026-01-02T03:04:08.000Z',2,'planned','sent','');
INSERT INTO "event" VALUES(6,'2026-01-02T03:04:09.000Z',2,'sent','succeeded','');
INSERT INTO "event" VALUES(7,'2026-01-02T03:04:09.000Z',5,'planned','sent','');
INSERT INTO "event" VALUES(8,'2026-01-02T03:04:10.000Z',5,'sent','failed','InvalidParameterException');
INSERT INTO "event" VALUES(9,'2026-01-02T03:04:11.000Z',6,'planned','sent','');
INSERT INTO "event" VALUES(10,'2026-01-02T03:04:12.000Z',6,'sent','failed','InvalidParameterException');
INSERT INTO "event" VALUES(11,'2026-01-02T03:04:13.000Z',3,'planned','sent','');
CREATE TABLE lane (
    id INTEGER PRIMARY KEY,                    -- in the order of the plan
    target TEXT NOT NULL,                      -- name of the target
    service TEXT NOT NULL,                     -- as botocore names it
    operation TEXT NOT NULL,                   -- as AWS names it
    UNIQUE (target, service, operation)
) STRICT;
INSERT INTO "lane" VALUES(1,'','connect','CreateUser');
INSERT INTO "lane" VALUES(2,'','connect','UpdateUserPhoneConfig');
INSERT INTO "lane" VALUES(3,'','connect','AssociateRoutingProfileQueues');
CREATE TABLE note (
    key TEXT PRIMARY KEY,                      -- what the note is about
    value TEXT NOT NULL                        -- JSON
) STRICT, WITHOUT ROWID;
INSERT INTO "note" VALUES('quota','{"CreateUser":2}');
CREATE TABLE row (
    number INTEGER PRIMARY KEY,                -- as Excel numbers it, or the line of a text file
    key TEXT NOT NULL,                         -- what names the row's thing to a person
    target TEXT NOT NULL,                      -- name of its target; empty for the only one
    action TEXT NOT NULL,                      -- what the plan does about the row
    status TEXT NOT NULL REFERENCES tally,     -- derived from its calls at each move of one;
                                               -- of a row without calls, the plan's word
    cells TEXT NOT NULL,                       -- JSON list: the original texts, secrets masked
    changes TEXT NOT NULL,                     -- field: old → new; …
    thing_id TEXT NOT NULL,                    -- id of what was there at the plan, or empty
    thing_arn TEXT NOT NULL,                   -- its ARN, or empty
    problem_code TEXT NOT NULL,                -- why the plan sends nothing for the row, or empty
    problem TEXT NOT NULL,                     -- the same in words
    hint TEXT NOT NULL                         -- and what can be done about it
) STRICT;
INSERT INTO "row" VALUES(2,'agent2','','create','succeeded','["agent2","***"]','','','','','','');
INSERT INTO "row" VALUES(3,'agent3','','none','unchanged','["agent3"]','','','','','','');
INSERT INTO "row" VALUES(4,'agent4','','create','failed','["agent4"]','','','','','','');
INSERT INTO "row" VALUES(5,'agent5','','create','unknown','["agent5","***"]','','','','','','');
INSERT INTO "row" VALUES(6,'agent6','','create','pending','["agent6"]','','','','','','');
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
INSERT INTO "run" VALUES(1,'users-20260102T030405Z-0a1b','create-users','aa','users.xlsx','bb','["Login","Passwort"]','0.1.0','2026-01-02T03:04:05.000Z','{"options":{"tps":2.5},"names":["a",null]}');
CREATE TABLE tally (
    status TEXT PRIMARY KEY,                   -- how rows end, and that they have not
    rows INTEGER NOT NULL CHECK (rows >= 0)    -- how many rows have that status
) STRICT, WITHOUT ROWID;
INSERT INTO "tally" VALUES('failed',1);
INSERT INTO "tally" VALUES('invalid',0);
INSERT INTO "tally" VALUES('pending',1);
INSERT INTO "tally" VALUES('skipped',0);
INSERT INTO "tally" VALUES('succeeded',1);
INSERT INTO "tally" VALUES('unchanged',1);
INSERT INTO "tally" VALUES('unknown',1);
CREATE TRIGGER row_counted AFTER INSERT ON row
BEGIN
    UPDATE tally SET rows = rows + 1 WHERE status = new.status;
END;
CREATE TRIGGER row_recounted AFTER UPDATE OF status ON row WHEN new.status <> old.status
BEGIN
    UPDATE tally SET rows = rows - 1 WHERE status = old.status;
    UPDATE tally SET rows = rows + 1 WHERE status = new.status;
END;
CREATE INDEX call_open ON call (lane, waiting, id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX call_row_row ON call_row (row, call);
COMMIT;
PRAGMA application_id = 1651862635;
PRAGMA user_version = 1;
