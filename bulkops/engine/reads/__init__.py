"""Reads from an instance, through its lanes and with the fewest calls."""
