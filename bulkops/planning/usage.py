"""What uses a thing: read off the states of other things, and off the texts of flows."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.uses import InContent, InState
from bulkops.planning.rows.cells import Flaw

_WORD = re.compile(r"[0-9A-Za-z-]+")
_SHOWN = 5
"""Users that a sentence names."""


class Usage(NamedTuple):
    """One thing that uses another: what it is, and what it uses it as, in words."""

    noun: str
    name: str
    id: str = ""
    place: str = ""

    def __str__(self) -> str:
        """Render as `routing profile "Basic" (default outbound queue)`."""
        return f'{self.noun} "{self.name}"{f" ({self.place})" if self.place else ""}'


def usages_in(
    place: InState | InContent, state: Mapping[str, Any], wanted: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield (id, as what) for those of the wanted ids to which a state refers, each once a place.

    Raises ValueError where a state holds the text of a flow and it is not one.
    """
    if isinstance(place, InState):
        for path, said in place.paths.items():
            for text in _texts(value_at_dotted(state, path)):
                if (named := _id_in(text)) in wanted:
                    yield named, said
        return
    texts = _said_by_actions(str(state[place.member]), place.actions)
    words = texts if place.actions else [word for text in texts for word in _WORD.findall(text)]
    for word in dict.fromkeys(words):
        if word in wanted:
            yield word, ""


def said_of(usages: Sequence[Usage]) -> str:
    """Return who uses a thing, in words: `used by 3: queue "A", flow "B", flow "C"`."""
    shown = ", ".join(map(str, usages[:_SHOWN]))
    more = f" and {len(usages) - _SHOWN} more" if len(usages) > _SHOWN else ""
    return f"used by {len(usages)}: {shown}{more}"


def in_use(kind: str, name: str, usages: Sequence[Usage], hint: str) -> Flaw:
    """Say that what uses a thing keeps it from being deleted; `hint` is what can be done."""
    return Flaw(
        code="in-use",
        message=f'the {KINDS[kind].noun} "{name}" is {said_of(usages)}',
        found=name,
        hint=hint,
    )


def merged(usages: Iterable[Usage]) -> list[Usage]:
    """Return usages with those of one user put together, in the order of nouns and names."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for each in usages:
        said = places.setdefault((each.noun, each.name, each.id), [])
        if each.place and each.place not in said:
            said.append(each.place)
    return sorted(
        Usage(noun, name, thing_id, ", ".join(said))
        for (noun, name, thing_id), said in places.items()
    )


def _id_in(text: str) -> str:
    """Return the id that a text is, or that an ARN ends in; a qualifier is left out."""
    return text.rpartition("/")[2].partition(":")[0] if text.startswith("arn:") else text


def _said_by_actions(content: str, types: Collection[str]) -> list[str]:
    """Return every text in the parameters of a flow's actions, of some types or of all.

    What the designer notes and how actions are chained is left out: neither refers to a thing.
    """
    flow = json.loads(content)
    listed = flow.get("Actions", ()) if isinstance(flow, Mapping) else None
    if not isinstance(listed, list | tuple):
        raise ValueError("the content of a flow is an object with a list of actions")  # noqa: TRY004
    actions = [each for each in listed if isinstance(each, Mapping)]
    return [
        text
        for action in actions
        if not types or action.get("Type") in types
        for text in _texts(action.get("Parameters", {}))
    ]


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    """Yield every text in a value; the keys of maps may name things too."""
    match value:
        case str():
            yield value
        case Mapping():
            for key, inner in value.items():
                yield str(key)
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)
