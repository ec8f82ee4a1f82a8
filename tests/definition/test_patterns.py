from __future__ import annotations

import pytest

from bulkops.definition.model.operations import input_shape, operation_model, operations
from bulkops.definition.model.overrides import OVERRIDES
from bulkops.definition.model.patterns import compiled

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
    assert compiled(r"^\d{4}$").search("2026")
    assert not compiled(r"^\d{4}$").search("٢٠٢٦")


def test_unicode_properties_are_spelled_out_inside_and_outside_of_brackets():
    name = compiled(r"^[\p{L}_]+$")
    assert name.search("Siobhán_Łukasz")
    assert not name.search("a1")
    assert compiled(r"^\p{Lu}\p{N}$").search("É5")
    assert not compiled(r"^\p{Lu}\p{N}$").search("é5")


def test_a_negated_property_is_every_other_character():
    visible = compiled(r"^[\P{C}\r\n]{1,10}$")
    assert visible.search("naïve\r\n")
    assert not visible.search("bell\x07")
    assert compiled(r"^\P{C}*$").search("file.wav")
    assert not compiled(r"^\P{C}*$").search("file\x00.wav")


def test_an_escaped_bracket_does_not_open_a_class():
    assert compiled(r"^\[\p{L}\]$").search("[é]")


@pytest.mark.parametrize(
    "pattern",
    [
        r"\\+[1-9]\\d{1,14}$",  # escaped twice
        "/^abc$/",  # between slashes
        r"\p{IsLatin}+",  # a property that Python has no data for
        "[[a-z]&&[^b]]",  # Java's nested classes
        "(unclosed",
    ],
)
def test_what_python_would_read_differently_is_not_taken(pattern):
    assert compiled(pattern) is None


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
        if compiled(shape.metadata["pattern"]) is None:
            assert (service, shape.name) in OVERRIDES, shape.metadata["pattern"]
