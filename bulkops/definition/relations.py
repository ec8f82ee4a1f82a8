"""Lists that belong to a thing, such as the queues of a routing profile, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.thing_kinds import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationKind:
    """A list that belongs to a thing: how it is read, and what makes two entries the same one.

    `identity` and `values` map the path inside an element of the write (empty: the element
    itself) to the path inside an item of the listing.
    """

    name: str
    noun: str
    of: str
    """Kind of the thing whose list it is."""
    of_argument: str
    """Argument of the listing that takes the thing's id."""
    listing: Listing
    identity: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
    most: int | None = None
    """How many entries one thing may have; None: the service sets no limit that is known."""
    owner_in_item: str = ""
    """Member of an item that has the id of the thing, where the listing is of what that lies in."""
    told_more: Mapping[str, str] = field(default_factory=dict)
    """Member of an item, a list → the member of its elements that no write takes."""
    service: str = "connect"
    counted: str = ""
    """Member of the owner's state that tells how many entries its list has; empty: none does."""
    by_name: bool = False
    """Whether nothing lists the entries, and each of them is a name by which the owner is sought.

    The members that a search for it takes are then what an entry and an element of a write consist
    of: the key stands beside the list.
    """

    def elements_in(self, params: Mapping[str, Any], member: str) -> Sequence[Any]:
        """Return the elements of a request's list, each with all that tells it from others."""
        sought = KINDS[self.of].sought if self.by_name else None
        if sought is None:
            return list(params[member])
        return [{sought.key: params[sought.key], sought.values: each} for each in params[member]]

    def entry_named(self, name: str) -> Mapping[str, str]:
        """Return the entry that a name of the owner's is."""
        sought = KINDS[self.of].sought
        if sought is None:
            return {}
        key, value = sought.parts(name)
        return {sought.key: key, sought.values: value}

    def name_of(self, element: Mapping[str, Any]) -> str:
        """Return the name that an element of a write is to the owner."""
        return "=".join(str(each) for each in element.values())

    def as_written(self, item: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return an item of the listing without what its lists tell more than a write takes."""
        less = {
            name: [
                {each: value for each, value in element.items() if each != more}
                for element in item.get(name, ())
            ]
            for name, more in self.told_more.items()
        }
        return {**item, **less} if less else item

    def item_path(self, element: str) -> str | None:
        """Return where an item of the listing has what stands at a path of a write's element.

        A removal may name an element without what is around it in an addition: the `QueueId` of
        `QueueReference.QueueId`. None where the listing does not tell it.
        """
        for mine, theirs in {**self.identity, **self.values}.items():
            if mine == element or (element and mine.endswith(f".{element}")):
                return theirs
        return None


_TABLE_VALUE = RelationKind(
    name="data-table-value",
    noun="value of a data table",
    of="data-table",
    of_argument="DataTableId",
    listing=Listing(
        operation="ListDataTableValues",
        items="Values",
        id="RecordId",
        name="AttributeName",
        arn="",
    ),
    identity={"AttributeName": "AttributeName", "PrimaryValues": "PrimaryValues"},
    values={"Value": "Value"},
    told_more={"PrimaryValues": "AttributeId"},
)
_ALL_RELATIONS = (
    RelationKind(
        name="routing-profile-queue",
        noun="queue of a routing profile",
        of="routing-profile",
        of_argument="RoutingProfileId",
        listing=Listing(
            operation="ListRoutingProfileQueues",
            items="RoutingProfileQueueConfigSummaryList",
            id="QueueId",
            name="QueueName",
            arn="QueueArn",
        ),
        counted="NumberOfAssociatedQueues",
        identity={"QueueReference.QueueId": "QueueId", "QueueReference.Channel": "Channel"},
        values={"Priority": "Priority", "Delay": "Delay"},
    ),
    RelationKind(
        name="routing-profile-manual-queue",
        noun="queue that agents of a routing profile pick from",
        of="routing-profile",
        of_argument="RoutingProfileId",
        listing=Listing(
            operation="ListRoutingProfileManualAssignmentQueues",
            items="RoutingProfileManualAssignmentQueueConfigSummaryList",
            id="QueueId",
            name="QueueName",
            arn="QueueArn",
        ),
        counted="NumberOfAssociatedManualAssignmentQueues",
        identity={"QueueReference.QueueId": "QueueId", "QueueReference.Channel": "Channel"},
    ),
    RelationKind(
        name="queue-quick-connect",
        noun="quick connect of a queue",
        of="queue",
        of_argument="QueueId",
        listing=Listing(operation="ListQueueQuickConnects", items="QuickConnectSummaryList"),
        identity={"": "Id"},
    ),
    RelationKind(
        name="user-proficiency",
        noun="proficiency of a user",
        of="user",
        of_argument="UserId",
        listing=Listing(
            operation="ListUserProficiencies",
            items="UserProficiencyList",
            id="AttributeName",
            name="AttributeName",
            arn="",
        ),
        identity={"AttributeName": "AttributeName", "AttributeValue": "AttributeValue"},
        values={"Level": "Level"},
        most=10,  # Amazon Connect service quotas page, proficiencies per agent
    ),
    RelationKind(
        name="hours-of-operation-override",
        noun="override of hours of operation",
        of="hours-of-operation",
        of_argument="HoursOfOperationId",
        listing=KINDS["hours-of-operation-override"].listing,
        identity={"Name": "Name"},
        values={
            "Description": "Description",
            "Config": "Config",
            "EffectiveFrom": "EffectiveFrom",
            "EffectiveTill": "EffectiveTill",
        },
    ),
    RelationKind(
        name="data-table-attribute",
        noun="attribute of a data table",
        of="data-table",
        of_argument="DataTableId",
        listing=KINDS["data-table-attribute"].listing,
        identity={"Name": "Name"},
        values={
            "Description": "Description",
            "ValueType": "ValueType",
            "Primary": "Primary",
            "Validation": "Validation",
        },
    ),
    _TABLE_VALUE,
    replace(
        _TABLE_VALUE,
        name="data-table-attribute-value",
        noun="value of an attribute of a data table",
        of="data-table-attribute",
        owner_in_item="AttributeName",
    ),
    RelationKind(
        name="case-field-option",
        noun="option of a case field",
        of="case-select-field",
        of_argument="fieldId",
        service="connectcases",
        listing=Listing(
            operation="ListFieldOptions", items="options", id="value", name="name", arn=""
        ),
        identity={"value": "value"},
        values={"name": "name", "active": "active"},
    ),
    RelationKind(
        name="security-profile-application",
        noun="application of a security profile",
        of="security-profile",
        of_argument="SecurityProfileId",
        listing=Listing(
            operation="ListSecurityProfileApplications",
            items="Applications",
            id="Namespace",
            name="Namespace",
            arn="",
        ),
        identity={"Namespace": "Namespace"},
        values={"ApplicationPermissions": "ApplicationPermissions"},
    ),
    RelationKind(
        name="profile-key",
        noun="key of a customer profile",
        of="customer-profile",
        of_argument="ProfileId",
        service="customer-profiles",
        listing=KINDS["customer-profile"].listing,
        identity={"KeyName": "KeyName", "Values": "Values"},
        by_name=True,
    ),
)

RELATIONS: Mapping[str, RelationKind] = {relation.name: relation for relation in _ALL_RELATIONS}
"""Every relation by its name, as `Member` writes it."""
