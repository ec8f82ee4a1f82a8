"""Where the designer shows the name of what a block refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bulkops.planning.flows.flow_places import Place


class ShownName(NamedTuple):
    """A text in Metadata that shows the name of a thing: where it stands, and which part it shows.

    `part` counts the parts of a name that consists of several: of `BOT/ALIAS` 0 shows the bot
    and 1 its alias. None shows all of it.
    """

    place: Place
    part: int | None = None


_BESIDE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "ai-agent": (("aiAgentName",),),
    "case-template": (("templateName",),),
    "contact-flow": (("contactFlow", "text"), ("ContactFlow", "text")),
    "contact-flow-module": (("contactFlowModuleName",),),
    "hours-of-operation": (("Hours", "text"),),
    "prompt": (("promptName",),),
    "queue": (("queue", "text"),),
}
"""Where the name stands in a block's metadata, by the kind of the one thing that it refers to."""
_LEX = ("LexV2Bot", "AliasArn")
_OF_LEX = (
    ShownName(("parameters", *_LEX, "lexV2BotName"), 0),
    ShownName(("lexV2BotName",), 0),
    ShownName(("parameters", *_LEX, "displayName"), 1),
    ShownName(("lexV2BotAliasName",), 1),
)
HOLDERS = {
    "queue": "queue",
    "contactFlow": "contact-flow",
    "ContactFlow": "contact-flow",
    "Hours": "hours-of-operation",
    "prompt": "prompt",
}
"""Members of a block's metadata that hold an id beside its name, and what it is the id of."""


def shown_names(
    field: Place, kind: str, metadata: Mapping[str, Any], *, is_only: bool
) -> Iterator[ShownName]:
    """Yield the places in a block's metadata that show the name of what one of its fields holds.

    `is_only` tells that no other field of the block holds a thing of that kind: what stands
    beside the parameters is the name of that one.
    """
    names: list[ShownName] = list(_OF_LEX)
    if field != _LEX:
        beside = _BESIDE.get(kind, ()) if is_only else ()
        names = [ShownName(("parameters", *field, "displayName"))]
        names += [ShownName(each) for each in beside if not _has_id(metadata, each)]
    yield from (name for name in names if isinstance(value_at(metadata, name.place), str))


def _has_id(metadata: Mapping[str, Any], place: tuple[str, ...]) -> bool:
    """Tell a name that stands beside an id: it is the name of what that id leads to."""
    held = value_at(metadata, (*place[:-1], "id")) if len(place) > 1 else None
    return isinstance(held, str)


def value_at(held: Any, place: Place) -> Any:  # noqa: ANN401  # any JSON value
    """Return what stands at a place, None where nothing does."""
    for step in place:
        if isinstance(held, dict):
            held = held.get(step)
        elif isinstance(held, list) and isinstance(step, int) and step < len(held):
            held = held[step]
        else:
            return None
    return held
