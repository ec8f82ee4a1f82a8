from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bulkops.definition.catalogue import load
from bulkops.suggestions import plain

JOB = load("create-users").job
SAMPLE = Path(__file__).parents[2] / "samples" / "create-users.csv"

CONSOLE_HEADERS = {
    "first name": "first_name",
    "last name": "last_name",
    "email address": "email",
    "secondary email address": "secondary_email",
    "mobile (unused)": "mobile",
    "password": "password",
    "user login": "username",
    "agent hierarchy": "hierarchy_group",
    "UserHierarchy": "hierarchy_group",
    "user_hierarchy_1|user_hierarchy_2": "hierarchy_group",
    "routing profile name": "routing_profile",
    "security_profile_name_1|security_profile_name_2": "security_profiles",
    "phone type (soft/desk)": "phone_type",
    "phone number": "desk_phone",
    "soft phone auto accept (yes/no)": "auto_accept",
    "ACW timeout (seconds)": "acw_seconds",
    "tags": "tags",
}


def test_the_columns_stand_in_their_order():
    assert [column.name for column in JOB.columns] == [
        "username",
        "password",
        "first_name",
        "last_name",
        "email",
        "secondary_email",
        "mobile",
        "security_profiles",
        "routing_profile",
        "hierarchy_group",
        "phone_type",
        "desk_phone",
        "auto_accept",
        "acw_seconds",
        "tags",
    ]


@pytest.mark.parametrize(("header", "name"), CONSOLE_HEADERS.items())
def test_the_consoles_own_header_is_understood(header, name):
    answering = [
        column.name
        for column in JOB.columns
        if plain(header) in {plain(word) for word in (column.name, *column.aliases)}
    ]
    assert answering == [name]


def test_what_identity_management_asks_for():
    asked = {column.name: (column.required_for, column.refused_for) for column in JOB.columns}
    assert asked["password"] == (("CONNECT_MANAGED",), ("SAML", "EXISTING_DIRECTORY"))
    assert asked["email"] == ((), ("SAML",))
    assert asked["first_name"] == asked["last_name"] == (("CONNECT_MANAGED", "SAML"), ())


def test_what_a_blank_cell_means():
    defaults = {column.name: column.default for column in JOB.columns if not column.required}
    assert defaults.pop("phone_type") == "SOFT_PHONE"
    assert defaults.pop("auto_accept") is False
    assert defaults.pop("acw_seconds") == 0
    assert set(defaults.values()) == {None}


def test_a_user_that_is_already_there_is_brought_to_its_row():
    assert [step.operation for step in JOB.steps[0].otherwise] == [
        "UpdateUserIdentityInfo",
        "UpdateUserPhoneConfig",
        "UpdateUserSecurityProfiles",
        "UpdateUserRoutingProfile",
        "UpdateUserHierarchy",
        "TagResource",
    ]


def test_the_sample_holds_what_sheets_of_real_users_hold():
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 25
    text = "\n".join(",".join(row.values()) for row in rows)
    assert "O'Brien" in text
    assert "Łukasz" in text
    assert "extension=0017" in text
    assert "Contact Centre/Dublin/Support" in text
    assert any(";" in row["security_profiles"] for row in rows)
    assert any("|" in row["security_profiles"] for row in rows)
    assert {row["phone_type"] for row in rows} == {"", "soft", "desk", "SOFT_PHONE", "DESK_PHONE"}
    assert all(row["desk_phone"] for row in rows if row["phone_type"].lower().startswith("desk"))
    assert len({row["password"] for row in rows}) == 25
