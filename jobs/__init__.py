"""The catalogue: one job a file, its name the job's."""
