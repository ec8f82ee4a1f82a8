"""A run is found by its id, by how that begins, by its folder, or as the last one."""

from __future__ import annotations

import pytest

from bulkops.errors import UnknownRunError
from bulkops.runs.draft import draft_run
from bulkops.runs.run_folders import all_runs, find_run
from tests.runs.test_draft import RECORD


async def test_a_run_is_found_by_how_its_id_begins_if_one_alone_begins_so(office):
    folders = []
    for job in ("moves", "users"):
        async with draft_run(office.runs_dir, job, office.world) as draft:
            await draft.load(RECORD, iter(()))
            folders.append(await draft.approve({}))
    assert find_run(office.runs_dir, "users") == folders[1]
    assert find_run(office.runs_dir, str(folders[0])) == folders[0]
    with pytest.raises(UnknownRunError, match="more than one run begins so"):
        find_run(office.runs_dir, "")
    last = rf"there is no such run in .*\. The last ones there: .*{folders[1].name}\."
    with pytest.raises(UnknownRunError, match=last):
        find_run(office.runs_dir, "deletes")


async def test_runs_that_begin_in_the_same_second_are_told_apart_by_their_ids(office):
    folders = []
    for job in ("zebras", "moves", "users"):
        async with draft_run(office.runs_dir, job, office.world) as draft:
            await draft.load(RECORD, iter(()))
            folders.append(await draft.approve({}))
    # whoever looks into a folder, or writes its reports again, changes nothing of that
    (folders[0] / "a-file").touch()
    assert all_runs(office.runs_dir) == folders
    assert find_run(office.runs_dir, None) == folders[-1]
