"""Other values put in place of what a flow refers to, path by path, and never by text alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from bulkops.planning.flows.flow_document import sent_text
from bulkops.planning.flows.flow_places import Content, Place
from bulkops.planning.flows.flow_references import FlowReference, references
from bulkops.planning.flows.found_texts import FlowSource
from bulkops.planning.flows.shown_names import value_at


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands in place of a reference: of an ID an id, of an ARN an ARN, without alias.

    `value` is a text, or anything else that becomes one when the content is sent; that must then
    need no escaping in JSON, as ids and ARNs need none. `name` is what Metadata shows from now
    on, of a Lex alias `BOT/ALIAS`; empty leaves what it shows.
    """

    value: object
    name: str = ""


Replacing: TypeAlias = Callable[[FlowReference], Replacement | None]
"""What is to stand in place of a reference; None leaves it as it is."""


class RewrittenFlow(NamedTuple):
    """A flow with other references: the text to send in parts, and what of the source is left.

    `parts` are texts and, between them, the values that are no texts yet; joined they are the
    content as it is sent. `left` are references that still lead into the source's instance or
    account, where a source was given.
    """

    parts: tuple[object, ...]
    left: tuple[FlowReference, ...] = ()

    @property
    def letters(self) -> int:
        """How many characters of the text are known; what is no text yet comes on top."""
        return sum(len(part) for part in self.parts if isinstance(part, str))


def rewritten(
    content: Content,
    found: Iterable[FlowReference],
    by: Replacing,
    source: FlowSource | None = None,
) -> RewrittenFlow:
    """Return a flow whose references are replaced; keys keep their order, values their types.

    `found` are all of its references, as `references` gives them. `source` is asked for what is
    left of it; without one nothing is looked for.
    """
    asked = _asked(found, by)
    mark = _mark(sent_text(content), (each for _, each in asked))
    made, holes = _edited(content, asked, mark)
    left = tuple(_left(made, source)) if source is not None else ()
    return RewrittenFlow(tuple(_parts(sent_text(made), mark, holes)), left)


def with_replaced(content: Content, found: Iterable[FlowReference], by: Replacing) -> Content:
    """Return a flow whose references are replaced by texts, each with one or left as it is."""
    made: Content = _edited(content, _asked(found, by), "")[0]
    return made


def _asked(
    found: Iterable[FlowReference], by: Replacing
) -> list[tuple[FlowReference, Replacement]]:
    return [(each, replacement) for each in found if (replacement := by(each)) is not None]


def _edited(
    content: Content, asked: list[tuple[FlowReference, Replacement]], mark: str
) -> tuple[Any, list[object]]:
    """Return the content with its references replaced, and what is no text yet and was marked."""
    made: Any = _copied(content)
    edits = _edits(made, asked, mark)
    for place, text in (edits.values | edits.names).items():
        value_at(made, place[:-1])[place[-1]] = text
    for place in sorted(edits.keys, key=len, reverse=True):
        _rename(value_at(made, place[:-1]), place[-1], edits.keys[place])
    return made, edits.holes


class _Edits(NamedTuple):
    """New texts by the place where they stand, and the values that are no texts yet."""

    values: dict[Place, str]
    keys: dict[Place, str]
    names: dict[Place, str]
    holes: list[object]


def _edits(content: Content, asked: list[tuple[FlowReference, Replacement]], mark: str) -> _Edits:
    edits = _Edits({}, {}, {}, [])
    # from the end of a text to its beginning, so that places before an edit stay what they are
    for reference, replacement in sorted(asked, key=lambda each: -each[0].found.start):
        value = replacement.value
        if not isinstance(value, str):
            edits.holes.append(value)
            value = f"{mark}{len(edits.holes) - 1}{mark}"
        of = edits.keys if reference.in_key else edits.values
        place, start = reference.place, reference.found.start
        if place not in of:
            of[place] = str(place[-1] if reference.in_key else value_at(content, place))
        of[place] = of[place][:start] + value + of[place][start + len(reference.raw) :]
        if replacement.name:
            edits.names.update(_names(content, reference, replacement.name))
    return edits


def _names(content: Content, reference: FlowReference, name: str) -> Iterator[tuple[Place, str]]:
    qualifier = f":{reference.found.qualifier}"
    for place, part in reference.names:
        said = name
        if part is not None:
            bot, _, alias = name.rpartition("/")
            said = (bot or alias, alias)[part]
        elif len(qualifier) > 1 and value_at(content, place).endswith(qualifier):
            said += qualifier  # an alias that the designer shows behind the name stays there
        yield place, said


def _mark(text: str, replacements: Iterable[Replacement]) -> str:
    """Return a text that stands nowhere in a content, nor in what is put into it."""
    known = "".join([text, *(f"{each.value}{each.name}" for each in replacements)])
    mark = "\ue000\ue001"
    while mark in known:
        mark = f"\ue000{mark}"
    return mark


def _copied(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(value, dict):
        return {name: _copied(inner) for name, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _rename(held: dict[str, Any], old: str | int, new: str) -> None:
    """Give a key another name, where it stands."""
    members = list(held.items())
    held.clear()
    held.update((new if name == old else name, value) for name, value in members)


def _parts(text: str, mark: str, holes: list[object]) -> Iterator[object]:
    for index, piece in enumerate(re.split(f"{mark}(\\d+){mark}", text)):
        yield holes[int(piece)] if index % 2 else piece


def _left(content: Content, source: FlowSource) -> Iterator[FlowReference]:
    for reference in references(content, source):
        found = reference.found
        ids = {found.instance, found.account, found.thing_id}
        if ids & {source.instance_id, source.account} - {""}:
            yield reference
