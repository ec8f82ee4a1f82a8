from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bulkops.sheets.input.cell_values import text_of


@pytest.mark.parametrize(
    ("value", "number_format", "text", "doubt"),
    [
        (None, "General", "", ""),
        ("ana", "@", "ana", ""),
        ("NA", "General", "NA", ""),
        (True, "General", "TRUE", ""),
        (False, "General", "FALSE", ""),
        (17, "General", "17", ""),
        (17.0, "0.00", "17", ""),
        (-0.0, "General", "0", ""),
        (-17, "00000", "-17", ""),
        (123, "00000", "00123", ""),
        (1234567, "00000", "1234567", ""),
        (123, '00000;"-"00000', "00123", ""),
        (123, "[$-409]00000", "00123", ""),
        (15551234567, "0.00E+00", "15551234567", ""),
        (15551234567, "+0", "+15551234567", ""),
        (15551234567, '"+"0', "+15551234567", ""),
        (15551234567, "\\+0", "+15551234567", ""),
        (15551234567, "+# ### ### ####", "+15551234567", ""),
        (42, "+00000", "+00042", ""),
        (999_999_999_999_999, "General", "999999999999999", ""),
        (1_000_000_000_000_000, "General", "1000000000000000", "too-many-digits"),
        (1.5e20, "General", "150000000000000000000", "too-many-digits"),
        (float("inf"), "General", "inf", "too-many-digits"),
        (float("nan"), "General", "nan", "too-many-digits"),
        (0.1 + 0.2, "General", "0.3", ""),
        (1e-7, "General", "0.0000001", ""),
        (1234567.25, "General", "1234567.25", ""),
        (date(2024, 3, 4), "yyyy", "2024-03-04", "date-in-text"),
        (datetime.fromisoformat("2024-03-04"), "yyyy", "2024-03-04", "date-in-text"),
        (datetime.fromisoformat("2024-03-04T08:30"), "yyyy", "2024-03-04T08:30:00", "date-in-text"),
        (time(8, 30), "h:mm", "08:30:00", "time-in-text"),
        (timedelta(hours=26, minutes=3), "[h]:mm", "26:03:00", "time-in-text"),
        (timedelta(seconds=-90), "[h]:mm", "-00:01:30", "time-in-text"),
        ("a_x000D_b", "@", "a\rb", ""),
        ("a_x005F_x000D_b", "@", "a_x000D_b", ""),
        ("a_x0041_b", "@", "a_x0041_b", ""),
        ("snake_x_case", "@", "snake_x_case", ""),
        ("a_x0000_b", "@", "a\u2400b", "control-character"),
        ("a\0b", "@", "a\u2400b", "control-character"),
        (frozenset(), "@", "frozenset()", ""),
    ],
)
def test_a_value_becomes_the_text_that_a_person_typed(value, number_format, text, doubt):
    assert text_of(value, lambda: number_format) == (text, doubt)
