"""What a simulation holds: things, quotas, and the refusals that services give."""
