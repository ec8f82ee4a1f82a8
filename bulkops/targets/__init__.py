"""What was asked for, bulkops.toml, and connecting to an account or to the simulator."""
