"""What the things of a service lie in: an instance, a domain, a knowledge base.

The target says which one is meant, so no job and no row does: the member that takes its id is
filled wherever an operation has it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bulkops.definition.model.operations import input_shape

Places = Mapping[str, Any]
"""Name of a home → the id of the one that a target has, or what stands for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What things of a service lie in. `member` takes its id.

    `association` is the type of the integration association by which an instance has one; empty
    where none tells (Amazon Connect API reference, IntegrationType).
    """

    name: str
    noun: str
    service: str
    member: str
    association: str = ""
    flag: str = ""
    """The flag that says which one is meant where it is another than the instance's."""
    of: tuple[str, ...] = ()
    """Words in the names of the operations that it is the home of; none: of all."""


INSTANCE = Home(name="instance", noun="instance", service="connect", member="InstanceId")
CASES_DOMAIN = Home(
    name="cases-domain",
    noun="domain of Cases",
    service="connectcases",
    member="domainId",
    association="CASES_DOMAIN",
    flag="--domain",
)
PROFILES_DOMAIN = Home(
    name="profiles-domain",
    noun="domain of Customer Profiles",
    service="customer-profiles",
    member="DomainName",
    flag="--domain",
)
QUICK_RESPONSES = Home(
    name="quick-responses",
    noun="knowledge base of quick responses",
    service="qconnect",
    member="knowledgeBaseId",
    association="WISDOM_QUICK_RESPONSES",
    flag="--knowledge-base",
    of=("QuickResponse", "ImportJob"),
)
MESSAGE_TEMPLATES = Home(
    name="message-templates",
    noun="knowledge base of message templates",
    service="qconnect",
    member="knowledgeBaseId",
    association="Q_MESSAGE_TEMPLATES",
    flag="--knowledge-base",
    of=("MessageTemplate",),
)
KNOWLEDGE_BASE = Home(
    name="knowledge-base",
    noun="knowledge base",
    service="qconnect",
    member="knowledgeBaseId",
    association="WISDOM_KNOWLEDGE_BASE",
    flag="--knowledge-base",
)
INSTANCE_ID = "{instance_id}"
"""Stands in what a listing is always asked with for the id of the target's instance."""
HOMES = (
    INSTANCE,
    Home(name="instance", noun="instance", service="connect-contact-lens", member="InstanceId"),
    Home(
        name="instance", noun="instance", service="connectcampaignsv2", member="connectInstanceId"
    ),
    CASES_DOMAIN,
    PROFILES_DOMAIN,
    QUICK_RESPONSES,
    MESSAGE_TEMPLATES,
    KNOWLEDGE_BASE,
)
"""Every home; of those of a service the first that is the home of an operation is its own."""
_SERVICES = frozenset(home.service for home in HOMES)


@cache
def home_of(service: str, operation: str) -> Home | None:
    """Return what the things lie in that an operation works on; None where it names no such."""
    if service not in _SERVICES:
        return None
    shape = input_shape(service, operation)
    mine = (
        home
        for home in HOMES
        if home.service == service and (not home.of or any(word in operation for word in home.of))
    )
    home = next(mine, None)
    return home if home and shape and home.member in shape.members else None


def member_filled(service: str, operation: str, said: Container[str]) -> str:
    """Return the member that the target fills; empty where it has none, or a row says it."""
    home = home_of(service, operation)
    if home is None or (home.member in said and home.member != INSTANCE.member):
        return ""
    return home.member


def with_instance(asked: Any, instance_id: str) -> Any:  # noqa: ANN401  # JSON
    """Return what is asked with the instance's id where `INSTANCE_ID` stands for it."""
    if isinstance(asked, Mapping):
        return {name: with_instance(value, instance_id) for name, value in asked.items()}
    if isinstance(asked, list):
        return [with_instance(value, instance_id) for value in asked]
    return instance_id if asked == INSTANCE_ID else asked


def is_asked_with_instance(asked: Any) -> bool:  # noqa: ANN401  # JSON
    """Tell whether `INSTANCE_ID` stands anywhere in what a listing is always asked with."""
    return bool(with_instance(asked, "") != asked)


def everywhere(stand_in: Any) -> Places:  # noqa: ANN401  # whatever stands for an id
    """Return places in which the same stands for the id of every home: not known yet."""
    return {home.name: stand_in for home in HOMES}


def filled(service: str, operation: str, places: Places) -> dict[str, Any]:
    """Return the members that a target gives an operation: InstanceId, or what is in its place."""
    home = home_of(service, operation)
    return {home.member: places[home.name]} if home is not None and home.name in places else {}
