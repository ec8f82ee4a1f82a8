"""A workbook's job: made of others, each step found by an address that begins with its job."""

from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load, names
from bulkops.definition.job_digest import digest
from bulkops.definition.workbook_job import NAME, workbook_job
from bulkops.definition.workbook_sheets import SHEETS, sheet_named

QUEUES, USERS = load("create-queues").job, load("create-users").job


def test_every_step_has_the_address_of_its_part():
    job = workbook_job([USERS, QUEUES])
    addresses = dict(job.addresses())
    assert len(addresses) == sum(1 for part in (QUEUES, USERS) for _ in part.addresses())
    assert addresses["create-users:0"].operation == "CreateUser"
    assert addresses["create-queues:0.undo"].operation == "DeleteQueue"
    for address, step in addresses.items():
        assert job.step(address) is step
        assert job.part(address).step(address) is step
        assert job.part(address).name == address.partition(":")[0]


def test_an_address_of_no_part_is_refused():
    job = workbook_job([USERS])
    for address in ("0", "create-queues:0", "create-users:9", "create-users:0.9"):
        with pytest.raises(KeyError):
            job.step(address)


def test_a_single_job_is_its_own_part():
    assert QUEUES.part("0.undo") is QUEUES
    assert QUEUES.each() == (QUEUES,)


def test_the_order_and_number_of_sheets_do_not_change_the_job():
    job = workbook_job([USERS, QUEUES])
    assert job.name == NAME
    assert digest(job) == digest(workbook_job([QUEUES, USERS, USERS]))
    assert digest(job) != digest(workbook_job([QUEUES]))
    assert [part.name for part in job.each()] == ["create-queues", "create-users"]
    assert job.steps == (*QUEUES.steps, *USERS.steps)
    assert "password" in [column.name for column in job.columns]


def test_every_sheet_has_jobs_of_the_catalogue_and_a_name_of_its_own():
    jobs = {each.job for each in SHEETS} | {each.deletes for each in SHEETS if each.deletes}
    assert jobs <= set(names())
    words = [word.casefold() for each in SHEETS for word in each.words]
    assert len(set(words)) == len(words)
    assert all(len(each.name) <= 31 for each in SHEETS)  # what Excel allows


@pytest.mark.parametrize("name", ["Users", " users ", "AGENTS", "create-users", "Create_Users"])
def test_a_sheet_is_found_in_any_spelling(name):
    found = sheet_named(name)
    assert found is not None
    assert found.name == "Users"


def test_what_is_none_of_the_sheets_is_not_found():
    assert sheet_named("Notes") is None


def test_all_sheets_together_are_a_job():
    loaded = load("workbook")
    assert loaded.source == "the sheets of a workbook"
    assert {part.name for part in loaded.job.each()} == {sheet.job for sheet in SHEETS}
