"""What differs between a flow of one instance and that of the same name in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bulkops.planning.flows.arns import arn_of
from bulkops.planning.flows.changes.compared_flow import ComparedFlow, compared
from bulkops.planning.flows.changes.flow_changes import ADDED, FlowChange, flow_changes
from bulkops.planning.flows.flow_document import read_flow
from bulkops.planning.flows.flow_references import FlowReference
from bulkops.planning.flows.found_texts import FlowSource, FoundText, ReferenceForm
from bulkops.planning.promotion.instance_differences import FieldDifference

THERE = "(there)"
"""Stands on the side that has a block, or a draft, which the other has not."""
NO_FLOW = "(no flow that can be read)"
_OWN = "(own)"
"""Stands for the instance, the account and the Region of either side."""


@dataclass(frozen=True, slots=True)
class NamedReferences:
    """What the flows of one instance refer to, by its own names: the same text on both sides.

    `names` are those of (kind, id); what has none there is told by its id. Accounts and Regions of
    the instance don't count.
    """

    source: FlowSource
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __call__(self, reference: FlowReference) -> str:
        """Return what a reference leads to; empty leaves what stands there."""
        found = reference.found
        match reference.form:
            case ReferenceForm.LITERAL:
                return f"{found.kind}:{_OWN}" if self._is_own(found) else ""
            case ReferenceForm.MIXED:
                return self._moved(found.raw)
            case ReferenceForm.ID | ReferenceForm.ARN | ReferenceForm.AWS:
                name = self.names.get((found.kind, found.thing_id or found.raw))
                return f"{found.kind}:{name or found.thing_id or found.raw}"
            case _:  # a name, another account's, or a placeholder: the same text means the same
                return ""

    def _is_own(self, found: FoundText) -> bool:
        source = self.source
        return found.raw in (source.instance_id, source.account, source.region)

    def _moved(self, raw: str) -> str:
        """Return an ARN that is known in part without what of it is the instance's own."""
        arn, source = arn_of(raw), self.source
        if arn is None:
            return ""
        region = _OWN if arn.region == source.region else ""
        return str(arn.moved(region=region, account=_OWN if arn.account == source.account else ""))

    def compared(self, text: str) -> ComparedFlow | None:
        """Return the flow in a text as it is compared; None where it holds none."""
        document = read_flow(text).document
        return None if document is None else compared(document.content, self.source, self)


def flow_differences(
    here: str,
    there: str,
    naming: tuple[NamedReferences, NamedReferences],
    *,
    of: str = "",
) -> Iterator[FieldDifference]:
    """Yield what differs between two contents, by block and parameter; layout does not count.

    `naming` tells what each refers to; `of` is what each field begins with, for drafts.
    """
    mine, theirs = naming[0].compared(here), naming[1].compared(there)
    if mine is None or theirs is None:
        if here != there:
            said = [NO_FLOW if each is None else "(a flow)" for each in (mine, theirs)]
            yield FieldDifference(field=f"{of}content", here=said[0], there=said[1])
        return
    for change in flow_changes(mine, theirs):
        yield from _fields(change, of)


def _fields(change: FlowChange, of: str) -> Iterator[FieldDifference]:
    about = "flow" if change.block is None else f"block {change.block}"
    for member in change.members:
        said = f"{of}{about}: {member.path}"
        yield FieldDifference(field=said, here=member.old, there=member.new)
    if not change.members:
        is_there = change.what == ADDED
        here, there = ("", THERE) if is_there else (THERE, "")
        yield FieldDifference(field=f"{of}{about}", here=here, there=there)
