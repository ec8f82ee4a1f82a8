from __future__ import annotations

from bulkops.planning.rows.cells import Secret
from bulkops.planning.rows.typed_rows import target_name
from tests.planning.paper import CREATE, MOVE, QUEUES, Sheet, order_of, said, sheet_of, user_row


def row_of(job, *rows, identities=None):
    return next(order_of(job, sheet_of(*rows)).rows(identities))


def test_a_row_holds_typed_values_defaults_and_masked_cells():
    row = row_of(CREATE, user_row(acw_seconds="30", email=""))
    assert row.number == 2
    assert row.key == "ana"
    assert row.values["acw_seconds"] == 30
    assert row.values["phone_type"] == "SOFT_PHONE"
    assert row.defaulted == {"phone_type", "auto_accept"}
    assert "email" not in row.values
    assert row.values["password"] == Secret("Tulip-Harbour-27")
    assert row.cells[1] == "***"
    assert "Tulip" not in repr(row)


def test_a_blank_secret_is_not_masked():
    assert row_of(CREATE, user_row(password="  ")).cells[1] == "  "


def test_an_unused_column_of_secrets_is_masked():
    row = row_of(MOVE, {"username": "ana", "routing_profile": "Basic", "Old password": "x"})
    assert row.cells == ("ana", "Basic", "***")


def test_cells_without_secrets_stay_the_very_same():
    sheet = sheet_of({"username": " ana", "routing_profile": "Basic"})
    assert next(order_of(MOVE, sheet).rows()).cells == (" ana", "Basic")


def test_a_key_of_several_columns_is_joined_with_defaults():
    row = row_of(QUEUES, {"routing_profile": "Basic ", "queue": "Q", "channel": "voice"})
    assert row.key == "Basic / Q / voice"
    assert row.values["priority"] == 1


def test_a_key_that_the_sheet_lacks_is_empty():
    assert row_of(MOVE, {"routing_profile": "Basic"}).key == ""


def test_a_broken_cell_gets_no_default_and_no_second_problem():
    row = row_of(CREATE, user_row(phone_type="x", username="a\u200bb"))
    assert "phone_type" not in row.values
    assert said(row.problems) == [
        ("invisible-character", "Users!A2"),
        ("not-a-choice", "Users!G2"),
    ]


def test_limits_are_those_of_the_row_s_own_target():
    sheet = Sheet(
        ["username", "routing_profile", "target"],
        ["a" * 30, "Basic", "emea"],
        ["a" * 30, "Basic", " apac"],
    )
    sheet_job = order_of(CREATE, sheet)
    rows = list(sheet_job.rows({"emea": "SAML", "apac": "CONNECT_MANAGED"}))
    assert [row.target for row in rows] == ["emea", "apac"]
    assert "wrong-form" not in [each.code for each in rows[0].problems]
    assert "wrong-form" in [each.code for each in rows[1].problems]


def test_a_row_means_the_only_target_there_is():
    assert target_name("", ["emea"]) == "emea"
    assert target_name("", ["emea", "apac"]) == ""
    assert target_name("apac", ["emea"]) == "apac"
    assert target_name("", []) == ""


def test_a_second_walk_gives_the_same_rows_and_reads_no_cell():
    rows = (
        user_row(),
        user_row(username="ben", acw_seconds="30", security_profiles="Agent; Admin"),
        user_row(username="a\u200bb", phone_type="x", password="***"),
        user_row(username="cleo", email="CLEAR!", tags="team=blue"),
    )
    order = order_of(CREATE, sheet_of(*rows), on_exists="update")
    first = list(order.rows({"": "CONNECT_MANAGED"}))
    again = list(order.rows({"": "CONNECT_MANAGED"}))
    assert again == first
    assert "phone_type" not in again[2].values, (
        "a broken cell has no default the second time either"
    )


def test_a_walk_that_is_broken_off_is_gone_on_with():
    order = order_of(CREATE, sheet_of(user_row(), user_row(username="ben")))
    next(order.rows())
    assert [row.key for row in order.rows()] == ["ana", "ben"]


def test_rows_are_typed_anew_for_other_identity_types():
    order = order_of(CREATE, sheet_of(user_row(username="a" * 30)))
    (saml,) = order.rows({"": "SAML"})
    (managed,) = order.rows({"": "CONNECT_MANAGED"})
    assert "wrong-form" not in [each.code for each in saml.problems]
    assert "wrong-form" in [each.code for each in managed.problems]
