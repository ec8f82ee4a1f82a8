"""One run from start to finish: lanes, retries, settling, signals."""
