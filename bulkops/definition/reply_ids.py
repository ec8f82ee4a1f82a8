"""Which members of a reply tell what an operation made: its id or URL, and its ARN."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bulkops.definition.model.operations import OperationFacts, operation

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+")
_ENDINGS = {"made_id": ("identifier", "id", "url"), "made_arn": ("arn",)}
"""Names under which it is kept, each with the ends of members' names that tell it, best first."""
_FEW = 3
"""Members of a reply among which the only id is what was made, whatever it is called."""


def made_by(service: str, name: str) -> Mapping[str, str]:
    """Return under which name which member of a reply is kept; nothing where none tells.

    They stand in the reply itself or in its one structure. What the model marks sensitive is
    never kept.
    """
    facts = operation(service, name)
    noun = "".join(_WORDS.findall(name)[1:]).casefold()
    told = list(_told(facts))
    found = {kept: _about(told, noun, ends) for kept, ends in _ENDINGS.items()}
    if not any(found.values()) and len(told) <= _FEW:
        found = {kept: _only(told, ends) for kept, ends in _ENDINGS.items()}
    return {kept: path for kept, path in found.items() if path}


def _about(told: Iterable[str], noun: str, endings: tuple[str, ...]) -> str:
    """Return the member whose name says that it is of what the operation is about."""
    for ending in endings:
        for path in told:
            about, found, _ = _member(path).rpartition(ending)
            own = not about or noun.endswith(about) or noun.startswith(about)
            if found and own and _member(path).endswith(ending):
                return path
    return ""


def _only(told: Iterable[str], endings: tuple[str, ...]) -> str:
    """Return the only member of one of the kinds; empty where there are several or none."""
    found = [path for path in told if _member(path).endswith(endings)]
    return found[0] if len(found) == 1 else ""


def _told(facts: OperationFacts) -> Iterator[str]:
    """Yield the texts in a reply, or in the only structure that it consists of."""
    top = [member for path, member in facts.output.items() if _depth(path) == 0]
    structures = [member.path for member in top if member.type == "structure"]
    inside = f"{structures[0]}." if len(structures) == 1 else None
    for path, member in facts.output.items():
        own = _depth(path) == 0 or (inside and path.startswith(inside) and _depth(path) == 1)
        if own and member.type == "string" and not member.sensitive:
            yield path


def _depth(path: str) -> int:
    return len(re.split(r"[.\[{]", path)) - 1


def _member(path: str) -> str:
    return path.rpartition(".")[2].casefold()
