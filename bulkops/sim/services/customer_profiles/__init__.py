"""The simulated Customer Profiles, one file for each kind of thing."""
