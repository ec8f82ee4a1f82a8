"""What must be looked up in a target before flows are carried into it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bulkops.planning.flows.flow_references import references
from bulkops.planning.flows.found_texts import ReferenceForm
from bulkops.planning.promotion.carried_flows import ASSOCIATED, is_listed
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.thing_ids import looks_like_id

_LOOKED_UP = (ReferenceForm.ID, ReferenceForm.ARN, ReferenceForm.NAME)


def named_in(text: str, mapping: FlowMapping, flow: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, name) of what a flow refers to; without a name where only its id is known."""
    for reference in references(json.loads(text), mapping.source):
        kind = reference.kind
        if reference.form not in _LOOKED_UP or not is_listed(kind):
            continue
        meant = mapping.meant(reference, flow)
        is_name = reference.form is ReferenceForm.NAME
        wanted = meant.wanted or (reference.raw if is_name else "")
        if not meant.is_kept:
            yield kind, "" if kind in ASSOCIATED or looks_like_id(wanted) else wanted
