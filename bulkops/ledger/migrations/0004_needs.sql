-- Calls that need calls of other rows, and how many of those have not succeeded yet.
ALTER TABLE call ADD COLUMN open_needs INTEGER NOT NULL DEFAULT 0 CHECK (
    open_needs >= 0 AND (open_needs = 0 OR sent_at IS NULL)
);
DROP INDEX call_open;
CREATE INDEX call_open ON call (lane, waiting, open_needs, id) WHERE ended_at IS NULL;
CREATE TABLE need (
    call INTEGER NOT NULL REFERENCES call,
    row INTEGER NOT NULL REFERENCES row DEFERRABLE INITIALLY DEFERRED,
    step TEXT NOT NULL,
    PRIMARY KEY (call, row, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX need_row ON need (row, step, call);
