"""The text of a flow as a file holds it: for people to read, and for `git diff`."""

from __future__ import annotations

import json

from bulkops.planning.flows.flow_places import Content


def readable_text(content: Content) -> str:
    """Return a flow as the text of a file: indented, in the order of the source, ids as they are.

    Reading the text gives the same flow; the same flow always gives the same text.
    """
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n"
