"""The simulated outbound campaigns: their settings, their states, and requests to reach people."""
