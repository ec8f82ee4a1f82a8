"""Everything that is wrong with a job, found before it is used."""
