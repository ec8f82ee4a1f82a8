"""What agents of the first world can look up and send by Q in Connect."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from bulkops.definition.homes import KNOWLEDGE_BASE, QUICK_RESPONSES
from bulkops.sim.core.planted import planted
from bulkops.sim.services.qconnect.quick_responses import CRITERIA, PLAIN
from bulkops.sim.state.homes import home_id
from bulkops.sim.state.ids import identifier
from bulkops.sim.state.world import WorldSession

BASES = (
    ("Quick responses", "QUICK_RESPONSES", QUICK_RESPONSES.name),
    ("Articles", "CUSTOM", KNOWLEDGE_BASE.name),
)
"""Name, type, and the home of jobs that it is."""
MARKDOWN = "application/x.quickresponse;format=markdown"
RESPONSES: Mapping[str, Mapping[str, Any]] = {
    "Greeting": {"Content": "Hello, how can I help?", "shortcutKey": "hi", "channels": ["Chat"]},
    "Goodbye": {"Content": "Thank you, and goodbye.", "description": "At the end of a chat"},
    "Refund": {"Content": "Your money is on its *way*.", "contentType": MARKDOWN},
    "Old offer": {"Content": "Ten percent off until Sunday.", "isActive": False},
}
GROUPED = {"Refund": ("Billing",)}
"""Quick response → the routing profiles whose agents see it."""
ARTICLES = ("Returns", "Opening hours", "Old prices")


def plant_knowledge(session: WorldSession) -> None:
    """Make two knowledge bases with what lies in them; no id is drawn for them."""
    ids = {name: home_id(session.instance, home) for name, _, home in BASES}
    for name, type_, _ in BASES:
        session.put_named("knowledge-base", ids[name], {"Name": name, "Type": type_})
    for name, given in RESPONSES.items():
        members: dict[str, Any] = {"contentType": PLAIN, "isActive": True, "language": "en_US"}
        if name in GROUPED:
            arns = [planted(session, "routing-profile", one)["Arn"] for one in GROUPED[name]]
            members["groupingConfiguration"] = {"criteria": CRITERIA, "values": arns}
        _put(session, "quick-response", name, {**members, **given}, ids["Quick responses"])
    for name in ARTICLES:
        text = f"All about {name.lower()}.".encode()
        digest = b64encode(hashlib.sha256(text).digest()).decode()
        members = {
            "title": name,
            "metadata": {},
            "contentType": "text/plain",
            "Sha256": digest,
            "Size": len(text),
        }
        _put(session, "content", name, members, ids["Articles"])


def _put(
    session: WorldSession, kind: str, name: str, members: Mapping[str, Any], base_id: str
) -> None:
    session.put_named(
        kind,
        identifier(session.instance.id, kind, name),
        {
            "Name": name,
            "KnowledgeBaseId": base_id,
            "Tags": {},
            "CreatedTime": session.now,
            "WorkedOnUntil": session.now,
            "Edition": 1,
            **members,
        },
    )
