"""What one step does about one row: make, change, remove, or leave it."""
