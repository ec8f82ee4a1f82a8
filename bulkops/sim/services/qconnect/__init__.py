"""The simulated Q in Connect, one file for each kind of thing."""
