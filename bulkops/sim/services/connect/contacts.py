"""Contacts: ending them, and the attributes that flows and agents see of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.refusals import ServiceError, invalid, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

KEY = re.compile(r"[A-Za-z0-9_-]+")
MOST_BYTES = 32_768
"""Of all attributes of a contact together (API reference, UpdateContactAttributes)."""
NOT_TO_BE_STOPPED = frozenset(
    {"DISCONNECT", "TRANSFER", "QUEUE_TRANSFER", "EXTERNAL_OUTBOUND", "MONITOR"}
)
"""Initiation methods of voice contacts that StopContact does not work for."""


def stop(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """End a contact that goes on."""
    if "DisconnectReason" in params:
        raise refused("DisconnectReason can be given by outbound campaigns only.")
    contact = session.table("contact").get(params["ContactId"])
    if contact is None or "DisconnectTimestamp" in contact:
        raise ServiceError("ContactNotFoundException", "The contact is not active.")
    if contact["Channel"] == "VOICE" and contact["InitiationMethod"] in NOT_TO_BE_STOPPED:
        raise refused("A contact that began in this way can't be stopped.")
    session.update("contact", contact, DisconnectTimestamp=session.now)
    return {}


def set_attributes(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Add attributes to a contact, or give attributes that it has other values."""
    contact = session.need("contact", params["InitialContactId"])
    if not all(KEY.fullmatch(key) for key in params["Attributes"]):
        raise invalid("An attribute's key has letters, digits, dashes and underscores only.")
    attributes = {**contact.get("Attributes", {}), **params["Attributes"]}
    if _bytes(attributes) > MOST_BYTES:
        raise refused(f"The attributes of a contact have at most {MOST_BYTES:,} bytes together.")
    session.update("contact", contact, Attributes=attributes)
    return {}


def _bytes(attributes: Mapping[str, str]) -> int:
    return sum(len(f"{key}{value}".encode()) for key, value in attributes.items())


def attributes_of(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return a contact's attributes."""
    contact: StoredThing = session.need("contact", params["InitialContactId"])
    return {"Attributes": dict(contact.get("Attributes", {}))}


OPERATIONS: Mapping[str, Handler] = {
    "StopContact": stop,
    "UpdateContactAttributes": set_attributes,
    "GetContactAttributes": attributes_of,
}
