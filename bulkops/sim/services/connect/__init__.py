"""The simulated Amazon Connect, one file for each kind of thing."""
