from __future__ import annotations

import unicodedata
from itertools import groupby, product

import pytest

from bulkops.definition.model.operations import input_shape, operation_model, operations
from bulkops.definition.model.overrides import OVERRIDES
from bulkops.definition.model.patterns import (
    _CATEGORIES,
    _REACHES,
    TextPattern,
    _expression,
    _members,
    _runs,
    modelled,
)

SERVICES = (
    "connect",
    "customer-profiles",
    "connectcases",
    "qconnect",
    "connectcampaignsv2",
    "connect-contact-lens",
    "connectparticipant",
)


def test_digits_are_ascii_as_in_the_service():
    assert modelled(r"^\d{4}$").search("2026")
    assert not modelled(r"^\d{4}$").search("٢٠٢٦")


def test_unicode_properties_are_spelled_out_inside_and_outside_of_brackets():
    name = modelled(r"^[\p{L}_]+$")
    assert name.search("Siobhán_Łukasz")
    assert not name.search("a1")
    assert modelled(r"^\p{Lu}\p{N}$").search("É5")
    assert not modelled(r"^\p{Lu}\p{N}$").search("é5")


def test_a_negated_property_is_every_other_character():
    visible = modelled(r"^[\P{C}\r\n]{1,10}$")
    assert visible.search("naïve\r\n")
    assert not visible.search("bell\x07")
    assert modelled(r"^\P{C}*$").search("file.wav")
    assert not modelled(r"^\P{C}*$").search("file\x00.wav")


def test_an_escaped_bracket_does_not_open_a_class():
    assert modelled(r"^\[\p{L}\]$").search("[é]")


@pytest.mark.parametrize(
    "pattern",
    [
        r"\\+[1-9]\\d{1,14}$",  # escaped twice
        "/^abc$/",  # between slashes
        r"\p{IsLatin}+",  # a property that Python has no data for
        r"^[\p{Lx}a]$",  # one that Unicode does not know
        "[[a-z]&&[^b]]",  # Java's nested classes
        "(unclosed",
    ],
)
def test_what_python_would_read_differently_is_not_taken(pattern):
    assert modelled(pattern) is None


def _by_category(reach):
    """Return every code point below a bound in texts by its category."""
    points = sorted(map(chr, range(reach)), key=unicodedata.category)
    return {name: "".join(run) for name, run in groupby(points, unicodedata.category)}


FORMS = (r"\p{%s}", r"[\p{%s}]", r"\P{%s}", r"[^\p{%s}]")


@pytest.mark.parametrize(
    ("reach", "categories", "forms"),
    [
        *((reach, _CATEGORIES, FORMS) for reach in _REACHES[:-1]),
        (_REACHES[-1], ("C", "Cn", "L", "Lu", "N", "Z"), FORMS[1:2]),  # of a million, seconds each
    ],
)
def test_a_property_holds_exactly_the_code_points_that_unicode_gives_it(reach, categories, forms):
    known = _by_category(reach)
    for category, form in product(categories, forms):
        own = [text for name, text in known.items() if name.startswith(category)]
        others = [text for name, text in known.items() if not name.startswith(category)]
        found = _expression(TextPattern(f"(?:{form % category})+"), reach)
        left = found.sub("", "".join(known.values()))
        assert left == "".join(own if form[:2] in (r"\P", "[^") else others), (category, form)


@pytest.mark.parametrize("reach", _REACHES)
def test_every_code_point_is_counted_once_under_its_category(reach):
    points = [
        (category, point)
        for category, first, last in _runs(reach)
        for point in range(first, last + 1)
    ]
    assert points == [(unicodedata.category(chr(point)), point) for point in range(reach)]


def test_a_pattern_judges_a_text_alike_however_far_the_text_reaches():
    words = modelled(r"^[\p{L}\p{Z}]+$")
    for word in ("plain", "naïve", "日本 語", "\U0001d49c\U0001d4b7", "Ω ω", ""):
        for mark in ("", "1", "é", "語", "😀", "\U0001d49c"):
            text = word + mark
            expected = bool(text) and all(unicodedata.category(each)[0] in "LZ" for each in text)
            assert words.search(text) is expected, text


@pytest.fixture
def unspelled():
    for each in (_expression, _members, _runs):
        each.cache_clear()


@pytest.mark.usefixtures("unspelled")
def test_properties_are_spelled_out_once_and_only_as_far_as_texts_reach():
    label, name = TextPattern(r"^[\p{L}\p{N}]*$"), TextPattern(r"^\p{L}*$")
    assert _runs.cache_info().misses == 0
    for number in range(50):
        assert label.search(f"agent{number}")
        assert name.search("agent")
    assert (_runs.cache_info().misses, _members.cache_info().misses) == (1, 2)
    for number in range(50):
        assert label.search(f"Zoë{number}")
        assert name.search("Zoë")
    assert (_runs.cache_info().misses, _members.cache_info().misses) == (2, 4)
    assert _expression.cache_info().misses == 4


def _string_shapes(service):
    seen = set()

    def walk(shape):
        if shape is None or shape.name in seen:
            return
        seen.add(shape.name)
        if shape.type_name == "structure":
            for member in shape.members.values():
                yield from walk(member)
        elif shape.type_name == "list":
            yield from walk(shape.member)
        elif shape.type_name == "map":
            yield from walk(shape.key)
            yield from walk(shape.value)
        elif "pattern" in shape.metadata:
            yield shape

    for name in operations(service):
        yield from walk(input_shape(service, name))
        yield from walk(operation_model(service, name).output_shape)


@pytest.mark.parametrize("service", SERVICES)
def test_every_pattern_that_cannot_be_taken_as_it_stands_has_an_override(service):
    for shape in _string_shapes(service):
        if modelled(shape.metadata["pattern"]) is None:
            assert (service, shape.name) in OVERRIDES, shape.metadata["pattern"]
