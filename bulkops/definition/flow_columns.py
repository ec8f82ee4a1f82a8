"""What sheets about flows and their modules have in common: their columns.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from bulkops.definition.job import Column
from bulkops.definition.kinds.flows import DRAFT
from bulkops.definition.kinds.found_things import Col, Find

__all__ = [
    "CONTENT", "DESCRIPTION", "DRAFT", "FLOW", "FLOW_NAME", "MODULE", "MODULE_NAME", "STATE",
    "STATUS", "TAGS", "TYPE",
]  # fmt: skip

FLOW = Find("contact-flow", Col("flow"))
MODULE = Find("contact-flow-module", Col("module"))

FLOW_NAME = Column(
    name="flow",
    required=True,
    aliases=("flow name", "contact flow", "contact flow name"),
    help="The name of the flow.",
    example="Main menu",
)
MODULE_NAME = Column(
    name="module",
    required=True,
    aliases=("module name", "flow module", "flow module name"),
    help="The name of the flow module.",
    example="Say the hours",
)
TYPE = Column(
    name="type",
    required=True,
    aliases=("flow type",),
    spellings={"CONTACT_FLOW": ("inbound", "inbound flow")},
    help="What the flow is for; no flow becomes one of another type.",
    example="CONTACT_FLOW",
)
STATUS = Column(
    name="status",
    default="PUBLISHED",
    aliases=("flow status",),
    spellings={"PUBLISHED": ("publish", "live"), "SAVED": ("draft", "unpublished")},
    help="Whether contacts reach it: published (blank), or only saved.",
    example="PUBLISHED",
)
STATE = Column(
    name="state",
    spellings={"ACTIVE": ("active", "in use"), "ARCHIVED": ("archive",)},
    help="Active, or archived.",
    example="ACTIVE",
)
CONTENT = Column(
    name="content",
    kind="flow",
    file=True,
    required=True,
    aliases=("flow content", "file"),
    help="What it does, in the flow language: JSON, or @ and a file of it.",
    example="@flows/Main menu.json",
)
DESCRIPTION = Column(
    name="description",
    help="What it is for.",
    example="Where callers choose a language",
)
TAGS = Column(
    name="tags",
    kind="tags",
    split=";|",
    help="Tags of a new one as key=value, separated by ; or |.",
    example="team=support",
)
