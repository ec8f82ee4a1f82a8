-- Every statement by which the ledger is read and written, one for each purpose.

-- name: begin_run
-- Keep what is fixed when a run begins.
INSERT INTO run (
    only, id, job, job_sha256, sheet, sheet_sha256, headers, version, created_at, meta
) VALUES (
    1, :id, :job, :job_sha256, :sheet, :sheet_sha256, :headers, :version, :created_at, :meta
);

-- name: run
-- What was fixed when the run began.
SELECT id, job, job_sha256, sheet, sheet_sha256, headers, version, created_at, meta FROM run;

-- name: put_note
-- Keep a value beside the run, in place of any earlier one.
INSERT INTO note (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: notes
-- All values kept beside the run.
SELECT key, value FROM note ORDER BY key;

-- name: has_begun
-- Whether a plan was approved, or any call of it was ever moved.
SELECT
    EXISTS (SELECT 1 FROM note WHERE key = :approval) OR EXISTS (SELECT 1 FROM event) AS begun;

-- name: is_loaded
-- Whether a plan has been stored.
SELECT EXISTS (SELECT 1 FROM row) OR EXISTS (SELECT 1 FROM call) AS loaded;

-- name: add_lane
-- Give a lane its number.
INSERT INTO lane (id, target, service, operation) VALUES (:id, :target, :service, :operation);

-- name: add_row
-- Store a planned row.
INSERT INTO row (
    number, key, target, action, status, cells, changes, thing_id, thing_arn,
    problem_code, problem, hint
) VALUES (
    :number, :key, :target, :action, :status, :cells, :changes, :thing_id, :thing_arn,
    :problem_code, :problem, :hint
);

-- name: add_call
-- Store a planned call.
INSERT INTO call (
    id, lane, step, params, undo, after, waiting, state, split, attempts, throttles, doubts,
    open_needs
) VALUES (
    :id, :lane, :step, :params, :undo, :after, :after IS NOT NULL, 'planned', 0, 0, 0, 0,
    :open_needs
);

-- name: add_call_row
-- Store that a call carries a row.
INSERT INTO call_row (call, place, row) VALUES (:call, :place, :row);

-- name: add_need
-- Store that a call needs another row's call.
INSERT INTO need (call, row, step) VALUES (:call, :row, :step);

-- name: set_turn
-- Say when the call of a row's step is to go, among those that are ready beside it.
UPDATE call SET turn = :turn
WHERE step = :step AND id IN (SELECT call_row.call FROM call_row WHERE call_row.row = :row);

-- name: keep_turns
-- Give calls that are planned anew, from a number on, the turns of those whose place they take.
UPDATE call SET turn = coalesce((
    SELECT min(older.turn) FROM call_row AS mine
    INNER JOIN call_row AS theirs ON theirs.row = mine.row AND theirs.call < :first
    INNER JOIN call AS older ON older.id = theirs.call AND older.step = call.step
    WHERE mine.call = call.id
), 0)
WHERE id >= :first;

-- name: any_need
-- Whether any call needs another row's call: in most plans none does.
SELECT 1 FROM need LIMIT 1;

-- name: needless_call
-- A call that needs what no call will do, and what is not there.
SELECT need.call, need.row, need.step FROM need
INNER JOIN row ON row.number = need.row
WHERE row.status NOT IN ('unchanged', 'skipped') AND NOT EXISTS (
    SELECT 1 FROM call_row
    INNER JOIN call ON call.id = call_row.call
    WHERE call_row.row = need.row AND call.step = need.step
)
LIMIT 1;

-- name: unaccounted_row
-- A row that neither a call nor the plan's own verdict accounts for, or both do.
SELECT number, action, status FROM row
WHERE (status = 'pending')
    <> EXISTS (SELECT 1 FROM call_row WHERE call_row.row = row.number)
LIMIT 1;

-- name: lanes
-- How many calls of each lane are still to be brought to an end, in plan order; of all, or of
-- those whose rows are among some alone.
SELECT lane.target, lane.service, lane.operation, open.calls
FROM (
    SELECT lane, count(*) AS calls FROM call
    WHERE ended_at IS NULL AND void = 0 AND (
        :only IS NULL OR NOT EXISTS (
            SELECT 1 FROM call_row
            WHERE call_row.call = call.id
                AND call_row.row NOT IN (SELECT value FROM json_each(:only))
        )
    )
    GROUP BY lane
) AS open
INNER JOIN lane ON lane.id = open.lane
ORDER BY lane.id;

-- name: ready
-- The first calls of a lane that can be sent, by their turn and then in plan order; of all, or of
-- those whose rows are among some alone, of those with a row up to the last one that is meant, and
-- of those with a turn before some. Plan order is not the sheet's: a call has its number once it is
-- full, and what is planned anew comes at the end.
SELECT
    call.id, call.step, call.params, call.undo, call.state, call.attempts, call.throttles,
    call.doubts, call.error_code, call.error, call.sent_at, call.turn,
    lane.target, lane.service, lane.operation,
    EXISTS (SELECT 1 FROM call AS later WHERE later.id = call.id + 1 AND later.after = call.id)
    OR EXISTS (
        SELECT 1 FROM call_row
        INNER JOIN need ON need.row = call_row.row AND need.step = call.step
        WHERE call_row.call = call.id
    ) AS opens
FROM lane
INNER JOIN call ON call.lane = lane.id
WHERE lane.target = :target AND lane.service = :service AND lane.operation = :operation
    AND call.waiting = 0 AND call.open_needs = 0
    AND call.turn < coalesce(:sooner, 9223372036854775807)
    AND call.ended_at IS NULL AND call.state = 'planned' AND call.void = 0
    AND (
        :only IS NULL OR NOT EXISTS (
            SELECT 1 FROM call_row
            WHERE call_row.call = call.id
                AND call_row.row NOT IN (SELECT value FROM json_each(:only))
        )
    )
    AND (
        :last_row IS NULL
        OR call.id IN (SELECT call_row.call FROM call_row WHERE call_row.row <= :last_row)
    )
ORDER BY call.turn, call.id
LIMIT :limit;

-- name: open_calls
-- The next calls after a number that are to be brought to an end, with the step that each comes
-- after; of all, or of those whose rows are among some alone.
SELECT
    call.id, call.step, lane.target, lane.service, lane.operation,
    (SELECT before.step FROM call AS before WHERE before.id = call.after) AS after_step
FROM call
INNER JOIN lane ON lane.id = call.lane
WHERE call.id > :after AND call.ended_at IS NULL AND call.void = 0
    AND (
        :only IS NULL OR NOT EXISTS (
            SELECT 1 FROM call_row
            WHERE call_row.call = call.id
                AND call_row.row NOT IN (SELECT value FROM json_each(:only))
        )
    )
ORDER BY call.id
LIMIT :limit;

-- name: what_calls_need
-- What some calls need of other rows, met or not.
SELECT call, row, step FROM need WHERE call IN (SELECT value FROM json_each(:calls));

-- name: doubtful
-- The calls that may have acted, or may act yet, in plan order; all, or those whose rows are among
-- some alone.
SELECT
    call.id, call.step, call.params, call.undo, call.state, call.attempts, call.throttles,
    call.doubts, call.error_code, call.error, call.sent_at, call.turn,
    lane.target, lane.service, lane.operation, 1 AS opens
FROM call
INNER JOIN lane ON lane.id = call.lane
WHERE call.state IN ('sent', 'in_doubt', 'accepted')
    AND (
        :only IS NULL OR NOT EXISTS (
            SELECT 1 FROM call_row
            WHERE call_row.call = call.id
                AND call_row.row NOT IN (SELECT value FROM json_each(:only))
        )
    )
ORDER BY call.id;

-- name: calls
-- The next calls after a number, in plan order.
SELECT
    call.id, call.step, call.params, call.undo, call.state, call.attempts, call.throttles,
    call.doubts, call.error_code, call.error, call.sent_at, call.turn,
    lane.target, lane.service, lane.operation, 1 AS opens
FROM call
INNER JOIN lane ON lane.id = call.lane
WHERE call.id > :after
ORDER BY call.id
LIMIT :limit;

-- name: calls_in_state
-- The next calls of a state after a number, in plan order, without those that no longer count.
SELECT
    call.id, call.step, call.params, call.undo, call.state, call.attempts, call.throttles,
    call.doubts, call.error_code, call.error, call.sent_at, call.turn,
    lane.target, lane.service, lane.operation, 1 AS opens
FROM call
INNER JOIN lane ON lane.id = call.lane
WHERE call.id > :after AND call.state = :state AND call.split = 0 AND call.void = 0
ORDER BY call.id
LIMIT :limit;

-- name: calls_of_rows
-- Every call that carries one of some rows that stand together, in plan order.
SELECT
    call.id, call.step, call.params, call.undo, call.state, call.attempts, call.throttles,
    call.doubts, call.error_code, call.error, call.sent_at, call.turn,
    lane.target, lane.service, lane.operation, 1 AS opens
FROM call
INNER JOIN lane ON lane.id = call.lane
WHERE call.id IN (SELECT call_row.call FROM call_row WHERE call_row.row BETWEEN :first AND :last)
ORDER BY call.id;

-- name: rows_of_calls
-- The rows of some calls, in the order of each call's list.
SELECT call, row FROM call_row
WHERE call IN (SELECT value FROM json_each(:calls))
ORDER BY call, place;

-- name: saved_for_calls
-- What each row of some calls has saved so far, those calls included, in plan order.
SELECT mine.call, mine.row, earlier.saved
FROM call_row AS mine
INNER JOIN call_row AS theirs ON theirs.row = mine.row AND theirs.call <= mine.call
INNER JOIN call AS earlier ON earlier.id = theirs.call
WHERE mine.call IN (SELECT value FROM json_each(:calls)) AND earlier.saved IS NOT NULL
ORDER BY mine.call, mine.row, earlier.id;

-- name: needs_of_calls
-- What some calls need of other rows, with what those have saved, or what is there already.
SELECT need.call, need.row, need.step, row.status, row.thing_id, row.thing_arn, (
    SELECT needed.saved FROM call_row
    INNER JOIN call AS needed ON needed.id = call_row.call
    WHERE call_row.row = need.row AND needed.step = need.step AND needed.state = 'succeeded'
    ORDER BY needed.id DESC LIMIT 1
) AS saved
FROM need
INNER JOIN row ON row.number = need.row
WHERE need.call IN (SELECT value FROM json_each(:calls));

-- name: count_needs
-- Count anew what is still waited for: by the calls that need one, or by all where none is given.
UPDATE call SET open_needs = (
    SELECT count(*) FROM need
    INNER JOIN row ON row.number = need.row
    WHERE need.call = call.id AND row.status NOT IN ('unchanged', 'skipped') AND NOT EXISTS (
        SELECT 1 FROM call_row
        INNER JOIN call AS needed ON needed.id = call_row.call
        WHERE call_row.row = need.row AND needed.step = need.step AND needed.state = 'succeeded'
    )
)
WHERE id IN (
    SELECT need.call FROM call AS done
    INNER JOIN call_row ON call_row.call = done.id
    INNER JOIN need ON need.row = call_row.row AND need.step = done.step
    WHERE done.id = :call
    UNION ALL
    SELECT need.call FROM need WHERE :call IS NULL
);

-- name: blockers
-- What some rows wait for that has not succeeded, directly or through rows that wait themselves.
WITH RECURSIVE waits (row, needed_row, step) AS (
    SELECT call_row.row, need.row, need.step FROM call_row
    INNER JOIN call ON call.id = call_row.call
    INNER JOIN need ON need.call = call.id
    WHERE call_row.row IN (SELECT value FROM json_each(:rows))
        AND call.open_needs > 0 AND call.void = 0
    UNION
    SELECT waits.row, need.row, need.step FROM waits
    INNER JOIN call_row ON call_row.row = waits.needed_row
    INNER JOIN call ON call.id = call_row.call
    INNER JOIN need ON need.call = call.id
    WHERE call.open_needs > 0 AND call.void = 0
)
SELECT waits.row, waits.needed_row, row.status, needed.open_needs, (
    SELECT call.error FROM call_row
    INNER JOIN call ON call.id = call_row.call
    WHERE call_row.row = waits.needed_row AND call.state IN ('failed', 'unknown')
        AND call.split = 0 AND call.void = 0
    LIMIT 1
) AS error
FROM waits
INNER JOIN row ON row.number = waits.needed_row
INNER JOIN call_row ON call_row.row = waits.needed_row
INNER JOIN call AS needed ON needed.id = call_row.call AND needed.step = waits.step
WHERE needed.state <> 'succeeded' AND needed.split = 0 AND needed.void = 0
ORDER BY waits.row, waits.needed_row;

-- name: waiting_rows
-- The rows that wait for one of some rows, directly or through rows that wait themselves.
WITH RECURSIVE waiting (row) AS (
    SELECT value FROM json_each(:rows)
    UNION
    SELECT call_row.row FROM waiting
    INNER JOIN need ON need.row = waiting.row
    INNER JOIN call ON call.id = need.call AND call.open_needs > 0 AND call.void = 0
    INNER JOIN call_row ON call_row.call = call.id
)
SELECT row FROM waiting;

-- name: ended_badly
-- The rows that failed, or of which nothing is known.
SELECT number FROM row WHERE status IN ('failed', 'unknown');

-- name: needed_rows
-- The rows that some rows wait for, directly or through rows that wait themselves.
WITH RECURSIVE needed (row) AS (
    SELECT value FROM json_each(:rows)
    UNION
    SELECT need.row FROM needed
    INNER JOIN call_row ON call_row.row = needed.row
    INNER JOIN call ON call.id = call_row.call AND call.open_needs > 0 AND call.void = 0
    INNER JOIN need ON need.call = call.id
)
SELECT row FROM needed;

-- name: move
-- Move a call, if it is where it is to be moved from; keep what an answer or a look has left.
UPDATE call SET
    state = :to_state,
    attempts = attempts + :attempt,
    throttles = throttles + :throttle,
    doubts = doubts + (:to_state = 'in_doubt'),
    sent_at = CASE WHEN :to_state = 'sent' THEN coalesce(sent_at, :at) ELSE sent_at END,
    ended_at = CASE WHEN :to_state IN ('succeeded', 'failed', 'unknown') THEN :at END,
    saved = iif(:kept, :saved, saved),
    error_code = iif(:kept, :error_code, error_code),
    error = iif(:kept, :error, error),
    hint = iif(:kept, :hint, hint),
    http_status = iif(:kept, :http_status, http_status),
    request_id = iif(:kept, :request_id, request_id)
WHERE id = :call AND state = :from_state
    AND waiting = 0 AND open_needs = 0 AND split = 0 AND void = 0;

-- name: whereabouts
-- Where a call stands.
SELECT state, waiting OR open_needs > 0 AS waiting, split, void FROM call WHERE id = :call;

-- name: record_event
-- Record a move.
INSERT INTO event (at, call, from_state, to_state, why)
VALUES (:at, :call, :from_state, :to_state, :why);

-- name: release_next
-- Let the call that waits for this one be sent: a row's own calls bear consecutive numbers.
UPDATE call SET waiting = 0 WHERE id = :call + 1 AND after = :call;

-- name: rows_of_call
-- The rows of one call, in the order of its list.
SELECT row FROM call_row WHERE call = :call ORDER BY place;

-- name: derive_status
-- Derive the status of one row, or of a call's, from the states of its calls, unless taken back.
UPDATE row SET status = (
    SELECT
        CASE
            WHEN row.undone <> '' THEN 'undone'
            WHEN max(call.state = 'failed') THEN 'failed'
            WHEN max(call.state IN ('unknown', 'in_doubt', 'sent')) THEN 'unknown'
            WHEN min(call.state = 'succeeded') THEN 'succeeded'
            ELSE 'pending'
        END
    FROM call_row
    INNER JOIN call ON call.id = call_row.call
    WHERE call_row.row = row.number AND call.split = 0 AND call.void = 0
)
WHERE number IN (SELECT :row UNION ALL SELECT row FROM call_row WHERE call = :call);

-- name: mark_split
-- Note that a failed batch's parts have taken its place.
UPDATE call SET split = 1 WHERE id = :call;

-- name: add_part
-- Store a part of a split batch, with what the batch has been through.
INSERT INTO call (
    id, lane, step, params, undo, after, waiting, state, split,
    attempts, throttles, doubts, sent_at, turn
)
SELECT
    :id, lane, step, :params, :undo, NULL, 0, :state, 0,
    attempts, throttles, doubts, sent_at, turn
FROM call WHERE id = :batch;

-- name: add_part_needs
-- Store that a part of a split batch needs what the batch needed.
INSERT INTO need (call, row, step) SELECT :id, row, step FROM need WHERE call = :batch;

-- name: begin_anew
-- Give a reopened call its attempts back, and other arguments where there are some.
UPDATE call SET attempts = 0, params = coalesce(:params, params) WHERE id = :call;

-- name: known_lanes
-- Every lane that a call of the plan is sent through.
SELECT id, target, service, operation FROM lane;

-- name: next_number
-- The first number behind those that calls bear, or that are kept for a batch's parts.
SELECT coalesce(max(call.id + 2 * carried.rows - 1), 1) AS number
FROM call
INNER JOIN (SELECT call, count(*) AS rows FROM call_row GROUP BY call) AS carried
    ON carried.call = call.id;

-- name: replan_row
-- Put what a new plan says of a row in place of the old.
UPDATE row SET
    key = :key, target = :target, action = :action, status = :status, cells = :cells,
    changes = :changes, thing_id = :thing_id, thing_arn = :thing_arn,
    problem_code = :problem_code, problem = :problem, hint = :hint
WHERE number = :number AND undone = '';

-- name: void_call
-- Let a call not be sent any more, where another plan has taken its place.
UPDATE call SET void = 1
WHERE id = :call AND state IN ('planned', 'failed') AND split = 0 AND void = 0;

-- name: replan_call
-- Give a call other arguments; its rows and needs are to be stored anew.
UPDATE call SET params = :params, undo = :undo, open_needs = 0
WHERE id = :call AND state IN ('planned', 'failed') AND split = 0 AND void = 0;

-- name: drop_needs
-- Forget what a call needs.
DELETE FROM need WHERE call = :call;

-- name: drop_call_rows
-- Forget which rows a call carries.
DELETE FROM call_row WHERE call = :call;

-- name: has_calls
-- Whether a call decides about a row.
SELECT EXISTS (
    SELECT 1 FROM call_row
    INNER JOIN call ON call.id = call_row.call
    WHERE call_row.row = :row AND call.split = 0 AND call.void = 0
) AS found;

-- name: replace_cells
-- Put a row's corrected texts in place of the original ones.
UPDATE row SET cells = :cells WHERE number = :row;

-- name: take_back
-- Note which run has taken a row back.
UPDATE row SET status = 'undone', undone = :by WHERE number = :row;

-- name: void_taken_back
-- Let no call of a row be sent any more, where all the rows that it carries were taken back.
UPDATE call SET void = 1
WHERE id IN (SELECT call FROM call_row WHERE row = :row)
    AND state IN ('planned', 'failed') AND split = 0
    AND NOT EXISTS (
        SELECT 1 FROM call_row
        INNER JOIN row ON row.number = call_row.row
        WHERE call_row.call = call.id AND row.undone = ''
    );

-- name: standing
-- How many rows have something done for them, or perhaps done, that was not taken back.
SELECT count(*) AS rows FROM row
WHERE undone = '' AND EXISTS (
    SELECT 1 FROM call_row
    INNER JOIN call ON call.id = call_row.call
    WHERE call_row.row = row.number
        AND (
            call.state IN ('succeeded', 'accepted', 'sent', 'in_doubt', 'unknown')
            OR call.doubts > 0
        )
);

-- name: counts
-- How many rows have each status.
SELECT status, rows FROM tally WHERE rows > 0;

-- name: target_counts
-- How many rows of each target have each status.
SELECT target, status, count(*) AS rows FROM row GROUP BY target, status;

-- name: sheet_counts
-- How many rows of each sheet of a workbook have each status, by the place of the sheet.
SELECT number / :rows AS place, status, count(*) AS rows FROM row GROUP BY place, status;

-- name: result_row
-- One row of the reports.
SELECT
    number, key, target, action, status, cells, changes, thing_id, thing_arn,
    problem_code, problem, hint, undone
FROM row WHERE number = :row;

-- name: result_rows
-- The next rows of the reports after a number, in the order of the sheet.
SELECT
    number, key, target, action, status, cells, changes, thing_id, thing_arn,
    problem_code, problem, hint, undone
FROM row WHERE number > :after ORDER BY number LIMIT :limit;

-- name: results_of
-- The next rows of the reports after a number that have one of some statuses.
SELECT
    number, key, target, action, status, cells, changes, thing_id, thing_arn,
    problem_code, problem, hint, undone
FROM row
WHERE number > :after AND status IN (SELECT value FROM json_each(:statuses))
ORDER BY number LIMIT :limit;

-- name: result_calls
-- The calls that decide about some rows, by row and in plan order.
SELECT
    call_row.row, call.state, call.attempts,
    coalesce(call.sent_at, '') AS sent_at, coalesce(call.ended_at, '') AS ended_at,
    call.error_code, call.error, call.hint, call.http_status, call.request_id,
    lane.operation, coalesce(call.saved, 'null') AS saved
FROM call_row
INNER JOIN call ON call.id = call_row.call
INNER JOIN lane ON lane.id = call.lane
WHERE call_row.row IN (SELECT value FROM json_each(:rows)) AND call.split = 0 AND call.void = 0
ORDER BY call_row.row, call.id;

-- name: doubted
-- The next calls after a number that were ever in doubt, in plan order.
SELECT
    call.id, call.step, call.params, call.undo, call.state, call.attempts, call.throttles,
    call.doubts, call.error_code, call.error, call.sent_at, call.turn,
    lane.target, lane.service, lane.operation, 1 AS opens
FROM call
INNER JOIN lane ON lane.id = call.lane
WHERE call.id > :after AND call.doubts > 0
ORDER BY call.id
LIMIT :limit;

-- name: events
-- The next moves after a number, in the order they happened; all, or those that left a state.
SELECT id, at, call, from_state, to_state, why FROM event
WHERE id > :after AND (:left IS NULL OR from_state = :left)
ORDER BY id LIMIT :limit;

-- name: lane_moves
-- How many calls of each lane were sent, or put back to be sent again, for the same reason within
-- a second, of the next such moves after a number.
SELECT
    lane.target, lane.service, lane.operation,
    moved.at, moved.from_state, moved.to_state, moved.why, moved.calls, moved.last
FROM (
    SELECT
        call.lane, event.from_state, event.to_state, event.why,
        min(event.at) AS at, count(*) AS calls, max(event.id) AS last
    FROM (
        SELECT id, at, call, from_state, to_state, why FROM event
        WHERE id > :after
            AND (to_state = 'sent' OR (from_state = 'sent' AND to_state = 'planned'))
        ORDER BY id LIMIT :limit
    ) AS event
    INNER JOIN call ON call.id = event.call
    GROUP BY substr(event.at, 1, 19), call.lane, event.from_state, event.to_state, event.why
) AS moved
INNER JOIN lane ON lane.id = moved.lane
ORDER BY moved.last;
