"""Places in a flow, and its blocks as a person names them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""Keys and indices that lead to a value: `("Actions", 3, "Parameters", "QueueId")`."""
Content: TypeAlias = Mapping[str, Any]
"""A flow's content as parsed JSON; of a FlowDocument, its shape has been looked at."""

UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]*")
_MOST_SHOWN = 60


def clipped(text: str) -> str:
    """Return a text short enough to stand in a sentence."""
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def place_text(place: Place) -> str:
    """Return a place as the service writes it: `Actions[3].Parameters.QueueId`."""
    said = ""
    for step in place:
        if isinstance(step, int):
            said += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            said += f".{step}"
        else:
            said += f"[{json.dumps(step, ensure_ascii=False)}]"
    return said.removeprefix(".")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a flow: its index in Actions, its Identifier, its type, and the name it shows.

    `name` is empty for a block that nobody has given one: the designer shows its type then.
    """

    index: int
    identifier: str
    type: str
    name: str = ""

    def __str__(self) -> str:
        """Render as `"Main menu" (GetParticipantInput)`, or type and Identifier without a name."""
        if self.name:
            return f'"{self.name}" ({self.type})'
        return f"{self.type} {self.identifier}"


class Lead(NamedTuple):
    """A way out of a block: where it stands in the block, what it is for, and where it leads.

    `label` is `NextAction`, `on NoMatchingError` or `if Equals 1`; `target` an Identifier, empty
    where the way leads nowhere yet.
    """

    place: Place
    label: str
    target: str


def actions_of(content: Content) -> list[dict[str, Any]]:
    """Return the blocks of a flow as they stand in it."""
    return content.get("Actions") or []


def metadata_of(content: Content, identifier: str) -> Mapping[str, Any]:
    """Return what the designer keeps about a block; nothing where it keeps none."""
    held = ((content.get("Metadata") or {}).get("ActionMetadata") or {}).get(identifier)
    return held if isinstance(held, Mapping) else {}


def block_at(content: Content, index: int) -> Block:
    """Return the block at an index of Actions."""
    action = actions_of(content)[index]
    identifier = action.get("Identifier", "")
    friendly = metadata_of(content, identifier).get("isFriendlyName") is True
    named = friendly or not UUID.fullmatch(identifier)
    return Block(index, identifier, action.get("Type", ""), identifier if named else "")


def leads(action: Mapping[str, Any]) -> Iterator[Lead]:
    """Yield the ways out of a block, in the order written."""
    transitions = action.get("Transitions") or {}
    if "NextAction" in transitions:
        yield Lead(("NextAction",), "NextAction", transitions["NextAction"] or "")
    for index, error in enumerate(transitions.get("Errors") or ()):
        label = f"on {error.get('ErrorType', '')}"
        yield Lead(("Errors", index, "NextAction"), label, error.get("NextAction") or "")
    for index, each in enumerate(transitions.get("Conditions") or ()):
        said = condition_text(each)
        yield Lead(("Conditions", index, "NextAction"), f"if {said}", each.get("NextAction") or "")


def condition_text(condition: Mapping[str, Any]) -> str:
    """Return what a condition asks: `Equals 1`; both ways of writing one are known."""
    asked = condition.get("Condition") or condition
    operands = ", ".join(map(_operand_text, asked.get("Operands") or ()))
    return f"{asked.get('Operator', '')} {operands}".strip()


def _operand_text(operand: Any) -> str:  # noqa: ANN401  # any JSON value
    """Return an operand as it is, quoted where it could be taken for several."""
    if isinstance(operand, str) and operand and not any(each in operand for each in '",'):
        return operand
    return json.dumps(operand, ensure_ascii=False)
