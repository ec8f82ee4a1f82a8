"""Whether a text can be the name of a Region."""

from __future__ import annotations

import re

from bulkops.visible_text import visible

_REGION = re.compile(r"(?![0-9]+$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def region_fault(name: str) -> str:
    """Return what is wrong with the name of a Region; empty where nothing is."""
    if _REGION.fullmatch(name):
        return ""
    return f'is "{visible(name)}", which is not a Region such as eu-central-1.'
