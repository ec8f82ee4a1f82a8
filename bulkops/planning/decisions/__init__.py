"""What a plan does about a row: its steps decided, by what is there and by `--on-exists`."""
