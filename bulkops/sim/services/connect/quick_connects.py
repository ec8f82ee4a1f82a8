"""Quick connects: a user, a queue or a number to transfer to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import NAMED, STAMPS, Handler, ReadOperations, same
from bulkops.sim.services.connect.names import check_new, renaming
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import ServiceError, invalid, missing
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

CONFIGS: Mapping[str, str] = {
    "USER": "UserConfig",
    "QUEUE": "QueueConfig",
    "PHONE_NUMBER": "PhoneConfig",
}
REFERRED: Mapping[str, str] = {
    "UserId": "user",
    "QueueId": "queue",
    "ContactFlowId": "contact-flow",
}


def create(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make a quick connect whose configuration is that of its type, and of no other."""
    config = params["QuickConnectConfig"]
    _check_config(session, config)
    check_new(session, "quick-connect", params["Name"])
    room_for(session, "quick-connect")
    connect = session.create(
        "quick-connect",
        {
            "Name": params["Name"],
            "Description": params.get("Description"),
            "QuickConnectConfig": config,
            "QuickConnectType": config["QuickConnectType"],
            "Tags": checked_tags(params.get("Tags", {})),
        },
    )
    return {"QuickConnectARN": connect["Arn"], "QuickConnectId": connect["Id"]}


def _check_config(session: WorldSession, config: Mapping[str, Any]) -> None:
    wanted = CONFIGS[config["QuickConnectType"]]
    if wanted not in config:
        raise missing(f"QuickConnectConfig.{wanted}")
    for other in CONFIGS.values():
        if other != wanted and other in config:
            raise invalid(f"QuickConnectConfig.{other} does not belong to its QuickConnectType.")
    for member, kind in REFERRED.items():
        if member in config[wanted]:
            session.need(kind, config[wanted][member])


def _taken() -> ServiceError:
    return invalid("A quick connect of that name exists already.")


def update_config(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Replace where a quick connect leads to, its type with it."""
    connect = session.need("quick-connect", params["QuickConnectId"])
    config = params["QuickConnectConfig"]
    _check_config(session, config)
    type_ = config["QuickConnectType"]
    session.update("quick-connect", connect, QuickConnectConfig=config, QuickConnectType=type_)
    return {}


def delete(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Delete a quick connect, and take it out of every queue that offers it."""
    connect: StoredThing = session.need("quick-connect", params["QuickConnectId"])
    for queue in session.all("queue"):
        left = [other for other in queue.get("QuickConnectIds", ()) if other != connect["Id"]]
        if len(left) < len(queue.get("QuickConnectIds", ())):
            session.update("queue", queue, QuickConnectIds=left or None)
    session.delete("quick-connect", connect["Id"])
    return {}


SUMMARY = {**same("Id", "Arn", "Name", "QuickConnectType"), **STAMPS}
QUICK_CONNECT = {
    **same("Name", "Description", "QuickConnectConfig", "Tags"),
    **STAMPS,
    "QuickConnectARN": "Arn",
    "QuickConnectId": "Id",
}
QUICK_CONNECTS = ReadOperations(
    kind="quick-connect",
    listing=("ListQuickConnects", "QuickConnectSummaryList"),
    summary=SUMMARY,
    describing=("DescribeQuickConnect", "QuickConnectId", "QuickConnect"),
    whole=QUICK_CONNECT,
    searching=("SearchQuickConnects", "QuickConnects"),
    found=QUICK_CONNECT,
    fields=NAMED,
    narrowing={"QuickConnectTypes": "QuickConnectType"},
)

OPERATIONS: Mapping[str, Handler] = {
    **QUICK_CONNECTS.operations(),
    "CreateQuickConnect": create,
    "UpdateQuickConnectName": renaming("quick-connect", "QuickConnectId", _taken),
    "UpdateQuickConnectConfig": update_config,
    "DeleteQuickConnect": delete,
}
