"""Calls that wait for others: their least time, and which of them goes first."""
