"""The simulated Amazon Connect Cases, one file for each kind of thing."""
