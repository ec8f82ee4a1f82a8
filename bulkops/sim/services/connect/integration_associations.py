"""What an instance is associated with: domains and knowledge bases, told by their homes' names."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.state.homes import home_arn
from bulkops.sim.state.ids import identifier
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

KIND = "integration-association"


def list_associations(session: WorldSession, params: Members) -> Members:
    """Return the associations, of one type or with one ARN where they are asked for."""
    numbered = [
        (number, each)
        for number, record in session.see_all(KIND)
        for each in (_shown(session, record),)
        if all(
            each[member] == params[member]
            for member in ("IntegrationType", "IntegrationArn")
            if member in params
        )
    ]
    page = page_of(numbered, "ListIntegrationAssociations", params, session.now)
    return page.reply("IntegrationAssociationSummaryList", page.items)


def _shown(session: WorldSession, record: StoredThing) -> Members:
    instance = session.instance
    association = identifier(instance.id, KIND, record["Name"])
    return {
        "IntegrationAssociationId": association,
        "IntegrationAssociationArn": f"{instance.arn}/{KIND}/{association}",
        "InstanceId": instance.id,
        "IntegrationType": record["IntegrationType"],
        "IntegrationArn": home_arn(instance, record["Name"]),
    }


OPERATIONS: Mapping[str, Handler] = {"ListIntegrationAssociations": list_associations}
