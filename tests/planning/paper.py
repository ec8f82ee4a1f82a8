"""Sheets and instances on paper: what the tests of planning are made of."""

from __future__ import annotations

from bulkops.definition.catalogue import load
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.job_plan import job_plan
from bulkops.planning.plan import PlannedCall, PlannedRow
from bulkops.planning.rows.headers import match_headers
from bulkops.planning.rows.selection import Selection
from bulkops.planning.rows.table import Record
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.sheet_check import check
from bulkops.planning.target import Target
from bulkops.problems import Address

CREATE = load("create-users").job
DELETE = load("delete-users").job
MOVE = load("update-user-routing-profiles").job
QUEUES = load("associate-routing-profile-queues").job
QUICK = load("associate-queue-quick-connects").job


class Sheet:
    """A table of the rows given; the first one is row 2 of the sheet Users."""

    file = "team.xlsx"
    sha256 = ""

    def __init__(self, headers, *rows, problems=()):
        self.headers = tuple(headers)
        self.rows = rows
        self.problems = problems

    def __len__(self):
        return len(self.rows)

    def records(self):
        for number, cells in enumerate(self.rows, start=2):
            yield Record(number, tuple(cells))

    def address(self, row, column=0):
        header = self.headers[column - 1] if column else ""
        return Address(file=self.file, sheet="Users", row=row, column=column, header=header)


def sheet_of(*rows):
    """Return a sheet whose headers are the keys of the rows, in the order they come up."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return Sheet(headers, *([row.get(name, "") for name in headers] for row in rows))


def order_of(job, sheet, *, on_exists="fail", mapping=None, **selected):
    return Order(
        job=job,
        table=sheet,
        headers=match_headers(job, sheet, mapping, on_exists),
        on_exists=on_exists,
        selection=Selection.of(**selected),
    )


def target(identity="CONNECT_MANAGED", name=""):
    return Target(
        name=name,
        account="111122223333",
        region="eu-west-2",
        instance_id="i-1",
        instance_arn="arn:aws:connect:eu-west-2:111122223333:instance/i-1",
        identity=identity,
    )


def inventory_of(**kinds):
    """Return an inventory; `kind=("name", ...)`, ids being the names with the kind before them."""
    inventory = Inventory()
    for kind, things in kinds.items():
        word = kind.replace("_", "-")
        inventory.add(
            word,
            [
                each if isinstance(each, Thing) else Thing(id=f"{word}/{each}", name=each)
                for each in things
            ],
        )
    return inventory


def planned(order, inventory, identity="CONNECT_MANAGED"):
    """Return (rows, shared calls, planner) of a plan on one instance."""
    planner = job_plan(order, {"": target(identity)}, {"": inventory})
    entries = list(planner.entries())
    rows = [each for each in entries if isinstance(each, PlannedRow)]
    calls = [each for each in entries if isinstance(each, PlannedCall)]
    return rows, calls, planner


def said(problems):
    """Return problems as (code, address)."""
    return [(each.code, str(each.address)) for each in problems]


def checked(job, *rows, identity=None, on_exists="fail"):
    """Return the problems of rows, each as (code, address)."""
    known = {"": identity} if identity else {}
    return said(check(order_of(job, sheet_of(*rows), on_exists=on_exists), known).problems)


def user_row(**changed):
    """Return a row of create-users that has nothing wrong with it."""
    usual = {
        "username": "ana",
        "password": "Tulip-Harbour-27",
        "first_name": "Ana",
        "last_name": "Byrne",
        "security_profiles": "Agent",
        "routing_profile": "Basic",
    }
    return usual | changed


def user_state(**changed):
    """Return the state of the user that `user_row` asks for."""
    usual = {
        "Id": "u1",
        "Username": "ana",
        "IdentityInfo": {"FirstName": "Ana", "LastName": "Byrne"},
        "PhoneConfig": {
            "PhoneType": "DESK_PHONE",
            "AutoAccept": False,
            "AfterContactWorkTimeLimit": 30,
            "DeskPhoneNumber": "+35315550142",
        },
        "SecurityProfileIds": ["security-profile/Agent"],
        "RoutingProfileId": "routing-profile/Basic",
    }
    return usual | changed


def centre(*users):
    """Return an instance with profiles, groups and the users given."""
    return inventory_of(
        security_profile=("Agent", "Admin"),
        routing_profile=("Basic", "Sales"),
        hierarchy_group=("Dublin", "Cork"),
        user=users,
    )


def ana(**changed):
    return Thing(id="u1", name="ana", arn_form="arn:u1", state=user_state(**changed))
