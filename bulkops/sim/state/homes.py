"""The ids of what an instance has beside itself: its domains and its knowledge bases."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.homes import (
    CASES_DOMAIN,
    KNOWLEDGE_BASE,
    MESSAGE_TEMPLATES,
    QUICK_RESPONSES,
)
from bulkops.sim.state.ids import identifier
from bulkops.sim.state.world import SimulatedInstance

_ARNS: Mapping[str, str] = {
    CASES_DOMAIN.name: "arn:aws:cases:{region}:{account}:domain/{id}",
    QUICK_RESPONSES.name: "arn:aws:wisdom:{region}:{account}:knowledge-base/{id}",
    MESSAGE_TEMPLATES.name: "arn:aws:wisdom:{region}:{account}:knowledge-base/{id}",
    KNOWLEDGE_BASE.name: "arn:aws:wisdom:{region}:{account}:knowledge-base/{id}",
}
"""Home → the ARN of one (service authorization reference)."""


def home_id(instance: SimulatedInstance, home: str) -> str:
    """Return the id of the one home of a kind that an instance of the first world has."""
    return identifier(instance.id, home)


def home_arn(instance: SimulatedInstance, home: str) -> str:
    """Return the ARN of the same; KeyError for a home that no association tells."""
    return _ARNS[home].format(
        region=instance.region, account=instance.account, id=home_id(instance, home)
    )


def profiles_domain(instance: SimulatedInstance) -> str:
    """Return the name of the domain of Customer Profiles, as the console gives it."""
    return f"amazon-connect-{instance.alias}"
