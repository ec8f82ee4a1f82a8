"""How what is in data tables is called: its kinds here, and which names there may be."""

from __future__ import annotations

from bulkops.sim.state.refusals import invalid

KIND, ATTRIBUTE, VALUE = "data-table", "data-table-attribute", "data-table-value"
RESERVED = ("connect:", "aws:")
"""What the names of Amazon Connect's own tables and attributes begin with."""


def own_name(text: str) -> str:
    """Return a name as it is kept, without the spaces around it; refuse what is reserved."""
    name = text.strip()
    if not name or name.casefold().startswith(RESERVED):
        raise invalid(f"Name must not be blank, nor begin with {' or '.join(RESERVED)}.")
    return name
