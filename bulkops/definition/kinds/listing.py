"""How things of a kind are listed or searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A paged operation that answers with things of a kind: `List*` or `Search*`."""

    operation: str
    items: str
    """Member of the reply that holds the page."""
    id: str = "Id"
    """Path of the id in an item, dotted; empty: the item is a text, which is its id and name."""
    name: str = "Name"
    """Path of the name in an item, dotted."""
    arn: str = "Arn"
    fixed: Mapping[str, object] = field(default_factory=dict)
    """Arguments that every page is asked with, such as QueueTypes."""
    keys: int = 0
    """How many exact names one call can ask for by SearchCriteria; 0: it can't."""
    field_name: str = ""
    """The FieldName by which SearchCriteria asks for the name."""
    scale: Mapping[str, int] = field(default_factory=dict)
    """Path → divisor, where the answer is in a smaller unit than the write is."""
    dated: bool = False
    """Whether an item of a search says when the thing was last changed."""
    hidden: Mapping[str, object] = field(default_factory=dict)
    """Members that tell an item which no list shows, and which nobody has made."""
    only: Mapping[str, object] = field(default_factory=dict)
    """Members that tell the items of the kind from others that the operation shows."""
    names_path: str = ""
    """Member that holds the chain of ancestors (hierarchy groups): names become paths."""
    parent: str = ""
    """Member by which the write says the last of them: states have it by that name as well."""


SEARCH_KEYS = 20
"""Names asked for in one search: the model sets no limit, and the request stays small."""
