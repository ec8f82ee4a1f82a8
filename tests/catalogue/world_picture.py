"""What a simulated world holds, without what two equal worlds may differ in."""

from __future__ import annotations

from bulkops.definition.call_marks import MARK_KEY
from bulkops.sim.services.cases.case_values import OWN

PASSING = (
    "Id",
    "Arn",
    "LastModifiedTime",
    "LastModifiedRegion",
    "CreatedTime",
    "CreatedAt",
    "Created",
    "Changed",
    "WorkedOnUntil",
    "StateBefore",
    "ClientToken",
    "Edition",
    MARK_KEY,
)
"""Members that making a thing again changes, and the mark of the call that made it."""


BOOKKEEPING = ("client-token", "released-number", "leaving-vocabulary", "upload")
"""What a service remembers of requests, and no instance shows."""


def picture(world):
    """Return kind → the things of each instance, names in place of ids, nothing passing."""
    return {
        instance.alias: {
            kind: sorted(repr(_drawn(record, _names(instance))) for record in shown)
            for kind, table in instance.tables.items()
            if (shown := _shown(table)) and kind not in BOOKKEEPING
        }
        for instance in world.instances.values()
    }


def _shown(table):
    """Return what people see: neither what was deleted softly, nor options that are hidden."""
    return [record for record in table.all() if not record.get("Deleted") and _is_active(record)]


def _is_active(record):
    return record.get("Option", {}).get("active", True)


def _names(instance):
    """Return id → what the thing is called, whatever ids it gets when it is made again."""
    return {
        str(record["Id"]): f"<{kind} {record['Name']}>"
        for kind, table in instance.tables.items()
        for record in table.all()
    }


def _drawn(value, names):
    match value:
        case {"id": str(field)} if field in OWN:
            return None  # what the service stamps a case with
        case dict():
            inner = {key: _drawn(each, names) for key, each in value.items() if key not in PASSING}
            return {
                key: inner[key] for key in sorted(inner) if inner[key] not in (None, [], {}, "")
            }
        case list() | tuple():
            drawn = (_drawn(each, names) for each in value)
            return sorted((each for each in drawn if each is not None), key=repr)
        case str():
            for thing_id, name in names.items():
                value = value.replace(thing_id, name) if thing_id in value else value
            return value
        case _:
            return value
