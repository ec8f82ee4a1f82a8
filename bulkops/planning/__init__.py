"""From a sheet's cells to the calls that they need: decided as values, with no I/O."""
