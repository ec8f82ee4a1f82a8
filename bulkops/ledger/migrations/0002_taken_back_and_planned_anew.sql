-- Rows that an undo has taken back, and calls that are not to be sent any more.
ALTER TABLE row ADD COLUMN undone TEXT NOT NULL DEFAULT '';
ALTER TABLE call ADD COLUMN void INTEGER NOT NULL DEFAULT 0 CHECK (
    void = 0 OR (void = 1 AND state IN ('planned', 'failed'))
);
INSERT INTO tally (status, rows) VALUES ('undone', 0);
