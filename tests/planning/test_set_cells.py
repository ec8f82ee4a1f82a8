from __future__ import annotations

import pytest

from bulkops.errors import TemplateError
from bulkops.planning.rows.headers import match_headers
from bulkops.planning.rows.set_cells import set_cells
from bulkops.planning.rows.table import Record
from tests.planning.paper import CREATE, Sheet

HEADERS = ("First name", "last_name", "Team", "security_profile_1", "security_profile_2")
ROW = ("Áine", "O Neil", "Blue", "Agent", "Admin")


def setting(given, headers=HEADERS):
    return set_cells(CREATE, headers, match_headers(CREATE, Sheet(headers)), given)


def cells(given, row=ROW, headers=HEADERS):
    found = setting(given, headers)
    filled = found.record(Record(2, row)).cells
    return dict(zip(found.headers, filled, strict=True))


def test_a_constant_stands_in_every_row_and_in_a_column_of_its_own():
    found = cells({"routing_profile": "Basic"})
    assert found["routing_profile"] == "Basic"
    assert list(found) == [*HEADERS, "routing_profile"]


def test_a_template_speaks_of_headers_of_columns_by_any_name_and_of_what_was_set_before():
    found = cells(
        {
            "username": "{given name|ascii|lower|first:1}.{surname|lower|joined}",
            "email": "{username}@{team|lower}.example.com",
        }
    )
    assert found["username"] == "a.oneil"
    assert found["email"] == "a.oneil@blue.example.com"


def test_where_a_cell_is_blank_what_is_made_of_it_is_blank_unless_another_word_is_given():
    row = ("", "O Neil", " ", "Agent", "")
    found = cells({"email": "{first_name}@example.com", "tags": "team={team|or:none}"}, row)
    assert found["email"] == ""
    assert found["tags"] == "team=none"


def test_what_the_sheet_says_itself_is_replaced_and_said_to_be():
    found = setting({"last_name": "Byrne", "security_profiles": "Agent;Admin"})
    assert found.headers == HEADERS
    assert found.record(Record(2, ROW)).cells == ("Áine", "Byrne", "Blue", "Agent;Admin", "")
    assert found.replaced == {1, 3, 4}
    assert found.notes == (
        "last_name, security_profiles: set by --set in every row, in place of what the sheet says",
    )
    assert setting({"routing_profile": "Basic"}).notes == ()


def test_the_cells_that_templates_speak_of_are_known():
    assert setting({"tags": "team={Team}", "routing_profile": "Basic"}).sources == {2}


def test_an_empty_text_empties_the_column_and_doubled_braces_are_braces():
    assert cells({"last_name": ""})["last_name"] == ""
    assert cells({"tags": "{{team}}={team}"})["tags"] == "{team}=Blue"


def test_a_target_can_be_set_and_spoken_of():
    assert cells({"target": "emea"})["target"] == "emea"
    headers = ("username", "target")
    found = cells({"tags": "where={target}"}, ("ana", "emea"), headers)
    assert found["tags"] == "where=emea"
    assert cells({"target": "apac"}, ("ana", "emea"), headers)["target"] == "apac"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"usernme": "x"}, '--set: create-users has no column "usernme". Did you mean "username"?'),
        ({"username": "{frst_name}"}, 'has no column "frst_name". Did you mean "First name"?'),
        ({"username": "{entirely else}"}, 'has no column "entirely else".'),
        ({"tags": "code={Door token}"}, "Door token is secret, and tags would show it"),
        ({"username": "{first_name|lowr}"}, '--set username: "lowr" is no change'),
        ({"username": "{first_name"}, "has a { alone; one that is meant is written {{"),
        ({"username": "first_name}"}, "has a } alone; one that is meant is written }}"),
        ({"password": "Blue-Harbour-1"}, "--set: password is secret"),
        ({"email": "{password}@example.com"}, "password is secret, and email would show it"),
    ],
)
def test_what_can_not_be_set_is_refused_with_the_reason(given, said):
    headers = (*HEADERS, "password", "Door token")
    with pytest.raises(TemplateError) as caught:
        setting(given, headers)
    assert said in str(caught.value)
    assert "Blue-Harbour" not in str(caught.value)
