from __future__ import annotations

import pytest

from tests.compare_policies import BEGIN, END, JOBS, PAGE, actions, row


@pytest.mark.parametrize("job", JOBS)
def test_the_page_shows_the_policy_that_a_job_has(job):
    drawn = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    section = drawn.partition(f"### `{job}`\n")[2].partition("### ")[0]
    shown = [line.rpartition(" | ")[0] + " |" for line in section.splitlines() if "`" in line]
    stale = "`python -m tests.compare_policies` draws docs/iam.md anew"
    assert shown == [row(each) for each in actions(job)], stale
