"""What sheets about tags have in common: which kinds of thing bear tags, and how rows say which."""

from __future__ import annotations

from bulkops.definition.expressions import Keys
from bulkops.definition.job import Column, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.settling_ways import Again

TAGGED_KINDS = (
    "user",
    "queue",
    "routing-profile",
    "security-profile",
    "hierarchy-group",
    "agent-status",
    "hours-of-operation",
    "quick-connect",
    "contact-flow",
    "contact-flow-module",
    "prompt",
    "phone-number",
)
"""Kinds (keys of `thing_kinds.KINDS`) whose things have an ARN and bear tags."""

TAGGED = {kind: Find(kind, Col("name")) for kind in TAGGED_KINDS}
"""How the thing of a row is found, by its kind."""

RESOURCE_TYPE = Column(
    name="resource_type",
    required=True,
    aliases=("kind", "resource kind", "type"),
    spellings={
        "user": ("agent", "users"),
        "queue": ("queues",),
        "routing-profile": ("routing profiles",),
        "security-profile": ("security profiles",),
        "hierarchy-group": ("hierarchy groups", "agent hierarchy"),
        "agent-status": ("agent statuses", "status"),
        "hours-of-operation": ("hours", "hours of operations"),
        "quick-connect": ("quick connects",),
        "contact-flow": ("flow", "flows", "contact flows"),
        "contact-flow-module": ("flow module", "module", "flow modules"),
        "prompt": ("prompts",),
        "phone-number": ("number", "phone numbers"),
    },
    help="What kind of thing it is, such as queue, user or flow.",
    example="queue",
)
NAME = Column(
    name="name",
    required=True,
    aliases=("resource", "resource name"),
    help="The name of the thing: a user's login, a hierarchy group's path, a phone number.",
    example="Support",
)
TAGS_KEPT = Column(
    name="tags",
    kind="tags",
    split=";|",
    help="Tags as key=value, separated by ; or |; what is there keeps its others.",
    example="team=support",
)
"""Tags of what is made, or brought to its row by `tags_added`."""


def tags_added(subject: Find) -> Step:
    """Return the step that gives what is there the tags of a row, beside those that it has."""
    return Step(
        operation="TagResource",
        subject=subject,
        when="tags",
        args={"resourceArn": subject, "tags": Col("tags")},
        settle=Again(),
        undo=Step(
            operation="UntagResource",
            subject=subject,
            args={"resourceArn": subject, "tagKeys": Keys(Col("tags"))},
            settle=Again(),
        ),
    )
