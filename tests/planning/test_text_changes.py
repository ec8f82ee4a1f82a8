from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.errors import TemplateError
from bulkops.planning.rows.text_changes import NAMES, change, without_accents


@pytest.mark.parametrize(
    ("written", "before", "after"),
    [
        ("lower", "A.Byrne", "a.byrne"),
        ("upper", "dub", "DUB"),
        ("title", "aoife byrne", "Aoife Byrne"),
        ("ascii", "Áine Núñez Øberg Łódź Straße", "Aine Nunez Oberg Lodz Strasse"),
        ("digits", "+353 (0)1 555-0100", "353015550100"),
        ("joined", " O  Neil ", "ONeil"),
        ("first:1", "Aoife", "A"),
        ("first: 3", "Al", "Al"),
        ("last:4", "+35315550100", "0100"),
        ("before:@", "a.byrne@example.com", "a.byrne"),
        ("before:@", "a.byrne", "a.byrne"),
        ("after:@", "a.byrne@example.com", "example.com"),
        ("or:none", "", "none"),
        ("or:none", "some", "some"),
        ("replace: :.", "aoife byrne", "aoife.byrne"),
        ("replace:-:", "01-02", "0102"),
    ],
)
def test_each_change_does_what_it_says(written, before, after):
    assert change(written)(before) == after


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("lowr", 'Did you mean "lower"?'),
        ("__class__", "Allowed are lower"),
        ("lower:1", "lower alone"),
        ("first", "first:N"),
        ("first:0", "first:N"),
        ("first:x", "first:N"),
        ("before", "before:TEXT"),
        ("replace:a", "replace:OLD:NEW"),
        ("replace::b", "replace:OLD:NEW"),
    ],
)
def test_what_is_no_change_is_refused_with_what_is(written, said):
    with pytest.raises(TemplateError) as caught:
        change(written)
    assert said in str(caught.value)


def test_every_name_is_a_change_and_there_are_no_others():
    assert len(set(NAMES)) == len(NAMES) == 12
    for name in NAMES:
        with pytest.raises(TemplateError) as caught:
            change(f"{name}:")
        assert "no change" not in str(caught.value)


@given(st.text())
def test_letters_without_accents_stay_so(text):
    bare = without_accents(text)
    assert without_accents(bare) == bare
