"""Calls carried out: queued, sent, recorded, and settled where they are in doubt."""
