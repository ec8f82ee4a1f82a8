"""The kinds of thing that a cell can name, and how each is listed, searched and read.

Operations, members and page sizes are those of the service model; what `SearchUsers` and
`DescribeUser` answer, in which units, and the field names of the search criteria are from the
Amazon Connect API reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bulkops.definition.kinds.campaigns import CAMPAIGNS
from bulkops.definition.kinds.cases import CASES
from bulkops.definition.kinds.derived_listings import listed_kind
from bulkops.definition.kinds.derived_reads import read_of
from bulkops.definition.kinds.evaluations import EVALUATIONS
from bulkops.definition.kinds.flows import FLOWS
from bulkops.definition.kinds.knowledge import KNOWLEDGE
from bulkops.definition.kinds.language import LANGUAGE
from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.people import PEOPLE
from bulkops.definition.kinds.profiles import PROFILES
from bulkops.definition.kinds.routing import ROUTING
from bulkops.definition.kinds.rules import RULES
from bulkops.definition.kinds.tables import TABLES
from bulkops.definition.kinds.tasks import TASKS
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.operation_words import words_of
from bulkops.errors import JobError

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


class _Kinds(dict[str, ThingKind]):
    """The kinds by name, and those that an operation of any service is about.

    These bear the operation's name, `iam:CreateUser`, and are made of its model when asked for;
    nothing goes through them.
    """

    def __missing__(self, name: str) -> ThingKind:
        kind = derived_kind(name)
        if kind is None:
            raise KeyError(name)
        return kind

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or derived_kind(str(name)) is not None


@cache
def derived_kind(name: str) -> ThingKind | None:
    """Return the kind of what `service:Operation` writes; None where nothing reads that.

    `service:Operation:Items.Name:Id` is the kind of what an operation lists.
    """
    service, _, operation = name.partition(":")
    try:
        if ":" in operation:
            return listed_kind(name)
        read = read_of(service, operation) if operation else None
    except JobError:
        return None
    if read is None:
        return None
    noun = " ".join(words_of(operation).words).lower()
    return ThingKind(
        name=name,
        noun=noun or "thing",
        service=service,
        listing=Listing(operation=read.operation, items=read.items, id="", name="", arn=""),
        address=read,
    )


KINDS: Mapping[str, ThingKind] = _Kinds((kind.name, kind) for kind in _ALL)
"""Every kind by its name, as `Find` writes it."""


def nouns(noun: str) -> str:
    """Return the plural of a noun: `queues`; `hours of operation` is one already."""
    head, of, rest = noun.partition(" on " if " on " in noun else " of ")
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
