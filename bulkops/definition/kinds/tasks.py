"""Templates by which agents make tasks."""

from __future__ import annotations

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind

TASKS = (
    ThingKind(
        name="task-template",
        noun="task template",
        listing=Listing(operation="ListTaskTemplates", items="TaskTemplates"),
        describe=Reading(operation="GetTaskTemplate", id_argument="TaskTemplateId", item=""),
    ),
)
