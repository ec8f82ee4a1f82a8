from __future__ import annotations

import pytest

from bulkops.problems import Address, Problem, letters


@pytest.mark.parametrize(
    ("column", "name"), [(0, ""), (1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_columns_are_named_as_excel_names_them(column, name):
    assert letters(column) == name


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Address(file="t.xlsx", sheet="Users", row=17, column=3), "Users!C17"),
        (Address(file="t.xlsx", sheet="Users", column=3), "Users!C"),
        (Address(file="t.xlsx", sheet="Users"), "Users"),
        (Address(file="t.csv", row=17, column=3, header="Login"), 'line 17, column "Login"'),
        (Address(file="t.csv", row=17, column=3), "line 17, column 3"),
        (Address(file="t.csv"), "t.csv"),
    ],
)
def test_a_place_is_shown_in_the_words_of_its_file(place, shown):
    assert str(place) == shown


@pytest.mark.parametrize(
    ("message", "hint", "shown"),
    [
        ("it is wrong", "", "t.csv: it is wrong"),
        ("it is wrong", "Mend it.", "t.csv: it is wrong. Mend it."),
        ("Is it wrong?", "Mend it.", "t.csv: Is it wrong? Mend it."),
    ],
)
def test_a_problem_is_shown_on_one_line(message, hint, shown):
    assert (
        str(Problem(code="x", message=message, advice=hint, address=Address(file="t.csv"))) == shown
    )
