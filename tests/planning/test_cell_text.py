from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.planning.rows.cell_text import composed, invisible, named, not_ascii, seen, trimmed


def test_no_break_spaces_around_a_text_go():
    assert trimmed("\u00a0 ana\u3000\t") == "ana"


def test_names_are_composed():
    assert composed("Jose\u0301") == "Jos\u00e9"
    assert composed("Ana") == "Ana"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ana", ""),
        ("ana byrne\n\tagent", ""),
        ("Jos\u00e9", ""),
        ("an\u200ba", "U+200B ZERO WIDTH SPACE at character 3"),
        ("\ufeffana", "U+FEFF ZERO WIDTH NO-BREAK SPACE at character 1"),
        ("an\x07a", "U+0007 a control character at character 3"),
        ("an\u200da", "U+200D ZERO WIDTH JOINER at character 3"),
        ("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", ""),
        ("\u0639\u200c", "U+200C ZERO WIDTH NON-JOINER at character 2"),
        ("\u0915\u094d\u200d\u0937", ""),
        ("Sales \U0001f469\u200d\U0001f4bb", ""),
        ("Ops \u2764\ufe0f", ""),
        ("a\ufe0fb", "U+FE0F VARIATION SELECTOR-16 at character 2"),
        ("a\u3164b", "U+3164 HANGUL FILLER at character 2"),
        ("ana\u202egnp", "U+202E RIGHT-TO-LEFT OVERRIDE at character 4"),
        ("ana\u2066x", "U+2066 LEFT-TO-RIGHT ISOLATE at character 4"),
        ("ana\u2028x", "U+2028 LINE SEPARATOR at character 4"),
        ("ana\x1b[31m", "U+001B ESCAPE at character 4"),
        ("ana\x9b31m", "U+009B a control character at character 4"),
        ("ana\ue000", "U+E000 a control character at character 4"),
        ("\u0600\u0661\u0662", ""),
    ],
)
def test_what_cannot_be_seen_is_named_but_for_joiners_between_letters_that_need_them(text, found):
    assert invisible(text) == found


@pytest.mark.parametrize(
    ("text", "found", "without"),
    [
        ("bob\njones", "U+000A LINE FEED at character 4", "bob jones"),
        ("bob\r\njones", "U+000D CARRIAGE RETURN at character 4", "bob  jones"),
        ("bob\tjones", "U+0009 TABULATION at character 4", "bob jones"),
        ("b\u200bob", "U+200B ZERO WIDTH SPACE at character 2", "bob"),
        ("bob", "", "bob"),
    ],
)
def test_a_name_is_one_line(text, found, without):
    assert invisible(text, breaks=False) == found
    assert seen(text, breaks=False) == without
    assert seen(text, breaks=False, spaced=False) == without.replace(" ", "")


@given(st.text(), st.booleans())
def test_what_is_left_can_be_seen(text, breaks):
    assert invisible(seen(text, breaks=breaks), breaks=breaks) == ""


def test_the_first_letter_outside_ascii_is_named():
    assert not_ascii("ana") == ""
    assert not_ascii("b\u0430b") == "U+0430 CYRILLIC SMALL LETTER A at character 2"


@given(st.characters())
def test_every_character_has_a_name(character):
    assert named(character).startswith("U+")


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_printable_ascii_can_always_be_seen(text):
    assert invisible(text) == ""
