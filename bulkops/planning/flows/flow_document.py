"""A flow or module as a file or the service holds it, read whole or refused in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from bulkops.planning.flows.flow_flaws import FlowFlaw
from bulkops.planning.flows.flow_forms import FlowSaid, unwrapped
from bulkops.planning.flows.flow_places import Block, Content, actions_of, block_at
from bulkops.planning.flows.flow_shape import shape_flaws
from bulkops.planning.flows.flow_structure import structure_flaws
from bulkops.planning.flows.strict_json import read_json

MOST_SENT = 256_000
"""Characters of a flow's content, as it is sent."""


@dataclass(frozen=True, slots=True)
class FlowDocument:
    """A flow: its content as parsed JSON of the right shape, and what its file said beside it.

    The content is never changed in place: what rewrites it makes another.
    """

    content: Content
    said: FlowSaid

    @property
    def blocks(self) -> Iterator[Block]:
        """Yield the blocks, in the order of Actions."""
        return (block_at(self.content, index) for index in range(len(actions_of(self.content))))

    @property
    def text(self) -> str:
        """The content as it is sent: compact, in the order of the source, every letter as it is."""
        return sent_text(self.content)


class FlowRead(NamedTuple):
    """A flow that was read, with all that is wrong with it.

    `document` is None where the file holds no flow that could be gone through. With flaws of
    which none `stops_drafts`, the flow can be saved and not published.
    """

    document: FlowDocument | None
    flaws: tuple[FlowFlaw, ...]

    @property
    def is_draft_only(self) -> bool:
        """Whether the flow can be saved but not published as it is."""
        return bool(self.flaws) and not any(flaw.stops_drafts for flaw in self.flaws)


def read_flow(text: str) -> FlowRead:
    """Return the flow in a text, in any of the forms that files have; nothing is raised.

    Known are the content as the service has it, the console's export of today, a flow wrapped
    with its name, type and tags (its content a text or an object), and what the AWS CLI prints.
    """
    read = read_json(text)
    if read.faults:
        faults = (FlowFlaw(code=code, message=said, place=at) for code, said, at in read.faults)
        return FlowRead(None, tuple(faults))
    content, said, flaws_of_form = unwrapped(read.value)
    if flaws_of_form:
        return FlowRead(None, flaws_of_form)
    flaws = tuple(shape_flaws(content))
    if flaws:
        return FlowRead(None, flaws)
    return FlowRead(FlowDocument(content, said), tuple(_flaws(content)))


def sent_text(content: Any) -> str:  # noqa: ANN401  # any JSON value
    """Return JSON as it is sent: without spaces, every letter as it is."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _flaws(content: Content) -> Iterator[FlowFlaw]:
    yield from structure_flaws(content)
    letters = len(sent_text(content))
    if letters > MOST_SENT:
        said = f"{letters:,} characters when it is sent; a flow has {MOST_SENT:,} at most"
        yield FlowFlaw(code="too-long", message=said)
