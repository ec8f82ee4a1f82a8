from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.definition.catalogue import load
from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col
from bulkops.planning.rows.cell_reader import CellReader
from bulkops.planning.rows.cells import CLEAR, Secret
from tests.planning.paper import CREATE, QUEUES


def reader(column, job=CREATE, identity=None, uncleared=""):
    return CellReader(job.column(column), facts_of(job, column, identity), uncleared)


def value(column, *texts, **more):
    found, flaws = reader(column, **more).read(texts)
    assert flaws == ()
    return found


def flaws(column, *texts, **more):
    found, wrong = reader(column, **more).read(texts)
    assert found is None
    return [(flaw.code, flaw.message) for flaw in wrong]


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_a_blank_cell_has_no_value(blank):
    assert value("username", blank) is None


@pytest.mark.parametrize(("text", "number"), [("30", 30), ("30.0", 30), ("30.", 30), ("+30", 30)])
def test_whole_numbers_are_read_as_excel_writes_them(text, number):
    assert value("acw_seconds", text) == number


@pytest.mark.parametrize("text", ["1e3", "30.5", "thirty", "1,000", "\u0663\u0660", "9" * 40])
def test_what_is_not_a_whole_number_is_refused_with_what_is_allowed(text):
    assert flaws("acw_seconds", text) == [
        ("not-a-number", f'"{text}" is not a whole number; allowed: 0 to 2,000,000')
    ]


def test_a_number_outside_its_range_is_refused():
    assert flaws("priority", "100", job=QUEUES) == [
        ("out-of-range", '"100" is too large; allowed: 1 to 99')
    ]


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "1", "on"])
def test_yes_is_said_in_many_ways(text):
    assert value("auto_accept", text) is True


@pytest.mark.parametrize("text", ["no", "N", "FALSE", "0", "off"])
def test_no_is_said_in_many_ways(text):
    assert value("auto_accept", text) is False


def test_maybe_is_neither():
    assert flaws("auto_accept", "maybe") == [("not-yes-or-no", '"maybe" is neither yes nor no')]


@pytest.mark.parametrize("text", ["soft", "Soft-Phone", "SOFT_PHONE", "softphone"])
def test_an_api_value_is_known_by_its_spellings(text):
    assert value("phone_type", text) == "SOFT_PHONE"


def test_a_value_that_is_not_one_of_those_allowed_gets_the_nearest():
    found, (flaw,) = reader("phone_type").read(("dsk",))
    assert found is None
    assert flaw.code == "not-a-choice"
    assert str(flaw.hint) == 'Did you mean "DESK_PHONE"?'
    assert flaw.allowed == "SOFT_PHONE, DESK_PHONE"


def test_a_list_keeps_its_order_and_drops_what_is_said_twice():
    assert value("security_profiles", "Agent; QA|Agent", "Admin\nQA") == ("Agent", "QA", "Admin")


def test_a_list_of_separators_alone_has_too_few_values():
    assert flaws("security_profiles", ";|;") == [
        ("wrong-count", "the cell has 0 values; allowed: 1 to 10 values")
    ]


def test_a_list_that_is_too_long_is_refused():
    names = ";".join(f"P{number}" for number in range(11))
    assert flaws("security_profiles", names) == [
        ("wrong-count", "the cell has 11 values; allowed: 1 to 10 values")
    ]


def test_every_bad_value_of_a_list_is_said():
    found = flaws("security_profiles", "A\u200bB;C\u200bD;E")
    assert [code for code, _ in found] == ["invisible-character"] * 2


def test_tags_are_pairs():
    assert value("tags", "team=support; x=a=b") == {"team": "support", "x": "a=b"}
    assert value("tags", "team=;team=") == {"team": ""}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("team", "not-a-tag"),
        (";", "wrong-count"),
        ("=x", "not-a-tag"),
        ("a=1;a=2", "tag-twice"),
        ("aws:x=1", "wrong-tag"),
        ("a\u200b=1", "invisible-character"),
        (";".join(f"k{n}=1" for n in range(51)), "wrong-count"),
    ],
)
def test_what_is_not_a_pair_is_refused(text, code):
    assert [found for found, _ in flaws("tags", text)] == [code]


def test_a_letter_that_only_looks_right_is_named_in_a_user_name():
    assert flaws("username", "b\u0430b") == [
        (
            "not-ascii",
            (
                '"b\u0430b" holds U+0430 CYRILLIC SMALL LETTER A at character 2;'
                " allowed: letters without accents, digits, signs"
            ),
        )
    ]


def test_a_letter_that_cannot_be_seen_is_named():
    assert flaws("first_name", "An\u200ba")[0][1] == (
        r'"An\u200ba" holds U+200B ZERO WIDTH SPACE at character 3,'
        " which can't be seen"
    )


def test_names_are_composed():
    assert value("first_name", "Jose\u0301") == "Jos\u00e9"


def test_limits_hold_under_the_identity_type():
    name = "a" * 21
    assert value("username", name) == name
    assert flaws("username", name, identity="CONNECT_MANAGED") == [
        ("wrong-form", f'"{name}" has 21 characters; allowed: 1 to 20 characters')
    ]


def test_names_of_things_have_no_limits_of_their_own():
    assert value("routing_profile", "x" * 500) == "x" * 500


def test_a_secret_prints_as_a_mask():
    found = value("password", " Tulip-Harbour-27 ")
    assert found == Secret("Tulip-Harbour-27")
    assert repr(found) == "***"
    assert str(found) == "Tulip-Harbour-27"


@pytest.mark.parametrize("text", ["short1A", "Tulip\u200bHarbour27"])
def test_nothing_of_a_bad_secret_is_said(text):
    _, (flaw,) = reader("password").read((text,))
    assert flaw.code == "wrong-form"
    assert flaw.found == ""
    assert text not in flaw.message
    assert str(len(text)) not in flaw.message.split("allowed")[0]


def test_a_masked_secret_is_not_the_secret():
    assert flaws("password", "***") == [
        ("masked-secret", "reports show secrets as ***: this is not the secret itself")
    ]


def test_clear_empties_a_cell_that_can_be_cleared():
    assert value("hierarchy_group", "clear!") is CLEAR
    assert value("hierarchy_group", "(clear)") is CLEAR


def test_clear_is_refused_where_nothing_empties_the_field():
    assert flaws("username", "CLEAR!", uncleared="every row needs it") == [
        ("not-clearable", "username can't be cleared: every row needs it")
    ]


def test_a_list_of_numbers_is_read_number_by_number():
    job = Job(
        name="n",
        summary="",
        key=(),
        columns=(Column(name="numbers", help="", kind="integer", split=","),),
        steps=(
            Step(
                operation="CreateRule",
                args={"Name": Col("numbers")},
            ),
        ),
    )
    assert value("numbers", "1, 2,2.0", job=job) == (1, 2)
    assert value("numbers", ",,", job=job) is None


def test_a_column_with_spellings_alone_has_choices():
    job = Job(
        name="n",
        summary="",
        key=(),
        columns=(Column(name="kind", help="", spellings={"A": ("first",), "B": ()}),),
        steps=(Step(operation="CreateQueue", args={"Name": Col("kind")}),),
    )
    assert value("kind", "First", job=job) == "A"
    assert [code for code, _ in flaws("kind", "x", job=job)] == ["not-a-choice"]


@given(st.integers(0, 2_000_000))
def test_every_number_in_range_is_read_as_it_stands(number):
    assert value("acw_seconds", f" {number}.0 ") == number


@given(st.text(max_size=30))
def test_reading_never_fails_and_gives_a_value_or_flaws(text):
    for column in CREATE.columns:
        found, wrong = reader(column.name).read((text,))
        assert found is None or wrong == ()


SEEN = ", which can't be seen. "
ONE_LINE = ", and a name is one line. "


@pytest.mark.parametrize(
    ("column", "text", "shown", "found", "without"),
    [
        ("username", "bob\njones", r"bob\u000ajones", f"U+000A LINE FEED at character 4{ONE_LINE}",
         'Without it the value is "bobjones".'),
        ("routing_profile", "Sales\nEMEA", r"Sales\u000aEMEA",
         f"U+000A LINE FEED at character 6{ONE_LINE}", 'Without it the value is "Sales EMEA".'),
        ("first_name", "A\u202ena", r"A\u202ena",
         f"U+202E RIGHT-TO-LEFT OVERRIDE at character 2{SEEN}", 'Without it the value is "Ana".'),
        ("username", "\u200b", r"\u200b", f"U+200B ZERO WIDTH SPACE at character 1{SEEN}",
         "Type the value again."),
    ],
)  # fmt: skip
def test_a_name_holds_no_line_break_and_nothing_that_cannot_be_seen(
    column, text, shown, found, without
):
    (flaw,) = reader(column).read((text,))[1]
    assert flaw.code == "invisible-character"
    assert f"{flaw.message}. {flaw.hint}" == f'"{shown}" holds {found}{without}'


def test_free_text_may_have_several_lines_and_no_escapes():
    job = load("connect:UpdateContactFlowMetadata").job
    assert not facts_of(job, "description").names
    assert value("description", "first\nsecond", job=job) == "first\nsecond"
    for hidden in ("\x1b[31m", "\x9b", "\u202e", "\u200b"):
        ((code, _),) = flaws("description", f"a{hidden}b", job=job)
        assert code == "invisible-character"
    for column in ("contact_flow_id", "name"):
        assert facts_of(job, column).names
