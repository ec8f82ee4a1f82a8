from __future__ import annotations

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from bulkops.ledger.states import RowStatus
from bulkops.sheets.output.csv_line import csv_line
from bulkops.sheets.safe_text import csv_safe

ODD = ("", "=1", "a,b", 'a "b"', "two\nlines", "\r", "\t", "'-1", "+155", "x\0y", "\0=1", "\ud800")
TEXTS = st.one_of(st.sampled_from(ODD), st.text(max_size=8))
VALUES = st.one_of(TEXTS, st.none(), st.integers(), st.sampled_from(RowStatus))


@given(st.lists(VALUES, max_size=6))
@example([""])
@example(["", ""])
@example(["José", "=1", 'say "no", then', -5, None])
def test_a_line_is_what_the_csv_module_makes_of_safe_texts(values):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow([safe(value) for value in values])
    assert csv_line(values) == stream.getvalue()


def safe(value):
    if not isinstance(value, str):
        return value
    kept = "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in value)
    return csv_safe(kept.replace("\0", "\u2400"))
