"""From a sheet's cells to rows of typed values."""
