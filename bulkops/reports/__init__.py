"""What a run leaves for people and machines: results, rows to fix, a page, events, a manifest."""
