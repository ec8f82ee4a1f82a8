"""docs/operations.md says what the tests do, and every operation that it names is taken so."""

from __future__ import annotations

import pytest
from botocore.session import Session

from bulkops.definition.catalogue import load
from bulkops.errors import JobError
from tests.everywhere.page import PAGE, page
from tests.everywhere.test_operations import CASES
from tests.everywhere.tried import TRIED


def drawn():
    session = Session()
    return page(CASES, TRIED, lambda service: session.get_service_model(service).protocol)


def test_the_page_is_what_the_cases_say():
    assert PAGE.read_text(encoding="utf-8") == drawn(), "python -m tests.everywhere draws it anew"


def test_the_operations_carried_out_speak_all_protocols():
    protocols = {Session().get_service_model(case.service).protocol for case in CASES}
    assert protocols == {"query", "ec2", "json", "rest-json", "rest-xml"}


@pytest.mark.parametrize("tried", TRIED, ids=lambda tried: tried.job)
def test_an_operation_is_planned_or_refused_in_a_sentence(tried):
    if tried.refused:
        with pytest.raises(JobError) as raised:
            load(tried.job)
        assert tried.refused in str(raised.value)
    else:
        columns = {column.name for column in load(tried.job).job.columns}
        assert set(tried.columns.split()) <= columns


def test_at_least_sixty_four_are_tried():
    assert len({tried.job for tried in TRIED}) == len(TRIED) >= 64
