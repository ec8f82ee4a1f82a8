"""What the service says of a flow that it refuses, with the blocks that it means."""

from __future__ import annotations

import json
import re

from bulkops.planning.flows.flow_document import read_flow
from bulkops.planning.flows.flow_places import UUID, Block, Content, Place
from bulkops.planning.flows.shown_names import value_at

_MOST_SHOWN = 200
"""Characters of a text up to which it is shown beside the path where it stands."""
_STEP = re.compile(r"[A-Za-z_][\w-]*|\d+")
_MEANT = re.compile(
    r"(?P<path>Actions(?:\[\d+\]|[./]\d+)(?:[./][A-Za-z_][\w-]*|[./]\d+|\[\d+\])*)"
    r"|(?<=Path: )(?P<place>(?P<index>\d+)(?:\.\w+)+)"  # `3.Evaluate`: the ways out of a block
    rf"|(?<![/:\w-])(?P<identifier>{UUID.pattern})"  # in an ARN it is no block's
)


def explained(message: str, sent: str) -> str:
    """Return a refusal in which each path and Identifier is followed by the block that it means.

    `message` holds one problem or several, `sent` is the very content that was refused: the
    service counts its blocks from 0. A text that stands at a path is shown with it. What says
    nothing of a block stays as it is.
    """
    document = read_flow(sent).document
    if document is None:
        return message
    content, blocks = document.content, list(document.blocks)
    return _MEANT.sub(lambda found: _with_block(found, content, blocks), message)


def _with_block(found: re.Match[str], content: Content, blocks: list[Block]) -> str:
    place: Place = ()
    if found["path"] is not None:
        steps = _STEP.findall(found["path"])
        place = tuple(int(step) if step.isdigit() else step for step in steps)
    index = place[1] if place else found["index"]
    if index is None:
        meant = [each for each in blocks if each.identifier == found["identifier"]]
    else:
        meant = blocks[int(index) : int(index) + 1]
    return f"{found[0]} (block {meant[0]}{_shown(content, place)})" if meant else found[0]


def _shown(content: Content, place: Place) -> str:
    value = value_at(content, place) if place else None
    if not isinstance(value, str) or len(value) > _MOST_SHOWN:
        return ""
    return f": {json.dumps(value, ensure_ascii=False)}"
