"""The kinds of thing that a cell can name, and how each is listed, searched and read.

Operations, members and page sizes are those of the service model; what `SearchUsers` and
`DescribeUser` answer, in which units, and the field names of the search criteria are from the
Amazon Connect API reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulkops.definition.kinds.campaigns import CAMPAIGNS
from bulkops.definition.kinds.cases import CASES
from bulkops.definition.kinds.evaluations import EVALUATIONS
from bulkops.definition.kinds.flows import FLOWS
from bulkops.definition.kinds.knowledge import KNOWLEDGE
from bulkops.definition.kinds.language import LANGUAGE
from bulkops.definition.kinds.people import PEOPLE
from bulkops.definition.kinds.profiles import PROFILES
from bulkops.definition.kinds.routing import ROUTING
from bulkops.definition.kinds.rules import RULES
from bulkops.definition.kinds.tables import TABLES
from bulkops.definition.kinds.tasks import TASKS
from bulkops.definition.kinds.thing_kind import ThingKind

_ENDS_IN_Y = re.compile(r"[^aeiou]y$")
_ALL = (
    *PEOPLE,
    *ROUTING,
    *FLOWS,
    *LANGUAGE,
    *TABLES,
    *EVALUATIONS,
    *TASKS,
    *CASES,
    *KNOWLEDGE,
    *PROFILES,
    *CAMPAIGNS,
    *RULES,
)

KINDS: Mapping[str, ThingKind] = {kind.name: kind for kind in _ALL}
"""Every kind by its name, as `Find` writes it."""


def nouns(noun: str) -> str:
    """Return the plural of a noun: `queues`; `hours of operation` is one already."""
    head, of, rest = noun.partition(" of ")
    if head.split(maxsplit=1)[0].endswith("s"):
        return noun
    if head.endswith("s"):
        plural = f"{head}es"
    else:
        plural = f"{head[:-1]}ies" if _ENDS_IN_Y.search(head) else f"{head}s"
    return f"{plural}{of}{rest}"


def article(noun: str) -> str:
    """Return a noun with its indefinite article, where it has a singular: `a queue`."""
    if noun.split(maxsplit=1)[0].endswith("s"):
        return noun
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"
