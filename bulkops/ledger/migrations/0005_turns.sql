-- Which of the calls that are ready goes first: those that others wait for longest.
ALTER TABLE call ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
DROP INDEX call_open;
CREATE INDEX call_open ON call (lane, waiting, open_needs, turn, id) WHERE ended_at IS NULL;
