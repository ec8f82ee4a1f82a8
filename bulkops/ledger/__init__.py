"""The checkpoint of a run: what was planned, what was sent, and what came of it."""
