from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.planning.rows.header_spellings import known_headers, secret_headers
from bulkops.planning.rows.headers import folded, match_headers
from bulkops.problems import Problem, Severity
from tests.planning.paper import CREATE, DELETE, MOVE, Sheet, order_of, said


def matched(*headers, job=MOVE, mapping=None, rows=()):
    return match_headers(job, Sheet(headers, *rows), mapping)


@pytest.mark.parametrize(
    "header", ["username", "User Name", "USER-NAME *", " login ", "User login:", "\ufeffLogin"]
)
def test_a_header_is_known_whatever_its_case_spaces_and_signs(header):
    found = matched(header, "routing_profile")
    assert found.columns == {"username": (0,), "routing_profile": (1,)}
    assert found.problems == ()
    assert found.used == {0, 1}


def test_a_mapping_goes_before_names_and_aliases():
    found = matched("login", "Agent", "routing profile", mapping={"AGENT": "Username"})
    assert found.columns["username"] == (0,)
    assert said(found.problems) == [("duplicate-header", "Users!B")]


def test_a_mapping_of_what_is_not_there_gets_the_nearest():
    found = matched("Logn", "routing profile", mapping={"Loggn": "username", "Logn": "usernam"})
    first, second, *_ = found.problems
    assert (first.code, first.hint) == ("unknown-header", 'Did you mean "Logn"?')
    assert (second.code, second.hint) == ("unknown-column", 'Did you mean "username"?')


def test_several_headers_feed_one_list():
    found = matched(
        *("username", "security_profile_name_1", "Security Profile 2", "security profiles"),
        job=CREATE,
    )
    assert found.columns["security_profiles"] == (1, 2, 3)


def test_the_header_of_the_console_is_known():
    header = "security_profile_name_1|security_profile_name_2"
    assert matched(header, job=CREATE).columns == {"security_profiles": (0,)}


def test_a_numbered_header_of_one_value_is_not_taken_for_it():
    found = matched("username", "routing profile 2")
    assert "routing_profile" not in found.columns
    assert said(found.problems) == [("unknown-header", "Users!B")]


def test_one_value_in_two_columns_is_a_problem():
    found = matched("username", "Login", "routing_profile")
    (problem,) = found.problems
    assert str(problem) == 'Users!B: "Login" and "username" are the same column: keep one of them'


def test_a_header_near_to_a_missing_column_is_an_error_and_said_once():
    (problem,) = matched("Usrname", "routing_profile").problems
    assert str(problem) == (
        'Users!A: "Usrname" is not a column of update-user-routing-profiles.'
        ' Did you mean "username"? If not, rename or remove it.'
    )
    assert problem.severity is Severity.ERROR


def test_a_header_that_is_like_nothing_is_a_warning():
    found = matched("username", "routing_profile", "Start date", "Usernames")
    assert said(found.problems) == [("unused-column", "Users!C"), ("unused-column", "Users!D")]
    assert {each.severity for each in found.problems} == {Severity.WARNING}
    assert found.secretive == frozenset()


def test_a_strange_header_that_is_accounted_for_is_neither_a_slip_nor_told_of():
    sheet = Sheet(["username", "routing_profile", "Usernames", "Start date"])
    found = match_headers(MOVE, sheet, known={3})
    assert said(found.problems) == [("unused-column", "Users!C")]
    slip = match_headers(MOVE, Sheet(["Usrname", "routing_profile"]), known={0})
    assert said(slip.problems) == [("missing-column", "Users")]


def test_an_unused_column_of_secrets_is_known_as_one():
    assert matched("username", "Initial PassWord", job=DELETE).secretive == {1}


def test_columns_of_our_own_reports_are_passed_over():
    found = matched("username", "routing_profile", "bulkops_error", "Bulkops_Row")
    assert found.problems == ()


def test_a_missing_column_is_said_with_its_other_names():
    (problem,) = matched("username").problems
    assert str(problem) == (
        'Users: the sheet has no column "routing_profile", which update-user-routing-profiles'
        " needs. It may also be called routing profile name, new routing profile."
    )


def test_a_target_column_names_the_target():
    found = matched("username", "routing_profile", "Target", "TARGET")
    assert found.target == 2
    assert found.used == {0, 1, 2}
    assert said(found.problems) == [("duplicate-header", "Users!D")]


def test_values_under_a_blank_header_are_said_once():
    rows = [("ana", "", "x", "", ""), ("bob", "y", "x", "", " ")]
    found = matched("username", "", "routing_profile", "", "", rows=rows)
    assert said(found.problems) == [("value-without-header", "Users!B3")]


def test_what_the_reader_has_said_of_a_blank_header_is_not_said_again():
    sheet = Sheet(["username", ""], ["ana", "x"])
    told = Problem(code="value-without-header", message="", address=sheet.address(2, 2))
    sheet.problems = (told,)
    assert match_headers(DELETE, sheet).problems == ()


def test_blank_headers_are_looked_at_no_further_than_the_first_values():
    class Counting(Sheet):
        seen = 0

        def records(self):
            for record in super().records():
                self.seen += 1
                yield record

    sheet = Counting(["username", ""], ["ana", "x"], ["bob", "y"])
    match_headers(DELETE, sheet)
    assert sheet.seen == 1


def test_addresses_are_those_of_the_first_cell_of_a_column():
    sheet = Sheet(["a", "username"], ["x", "ana"])
    found = match_headers(DELETE, sheet)
    assert str(found.address(sheet, 2, "username")) == "Users!B2"
    assert str(found.address(sheet, 2, "password")) == "Users!2"


@given(st.lists(st.sampled_from([" ", "-", "_", "*", ":", "\u00a0"])), st.booleans())
def test_noise_in_a_header_makes_no_difference(noise, upper):
    text = "routing profile".upper() if upper else "routing profile"
    assert folded("".join(noise).join(text)) == "routingprofile"


@given(st.lists(st.text(max_size=12), max_size=6))
def test_each_header_feeds_at_most_one_column(headers):
    found = match_headers(CREATE, Sheet(headers, [""] * len(headers)))
    fed = [index for indexes in found.columns.values() for index in indexes]
    assert len(fed) == len(set(fed))


def test_a_header_that_is_mapped_to_a_secret_is_secret_however_the_column_is_spelt():
    job = CREATE
    assert "Kennwort" in secret_headers(job, {"Kennwort": "PassWord", "Login": "username"})
    assert "Login" not in secret_headers(job, {"Login": "username"})
    assert {"Kennwort", "username"} <= set(known_headers(job, {"Kennwort": "password"}))


def test_two_other_names_of_a_column_stand_side_by_side_and_its_own_name_stands_alone():
    both = matched("agent hierarchy", "user_hierarchy_1|user_hierarchy_2", job=CREATE)
    assert both.columns["hierarchy_group"] == (0, 1)
    own = matched("hierarchy_group", "agent hierarchy", job=CREATE)
    assert ("duplicate-header", "Users!B") in said(own.problems)
    twice = matched("agent hierarchy", "Agent Hierarchy", job=CREATE)
    assert ("duplicate-header", "Users!B") in said(twice.problems)


def group_of(*cells, headers=("agent hierarchy", "user_hierarchy_1|user_hierarchy_2")):
    order = order_of(CREATE, Sheet(["username", *headers], ["ana", *cells]))
    (row,) = order.rows()
    found = [each.message for each in row.problems if each.code == "two-values"]
    return row.values.get("hierarchy_group"), found


def test_a_header_with_a_bar_says_that_its_cells_are_the_levels_of_a_path():
    assert group_of("", "Centre | Dublin") == ("Centre/Dublin", [])
    assert group_of("Centre|Dublin", "") == ("Centre|Dublin", [])
    assert group_of("Dublin", "Centre|Dublin") == ("Centre/Dublin", [])
    assert group_of("a|b|", headers=["user_hierarchy_1|user_hierarchy_2"]) == ("a/b", [])


def test_two_columns_of_one_value_must_agree():
    said_twice = '"Centre/Dublin" and "Cork" stand in two columns for one value: keep one of them'
    assert group_of("Cork", "Centre|Dublin") == (None, [said_twice])
    order = order_of(
        CREATE, Sheet(["username", "surname", "family name"], ["ana", "Byrne", "Burns"])
    )
    (row,) = order.rows()
    (found,) = [each for each in row.problems if each.code == "two-values"]
    assert found.message.startswith('"Byrne" and "Burns" stand in two columns')
