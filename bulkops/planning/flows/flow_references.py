"""Everything that a flow refers to, each with the block and the place where it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bulkops.planning.flows.flow_places import (
    Block,
    Content,
    Place,
    actions_of,
    block_at,
    metadata_of,
    place_text,
)
from bulkops.planning.flows.found_texts import (
    FlowSource,
    FoundText,
    ReferenceForm,
    found_in_field,
    found_within,
)
from bulkops.planning.flows.reference_fields import (
    is_case_field,
    is_case_field_shown,
    kind_of_field,
)
from bulkops.planning.flows.shown_names import HOLDERS, ShownName, shown_names, value_at

_OF_ACTION = ("Identifier", "NextAction", "Type")
_OF_DESIGNER = ("children", "fragments")
"""Members that hold names of blocks, which are nobody's ids."""
_ALONE = (ReferenceForm.DYNAMIC, ReferenceForm.AWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowReference:
    """Something that a flow refers to: what was found, and where.

    `place` leads to the text, or to a key where `in_key`; `names` are the texts in Metadata that
    show its name, and `shown` what they show: a hint and no truth, for real flows show names of
    other things. `block` is None for what belongs to no block.
    """

    found: FoundText
    place: Place
    block: Block | None = None
    names: tuple[ShownName, ...] = ()
    shown: str = ""
    in_key: bool = False

    @property
    def kind(self) -> str:
        """The kind, as `KINDS` names it where it has one."""
        return self.found.kind

    @property
    def form(self) -> ReferenceForm:
        """How the flow refers to it."""
        return self.found.form

    @property
    def raw(self) -> str:
        """The text that a replacement stands in place of."""
        return self.found.raw

    @property
    def is_run(self) -> bool:
        """Whether contacts are served by it; what only the designer keeps serves none."""
        return self.place[0] != "Metadata"

    @property
    def is_settled(self) -> bool:
        """Whether it means the same in every instance, or is known only as contacts are served."""
        return self.form in _ALONE

    def __str__(self) -> str:
        """Render as block, path, kind and what stands there."""
        at = f"block {self.block}, " if self.block is not None else ""
        return f"{at}{place_text(self.place)}: {self.kind} {self.raw}"


def references(content: Content, source: FlowSource) -> tuple[FlowReference, ...]:
    """Return everything that a flow refers to: block by block, then what belongs to none.

    Fields of the language are known by their names; every other text is searched for ARNs and for
    the source's own ids. What a field holds is told even where it is dynamic.
    """
    return tuple(_references(content, source))


def _references(content: Content, source: FlowSource) -> Iterator[FlowReference]:
    for index, action in enumerate(actions_of(content)):
        yield from _of_block(content, block_at(content, index), action, source)
    for name, held in content.items():
        if name == "Metadata":
            kept = {key: each for key, each in (held or {}).items() if key != "ActionMetadata"}
            yield from _searched(kept, (name,), source, None)
        elif name not in ("Actions", "StartAction"):
            yield from _searched(held, (name,), source, None)


def _of_block(
    content: Content, block: Block, action: Mapping[str, Any], source: FlowSource
) -> Iterator[FlowReference]:
    at: Place = ("Actions", block.index)
    metadata = metadata_of(content, block.identifier)
    kept_at: Place = ("Metadata", "ActionMetadata", block.identifier)
    fields = list(_of_parameters(action.get("Parameters") or {}, source))
    times = Counter(found.kind for _, found, of_field, _ in fields if of_field)
    for place, found, of_field, in_key in fields:
        names: tuple[ShownName, ...] = ()
        if of_field:
            only = times[found.kind] == 1
            names = tuple(shown_names(place, found.kind, metadata, is_only=only))
        yield FlowReference(
            found=found,
            place=(*at, "Parameters", *place),
            block=block,
            names=tuple(ShownName((*kept_at, *name), part) for name, part in names),
            shown=_shown(metadata, names).removesuffix(f":{found.qualifier}"),
            in_key=in_key,
        )
    rest = {name: held for name, held in action.items() if name != "Parameters"}
    yield from _searched(rest, at, source, block, _OF_ACTION)
    for found, place, in_key in _of_metadata(metadata, (), source):
        yield _kept(found, place, metadata, kept_at, block, in_key=in_key)


def _of_parameters(
    parameters: Mapping[str, Any], source: FlowSource
) -> Iterator[tuple[Place, FoundText, bool, bool]]:
    """Yield each find with its place, whether a known field holds it, and whether it is a key."""
    for place, text, in_key in texts(parameters, ()):
        kind = None if in_key else kind_of_field(place)
        if is_case_field(place, text):
            kind = "case-field"
        found_here = found_within(text, source)
        if kind is not None:
            found_here = found_in_field(kind, text, source)
        for found in found_here:
            yield place, found, kind is not None, in_key


def _of_metadata(
    metadata: Mapping[str, Any], at: Place, source: FlowSource
) -> Iterator[tuple[FoundText, Place, bool]]:
    for place, text, in_key in texts(metadata, at, _OF_DESIGNER):
        holder = next((each for each in reversed(place[:-1]) if isinstance(each, str)), "")
        if is_case_field_shown(place, text):
            found_here = found_in_field("case-field", text, source)
        elif place[-1] == "id" and holder in HOLDERS and not in_key:
            found_here = found_in_field(HOLDERS[holder], text, source)
        else:
            found_here = found_within(text, source)
        for found in found_here:
            yield found, place, in_key


def _kept(
    found: FoundText,
    place: Place,
    metadata: Mapping[str, Any],
    at: Place,
    block: Block,
    *,
    in_key: bool,
) -> FlowReference:
    beside = (*place[:-1], "text")
    shown = value_at(metadata, beside) if place[-1] == "id" else None
    return FlowReference(
        found=found,
        place=(*at, *place),
        block=block,
        names=(ShownName((*at, *beside)),) if isinstance(shown, str) else (),
        shown=shown if isinstance(shown, str) else "",
        in_key=in_key,
    )


def _shown(metadata: Mapping[str, Any], names: tuple[ShownName, ...]) -> str:
    """Return the name that is shown; of one in two parts `BOT/ALIAS`."""
    parts = {part: str(value_at(metadata, place)) for place, part in reversed(names)}
    return "/".join(parts[part] for part in (None, 0, 1) if part in parts)


def _searched(
    held: Any,  # noqa: ANN401  # any JSON value
    at: Place,
    source: FlowSource,
    block: Block | None,
    leaving_out: Collection[str] = (),
) -> Iterator[FlowReference]:
    for place, text, in_key in texts(held, at, leaving_out):
        for found in found_within(text, source):
            yield FlowReference(found=found, place=place, block=block, in_key=in_key)


def texts(
    value: Any,  # noqa: ANN401  # any JSON value
    place: Place,
    leaving_out: Collection[str] = (),
) -> Iterator[tuple[Place, str, bool]]:
    """Yield the texts in a JSON value with their places, keys before what they lead to.

    Keys are told as such. `leaving_out` are members that are not gone into.
    """
    if isinstance(value, str):
        yield place, value, False
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in leaving_out:
                yield (*place, name), name, True
                yield from texts(inner, (*place, name), leaving_out)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*place, index), leaving_out)
