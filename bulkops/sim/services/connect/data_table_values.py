"""Values of data tables: each in a record, which primary values name, and of an attribute.

A request holds several, and each succeeds or fails by itself. Locks are judged by what was there
when the request came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.data_table_attributes import attributes_of
from bulkops.sim.services.connect.data_table_locks import MEMBERS, value_version, values_of
from bulkops.sim.services.connect.data_table_names import ATTRIBUTE, KIND, VALUE
from bulkops.sim.services.connect.data_table_types import type_flaw
from bulkops.sim.services.connect.listing import STAMPS, Handler, Members, shown
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.state.ids import identifier
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

Primary = list[dict[str, str]]
"""A record's primary values, in the order of the table's attributes."""


class ItemRefusedError(Exception):
    """One item that can't be done, for a reason in words: there are no codes."""


class Batch:
    """One request: the table, and what was true of it when it came."""

    def __init__(self, session: WorldSession, params: Mapping[str, Any]) -> None:
        self.session = session
        self.table = session.need(KIND, params["DataTableId"])
        attributes = attributes_of(session, self.table)
        self._attributes = {str(each["Name"]).casefold(): each for each in attributes}
        self._primary = [each for each in attributes if each["Primary"]]
        self._there = {
            _place(each["AttributeId"], each["PrimaryValues"]): each
            for each in values_of(session, self.table)
        }
        self._done: dict[str, StoredThing | None] = {}

    def attribute(self, item: Members) -> StoredThing:
        """Return the attribute that an item is of."""
        found = self._attributes.get(item["AttributeName"].strip().casefold())
        if found is None:
            raise ItemRefusedError("The attribute was not found.")
        if found["Primary"]:
            raise ItemRefusedError("The values of a primary attribute name records.")
        return found

    def primary(self, item: Members) -> Primary:
        """Return the primary values of an item's record, all of which must be given."""
        given = {
            each["AttributeName"].strip().casefold(): each["Value"]
            for each in item.get("PrimaryValues", ())
        }
        names = [str(each["Name"]) for each in self._primary]
        if given.keys() != {name.casefold() for name in names} or "" in given.values():
            raise ItemRefusedError("PrimaryValues must have a value of each primary attribute.")
        return [{"AttributeName": each, "Value": given[each.casefold()]} for each in names]

    def there(self, attribute: StoredThing, primary: Primary) -> StoredThing | None:
        """Return the value at a place, as the items before have left it."""
        place = _place(attribute["Id"], primary)
        return self._done.get(place, self._there.get(place))

    def needed(self, item: Members) -> tuple[StoredThing, StoredThing]:
        """Return the value that an item is about, and its attribute, lock checked."""
        attribute, primary = self.attribute(item), self.primary(item)
        record = self.there(attribute, primary)
        if record is None:
            raise ItemRefusedError("The value was not found.")
        level = MEMBERS.get(self.table["ValueLockLevel"])
        true = value_version(self.table, attribute, primary, self._there.values())
        if level and item.get("LockVersion", {}).get(level) != true[level]:
            raise ItemRefusedError("The lock version is not the current one.")
        return record, attribute

    def make(self, attribute: StoredThing, primary: Primary, value: str) -> None:
        """Make a value."""
        owner = {"ParentGroupId": self.table["Id"], "DataTableId": self.table["Id"]}
        named = {"AttributeId": attribute["Id"], "PrimaryValues": primary}
        name = _place(attribute["Name"], primary)
        told = {**owner, **named, "Name": name, "Value": value, "Edition": 1}
        self._done[_place(attribute["Id"], primary)] = self.session.create(VALUE, told)

    def change(self, record: StoredThing, value: str) -> None:
        """Set a value that is there."""
        changed = self.session.update(VALUE, record, Value=value, Edition=record["Edition"] + 1)
        self._done[_place(record["AttributeId"], record["PrimaryValues"])] = changed

    def drop(self, record: StoredThing) -> None:
        """Take a value away."""
        self._done[_place(record["AttributeId"], record["PrimaryValues"])] = None
        self.session.delete(VALUE, record["Id"])

    def versions(self, attribute: StoredThing, primary: Primary) -> Members:
        """Return the versions of a place once the whole request is carried out."""
        left = {**self._there, **self._done}.values()
        return value_version(self.table, attribute, primary, [one for one in left if one])


def _place(attribute_id: str, primary: Sequence[Mapping[str, str]]) -> str:
    named = "; ".join(f"{each['AttributeName']}={each['Value']}" for each in primary)
    return f"{attribute_id} {named}"


def _create(batch: Batch, item: Members) -> None:
    attribute, primary = batch.attribute(item), batch.primary(item)
    if batch.there(attribute, primary) is not None:
        raise ItemRefusedError("The value is there already.")
    _check(attribute, item["Value"])
    batch.make(attribute, primary, item["Value"])


def _update(batch: Batch, item: Members) -> None:
    record, attribute = batch.needed(item)
    _check(attribute, item["Value"])
    batch.change(record, item["Value"])


def _delete(batch: Batch, item: Members) -> None:
    batch.drop(batch.needed(item)[0])


def _check(attribute: StoredThing, value: str) -> None:
    flaw = type_flaw(attribute, value)
    if flaw:
        raise ItemRefusedError(flaw)


def _each(do: Callable[[Batch, Members], None], *, record_ids: bool = True) -> Handler:
    """Return what carries out a request item by item."""

    def handle(session: WorldSession, params: Mapping[str, Any]) -> Members:
        batch, done, failed = Batch(session, params), [], []
        for item in params["Values"]:
            named = {
                "PrimaryValues": item.get("PrimaryValues", []),
                "AttributeName": item["AttributeName"],
            }
            try:
                do(batch, item)
            except ItemRefusedError as error:
                failed.append({**named, "Message": str(error)})
            else:
                done.append((named, batch.attribute(item), batch.primary(item)))
        successful = [
            {
                **named,
                **({"RecordId": _record_id(batch.table["Id"], primary)} if record_ids else {}),
                "LockVersion": batch.versions(attribute, primary),
            }
            for named, attribute, primary in done
        ]
        return {"Successful": successful, "Failed": failed}

    return handle


def _record_id(table_id: str, primary: Sequence[Mapping[str, str]]) -> str:
    return identifier("record", table_id, repr(primary))


def list_values(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return the values of a table that a lagging read sees, page by page."""
    table = session.see(KIND, params["DataTableId"])
    seen = [each for each in session.see_all(VALUE) if each[1]["DataTableId"] == table["Id"]]
    filters = params.get("PrimaryAttributeValues", ())
    records = params.get("RecordIds")
    wanted = [
        (number, each)
        for number, each in seen
        if (not records or _record_id(table["Id"], each["PrimaryValues"]) in records)
        and all(_passes(each, one) for one in filters)
    ]
    page = page_of(wanted, "ListDataTableValues", params, session.now)
    there = [each for _, each in seen]
    return page.reply("Values", [_shown(session, table, each, there) for each in page.items])


def _passes(value: StoredThing, wanted: Members) -> bool:
    return any(
        each["AttributeName"] == wanted["AttributeName"] and each["Value"] in wanted["Values"]
        for each in value["PrimaryValues"]
    )


def _shown(
    session: WorldSession, table: StoredThing, value: StoredThing, there: Sequence[StoredThing]
) -> Members:
    attribute = session.need(ATTRIBUTE, value["AttributeId"])
    ids = {each["Name"]: each["Id"] for each in attributes_of(session, table)}
    return {
        **shown(value, STAMPS),
        "RecordId": _record_id(table["Id"], value["PrimaryValues"]),
        "AttributeId": attribute["Id"],
        "PrimaryValues": [
            {**each, "AttributeId": ids[each["AttributeName"]]} for each in value["PrimaryValues"]
        ],
        "AttributeName": attribute["Name"],
        "ValueType": attribute["ValueType"],
        "Value": value["Value"],
        "LockVersion": value_version(table, attribute, value["PrimaryValues"], there),
    }


OPERATIONS: Mapping[str, Handler] = {
    "BatchCreateDataTableValue": _each(_create),
    "BatchUpdateDataTableValue": _each(_update, record_ids=False),
    "BatchDeleteDataTableValue": _each(_delete, record_ids=False),
    "ListDataTableValues": list_values,
}
