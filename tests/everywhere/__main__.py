"""Draw docs/operations.md anew: `python -m tests.everywhere`."""

from __future__ import annotations

from tests.everywhere.page import PAGE
from tests.everywhere.test_page import drawn

PAGE.write_text(drawn(), encoding="utf-8")
