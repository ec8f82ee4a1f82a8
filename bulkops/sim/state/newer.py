"""Members that only a newer service model knows: a simulation may hold them, and answers them."""

from __future__ import annotations

NEWER = "+newer"
"""Inside a structure of a stored thing: what it has beside the members of the model."""
