"""What a run is asked to begin with: jobs, sheets and the files that their cells name."""
