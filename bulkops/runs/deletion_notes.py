"""What is to be known of a plan that deletes: where uses could not be looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.job import Job
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.thing_kinds import KINDS, nouns
from bulkops.definition.uses import USES
from bulkops.definition.verbs import verb
from bulkops.planning.inventory import Inventory


def about_usages(job: Job, inventories: Mapping[str, Inventory]) -> Iterator[str]:
    """Yield what may use the things that a job deletes and was not looked at, a sentence each."""
    doomed = dict.fromkeys(
        step.subject.kind
        for step in job.steps
        if verb(step.operation) == "delete" and isinstance(step.subject, Find)
    )
    for kind in doomed:
        if kind in USES and USES[kind].unseen:
            yield (
                f"No known use is not the same as unused: {nouns(KINDS[kind].noun)} may also be"
                f" used where nobody can look ({USES[kind].unseen})."
            )
    for name, inventory in inventories.items():
        where = f"{name}: " if len(inventories) > 1 else ""
        for each in sorted(set(inventory.not_looked_at)):
            yield f"{where}Whether what is deleted is used by {each} is not known."
