"""The console's own files of users run as they are: each form of its template, and real ones."""

from __future__ import annotations

import pytest

from bulkops.ledger.states import RowStatus
from bulkops.problems import Severity
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.inputs.sheet_inputs import checked
from bulkops.runs.offline_check import check_offline
from tests.runs.standing_by import hands, results

JOB = "create-users"
PHONE = "phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds)"
PROFILES = "routing profile name,security_profile_name_1|security_profile_name_2"
PLAIN = f"first name,last name,email address,password,user login,{PROFILES},{PHONE}"
TWO_MAILS = (
    "first name,last name,email address,secondary email address,mobile,password,user login,"
    f"{PROFILES},{PHONE}"
)
SAML = f"first name,last name,user login,{PROFILES},{PHONE}"
WHOLE = (
    "first name,last name,email address,secondary email address,mobile,password,user login,"
    f"agent hierarchy,{PROFILES},user_hierarchy_1|user_hierarchy_2,{PHONE},tags"
)
WHOLE_SAML = (
    "first name,last name,secondary email address,mobile,user login,"
    f"agent hierarchy,{PROFILES},user_hierarchy_1|user_hierarchy_2,{PHONE},tags"
)
WITH_GROUP = f"{PLAIN},UserHierarchy"
CELLS = {
    "first name": "Aoife",
    "last name": "Byrne",
    "email address": "aoife@example.com",
    "secondary email address": "aoife@example.org",
    "mobile": "+447700900142",
    "password": "Tulip-Harbour-27",
    "user login": "a.byrne",
    "agent hierarchy": "",
    "routing profile name": "Billing",
    "security_profile_name_1|security_profile_name_2": "Agent|QualityAnalyst",
    "user_hierarchy_1|user_hierarchy_2": "Contact Centre|Dublin",
    "phone type (soft/desk)": "desk",
    "phone number": "+353209100142",
    "soft phone auto accept (yes/no)": "yes",
    "ACW timeout (seconds)": "30",
    "tags": "team=support",
    "UserHierarchy": "Contact Centre/Dublin",
}
FORMS = {
    "plain": PLAIN,
    "with two e-mail addresses": TWO_MAILS,
    "whole": WHOLE,
    "with the group of the bulk tool": WITH_GROUP,
}


def row(header, **changes):
    cells = {**CELLS, **changes}
    return ",".join(cells[name] for name in header.split(","))


def file(header, *rows, end="\n"):
    return end.join((header, *(rows or (row(header),)))) + end


async def created(office, text, name="a.byrne"):
    done = await office.run(JOB, office.sheet(text))
    assert set(done.counts) == {RowStatus.SUCCEEDED}, results(done)
    with hands(office) as somebody:
        user = somebody.instance.tables["user"].named(name)
        group = user.get("HierarchyGroupId")
        groups = somebody.instance.tables["hierarchy-group"]
        assert group is None or groups.get(group)["Name"] == "Dublin"
        assert user["RoutingProfileId"] == somebody.id("routing-profile", "Billing")
        assert sorted(user["SecurityProfileIds"]) == sorted(
            somebody.id("security-profile", each) for each in ("Agent", "QualityAnalyst")
        )
    return user


@pytest.mark.parametrize("header", FORMS.values(), ids=FORMS)
async def test_a_template_of_the_console_runs_as_it_is(office, header):
    user = await created(office, file(header))
    identity, phone = user["IdentityInfo"], user["PhoneConfig"]
    assert (identity["FirstName"], identity["LastName"]) == ("Aoife", "Byrne")
    assert identity["Email"] == "aoife@example.com"
    assert (identity.get("SecondaryEmail") == "aoife@example.org") is ("secondary" in header)
    assert phone["PhoneType"] == "DESK_PHONE"
    assert phone["DeskPhoneNumber"] == "+353209100142"
    assert (phone["AutoAccept"], phone["AfterContactWorkTimeLimit"]) == (True, 30)
    assert bool(user.get("HierarchyGroupId")) is ("ierarchy" in header)


@pytest.mark.parametrize("header", [SAML, WHOLE_SAML], ids=["plain", "whole"])
def test_the_template_of_saml_instances_lacks_nothing(office, header):
    inputs = read_inputs(JOB, office.request(JOB, office.sheet(file(header))).sheet)
    assert checked(inputs, {"here": "SAML"}).problems == ()
    codes = {each.code for each in checked(inputs, {"here": "CONNECT_MANAGED"}).problems}
    assert codes == {"missing-column"}, "a password is asked for where Amazon Connect keeps them"


@pytest.mark.parametrize(
    "text",
    [
        file(PLAIN, row(PLAIN), end="\r\n"),
        "\ufeff" + file(PLAIN),
        file(f"{PLAIN},,", f"{row(PLAIN)},,", ",,,,,,,,,,,,", f"{row(PLAIN)[:0]}"),
        file(f" {PLAIN} ".replace(",", " , "), row(PLAIN).replace(",", " , ")),
        file(PLAIN, "", row(PLAIN), "", ""),
        file(PLAIN, f"{row(PLAIN)},,,"),
        file(PLAIN.upper(), row(PLAIN)),
        file(PLAIN).replace(",", ";"),
        "sep=,\n" + file(PLAIN),
        file(PLAIN, ",".join(f'"{cell}"' for cell in row(PLAIN).split(","))),
        file(PLAIN, row(PLAIN, **{"phone type (soft/desk)": "DESK_PHONE"})),
        file(PLAIN, row(PLAIN, **{"soft phone auto accept (yes/no)": "Yes"})),
        file(PLAIN, row(PLAIN, **{"ACW timeout (seconds)": "30.0"})),
        file(f"{PLAIN},comment", f"{row(PLAIN)},new on Monday"),
    ],
    ids=[
        *("lines of Windows", "a mark of order", "trailing columns", "blanks around"),
        *("blank rows", "trailing separators", "capitals", "semicolons", "a sep line", "quotes"),
        *("the API's word", "a capital", "a number of Excel", "a column of one's own"),
    ],
)
async def test_a_file_as_people_have_it_runs_too(office, text):
    await created(office, text)


@pytest.mark.parametrize(
    ("agent", "levels"),
    [
        ("", "Contact Centre|Dublin"),
        ("", "Contact Centre | Dublin |"),
        ("Contact Centre/Dublin", ""),
        ("Contact Centre/Dublin", "Contact Centre|Dublin"),
        ("Dublin", "Contact Centre|Dublin"),
        ("Contact Centre/Dublin", "Dublin"),
    ],
)
async def test_the_two_columns_of_the_group_may_both_say_it(office, agent, levels):
    changes = {"agent hierarchy": agent, "user_hierarchy_1|user_hierarchy_2": levels}
    user = await created(office, file(WHOLE, row(WHOLE, **changes)))
    assert user["HierarchyGroupId"]


def test_two_groups_for_one_user_are_a_problem_of_the_cell(office):
    changes = {"agent hierarchy": "Sales", "user_hierarchy_1|user_hierarchy_2": "Centre|Dublin"}
    sheet = office.sheet(file(WHOLE, row(WHOLE, **changes)))
    (found,) = check_offline(office.request(JOB, sheet)).problems
    assert str(found) == (
        'line 2, column "agent hierarchy": "Centre/Dublin" and "Sales" stand in two columns for'
        " one value: keep one of them"
    )


def test_one_name_and_the_column_s_own_are_still_one_too_many(office):
    header = f"{PLAIN},username"
    sheet = office.sheet(file(header, f"{row(PLAIN)},x"))
    found = check_offline(office.request(JOB, sheet)).problems
    assert [each.code for each in found if each.severity is Severity.ERROR] == ["duplicate-header"]
