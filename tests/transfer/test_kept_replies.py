"""Replies that are kept between two attempts come back as they were, or are asked for again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bulkops.definition.model.newer_members import PartlyKnown
from bulkops.errors import SheetError
from bulkops.pacing.replies import Reply
from bulkops.transfer.kept_replies import KeptReplies

ASKED = ("connect", "ListUsers")
DATA = {
    "At": datetime(2026, 11, 30, 22, 7, 3, 250_000, tzinfo=UTC),
    "Bytes": b"\x00\xff",
    "Users": [{"Id": "u1", "Name": "Zoë\u2028"}, PartlyKnown({"Id": "u2"}, ("Newer",))],
    "Odd": {"$at": "no date", "$map": {}},
    "One": {"$at": "no date"},
    "Empty": {},
    "Nothing": None,
}


def kept_in(path, *numbers):
    with KeptReplies(path) as replies:
        for number in numbers:
            replies.keep(*ASKED, {"Page": number}, Reply(data={**DATA, "Page": number}))


def found_in(path, *numbers):
    with KeptReplies(path) as replies:
        found = [replies.find(*ASKED, {"Page": number}) for number in numbers]
    return [reply and reply.data.get("Page") for reply in found]


def test_a_reply_comes_back_as_it_was_with_what_its_model_does_not_know(tmp_path):
    path = tmp_path / "replies"
    kept_in(path, 1)
    with KeptReplies(path) as replies:
        assert replies.earlier == len(replies) == 1
        found = replies.find(*ASKED, {"Page": 1})
        assert replies.find(*ASKED, {"Page": 2}) is None
        assert replies.find("connect", "ListQueues", {"Page": 1}) is None
    assert found.data == {**DATA, "Page": 1}
    assert found.data["Users"][1].unknown == ("Newer",)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("tail", [b"0123", b"\x00" * 400 + b"\n", b"no key at all\n"])
def test_what_a_crash_left_at_the_end_is_passed_over_and_written_over(tmp_path, tail):
    path = tmp_path / "replies"
    kept_in(path, 1, 2)
    with path.open("ab") as file:
        file.write(tail)
    assert found_in(path, 1, 2, 3) == [1, 2, None]
    kept_in(path, 3)
    assert found_in(path, 1, 2, 3) == [1, 2, 3]


def test_a_reply_that_is_damaged_is_asked_for_again(tmp_path):
    path = tmp_path / "replies"
    kept_in(path, 1, 2)
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first.replace(b"{", b"#") + second)
    assert found_in(path, 1, 2) == [None, 2]


def test_nothing_is_kept_once_it_was_let_go_of(tmp_path):
    path = tmp_path / "replies"
    kept_in(path, 1)
    with KeptReplies(path) as replies:
        replies.clear()
        assert (len(replies), replies.earlier) == (0, 0)
    assert found_in(path, 1) == [None]


def test_a_full_disk_is_said_in_a_sentence(tmp_path, monkeypatch):
    class Full:
        def seek(self, _place):
            pass

        def write(self, _line):
            raise OSError(28, "No space left on device")

    with KeptReplies(tmp_path / "replies") as replies, monkeypatch.context() as patched:
        patched.setattr(replies, "_file", Full())
        with pytest.raises(SheetError, match="replies: No space left on device"):
            replies.keep(*ASKED, {}, Reply(data={}))
