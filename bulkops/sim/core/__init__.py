"""One simulation: its beginning, its faults on request, and what it was asked."""
