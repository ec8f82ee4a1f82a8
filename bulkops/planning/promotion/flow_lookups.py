"""What must be looked up in a target before flows are carried into it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from bulkops.planning.flows.flow_references import references
from bulkops.planning.flows.found_texts import ReferenceForm
from bulkops.planning.promotion.carried_flows import ASSOCIATED, is_listed
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.rows.cells import LaterText, LongText
from bulkops.planning.thing_ids import looks_like_id

_LOOKED_UP = (ReferenceForm.ID, ReferenceForm.ARN, ReferenceForm.NAME)


def named_in(text: LongText, mapping: FlowMapping, flow: str) -> Iterable[tuple[str, str]]:
    """Return (kind, name) of what a flow refers to; without a name where only its id is known.

    A flow in a file is read for it but once, however often a plan asks.
    """
    if not isinstance(text, LaterText):
        return _named(text, mapping, flow)
    known = mapping.named.get((text.sha256, flow))
    if known is None:
        known = mapping.named[text.sha256, flow] = tuple(_named(str(text), mapping, flow))
    return known


def _named(text: str, mapping: FlowMapping, flow: str) -> Iterator[tuple[str, str]]:
    for reference in references(json.loads(text), mapping.source):
        kind = reference.kind
        if reference.form not in _LOOKED_UP or not is_listed(kind):
            continue
        meant = mapping.meant(reference, flow)
        is_name = reference.form is ReferenceForm.NAME
        wanted = meant.wanted or (reference.raw if is_name else "")
        if not meant.is_kept:
            yield kind, "" if kind in ASSOCIATED or looks_like_id(wanted) else wanted
