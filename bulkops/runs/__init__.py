"""Check, plan, run, resume, retry, undo, history: a run's folder, its life, and how it ended."""
