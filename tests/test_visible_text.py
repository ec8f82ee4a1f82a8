from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.visible_text import all_visible, visible, visible_json

HIDDEN = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0xAD,
    0x34F,
    0x61C,
    0x115F,
    0x1160,
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0x3164,
    *range(0xFE00, 0xFE10),
    0xFEFF,
    0xFFA0,
    *range(0xFFF9, 0xFFFC),
    0xD800,
    0xDFFF,
    *range(0xE0000, 0xE0080),
    *range(0xE0100, 0xE01F0),
]
LOUD = "".join(map(chr, HIDDEN))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b]0;owned\x07", "\\u001b]0;owned\\u0007"),
        ("a\r\nb\tc", "a\\u000d\\u000ab\\u0009c"),
        ("\x9b31mred", "\\u009b31mred"),
        ("user\u202egpj.exe", "user\\u202egpj.exe"),
        ("ad\u200bmin", "ad\\u200bmin"),
        ("ad\u200dmin", "ad\\u200dmin"),
        ("x\ufe0f", "x\\ufe0f"),
        ("lone \ud83d", "lone \\ud83d"),
        ("\U000e0041", "\\U000e0041"),
        ("🏴\U000e0041\U000e007f", "🏴\\U000e0041\\U000e007f"),
        ("a\u2028b\u2029c", "a\\u2028b\\u2029c"),
        ("😀\U000e0100", "😀\\U000e0100"),
        ("x\ufe0f\u200d😀", "x\\ufe0f\\u200d😀"),
        ("\u3164\u200d\u3164", "\\u3164\\u200d\\u3164"),
    ],
)
def test_what_would_be_obeyed_or_missed_is_spelt_out(text, seen):
    assert visible(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zoë Åström, Łódź 100 % “quoted”",
        "e\u0301 combined",
        "مركز الاتصال",
        "می\u200cخواهم",  # noqa: RUF001  # Persian as it is written
        "क्\u200dष and क्\u200cष",
        "שלום",
        "葛\U000e0100城 and 神\ufe00",
        "ᠠ\u180b",
        "👩\u200d👩\u200d👧 👍🏽 👩🏽\u200d💻 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 🙂\u200d↔\ufe0f",
        "1\ufe0f\u20e3 #\ufe0f\u20e3 ©\ufe0e ‼\ufe0f \u2139\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "a\u00a0b \u3000",
        "[red]markup[/red] \\u001b",
    ],
)
def test_what_people_write_stays(text):
    assert visible(text) == text


@pytest.mark.parametrize("code", HIDDEN)
def test_none_of_them_passes_among_letters(code):
    assert visible(f"a{chr(code)}b").isascii()


@given(st.text(st.one_of(st.sampled_from(LOUD), st.characters())))
def test_whatever_comes_nothing_is_obeyed_and_all_can_be_written(text):
    seen = visible(text)
    seen.encode()
    kinds = {unicodedata.category(character) for character in seen}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(seen) & set("\u061c\u200b\u200e\u200f\u202e\u2066\u2069\ufeff\U000e0001")
    assert visible(seen) == seen


@given(
    st.text(st.characters(codec="latin-1", exclude_categories=["Cc"], exclude_characters="\xad"))
)
def test_plain_text_is_itself(text):
    assert visible(text) == text


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_a_json_document_means_the_same_and_nothing_of_it_is_obeyed(value):
    shown = visible_json(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(shown) == value
    assert visible(shown.replace("\n", "")) == shown.replace("\n", "")


def test_a_json_document_stays_readable():
    assert visible_json('["Núñez", "\x9b\u202e\U000e0041"]') == (
        '["Núñez", "\\u009b\\u202e\\udb40\\udc41"]'
    )


@given(st.lists(st.one_of(st.text(), st.sampled_from([*LOUD, "plain", "é → ü"]))))
def test_texts_are_told_to_be_visible_where_nothing_of_them_is_changed(texts):
    told = all_visible(texts)
    assert not told or all(visible(text) == text for text in texts)
    if not any(hidden in text for text in texts for hidden in LOUD):
        assert told
