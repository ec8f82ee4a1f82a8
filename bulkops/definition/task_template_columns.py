"""What the jobs of task templates have in common."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Arg
from bulkops.definition.job import Column
from bulkops.definition.kinds.found_things import Col, Find

TEMPLATE_NAME = Column(
    name="task_template",
    required=True,
    aliases=("template", "task template name", "name"),
    help="The name of the task template.",
    example="Follow up",
)
WHAT_IT_IS = (
    Column(name="description", help="What the template is for.", example="Calls back next week"),
    Column(
        name="flow",
        aliases=("contact flow",),
        help="The flow that its tasks go to; blank where a field picks a quick connect.",
        example="Sample inbound flow",
    ),
    Column(
        name="self_assign_flow",
        help="The flow of tasks that agents make for themselves.",
        example="Sample inbound flow",
    ),
)
FIELDS = Column(
    name="fields",
    kind="json",
    file=True,
    help="Its fields as the API has them; one is of type NAME, and must be required.",
    example='[{"Id": {"Name": "Title"}, "Type": "NAME"}]',
)
CONSTRAINTS = Column(
    name="constraints",
    kind="json",
    file=True,
    help="Which fields are required, read only or invisible, as the API has it.",
    example='{"RequiredFields": [{"Id": {"Name": "Title"}}]}',
)
DEFAULTS = Column(
    name="defaults",
    kind="json",
    file=True,
    help="What fields hold at first, as the API has it.",
    example='{"DefaultFieldValues": [{"Id": {"Name": "Title"}, "DefaultValue": "Call back"}]}',
)
STATUS = Column(
    name="status",
    spellings={"ACTIVE": ("on", "yes", "in use"), "INACTIVE": ("off", "no")},
    help="Whether agents can use it.",
    example="ACTIVE",
)
SAID: Mapping[str, Arg] = {
    "Description": Col("description"),
    "ContactFlowId": Find("contact-flow", Col("flow")),
    "SelfAssignFlowId": Find("contact-flow", Col("self_assign_flow")),
    "Fields": Col("fields"),
    "Constraints": Col("constraints"),
    "Defaults": Col("defaults"),
    "Status": Col("status"),
}
"""What may be said of a template, made or changed."""
