"""Deleting what other things refer to: refused where the service looks, and done where it does not.

Which is which the service model says: an operation that models ResourceInUseException looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.predefined_attributes import OWN
from bulkops.sim.state.refusals import in_use, refused
from bulkops.sim.state.world import WorldSession

OVERRIDES = "hours-of-operation-override"


def delete_hours(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete hours of operation with their overrides: queues keep the id, which leads nowhere."""
    hours = session.need("hours-of-operation", params["HoursOfOperationId"])
    for override in session.all(OVERRIDES):
        if override["HoursOfOperationId"] == hours["Id"]:
            session.delete(OVERRIDES, override["Id"])
    session.delete("hours-of-operation", hours["Id"])
    return {}


def delete_security_profile(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a security profile that no user has."""
    profile = session.need("security-profile", params["SecurityProfileId"])
    if any(profile["Id"] in user["SecurityProfileIds"] for user in session.all("user")):
        raise in_use("security profile")
    session.delete("security-profile", profile["Id"])
    return {}


def delete_attribute(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a predefined attribute that no user is proficient in, and that is not Connect's."""
    attribute = session.need("predefined-attribute", params["Name"])
    if str(attribute["Name"]).startswith(OWN):
        raise refused("A predefined attribute of Amazon Connect can't be deleted.")
    for user in session.all("user"):
        held = user.get("Proficiencies", ())
        if any(each["AttributeName"] == attribute["Name"] for each in held):
            raise in_use("predefined attribute")
    session.delete("predefined-attribute", attribute["Id"])
    return {}


OPERATIONS: Mapping[str, Handler] = {
    "DeleteHoursOfOperation": delete_hours,
    "DeleteSecurityProfile": delete_security_profile,
    "DeletePredefinedAttribute": delete_attribute,
}
