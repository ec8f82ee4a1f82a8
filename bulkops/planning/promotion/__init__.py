"""Flows brought from one instance to another: what they refer to, as it is there."""
