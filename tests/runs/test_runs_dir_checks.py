"""A folder for runs that can't hold any is refused in one sentence, before anything is asked."""

from __future__ import annotations

import os
import stat
from dataclasses import replace

import pytest

from bulkops.errors import Exit, RefusedError
from bulkops.ledger.file_system import NetworkFolderError
from bulkops.runs.plan import plan
from bulkops.runs.runs_dir_checks import RunsFolderError, make_ready
from bulkops.targets.request import TargetChoice
from tests.runs.standing_by import take_back

MOVES = "username,routing_profile\nj.murphy,Billing\n"
JOB = "update-user-routing-profiles"


def a_file(place):
    place.write_text("somebody's own")


def a_dangling_link(place):
    place.symlink_to(place.parent / "nowhere")


def a_link_to_a_file(place):
    a_file(place.parent / "file")
    place.symlink_to(place.parent / "file")


def below_a_file(place):
    a_file(place.parent)


IN_THE_WAY = {
    a_file: "it is a file, not a folder",
    a_dangling_link: "it is a symbolic link that leads to no folder",
    a_link_to_a_file: "it is a symbolic link that leads to no folder",
}


@pytest.mark.parametrize("way", IN_THE_WAY, ids=lambda way: way.__name__)
async def test_what_is_in_the_place_of_the_folder_for_runs_is_said(office, way):
    way(office.runs_dir)
    sheet = office.sheet(MOVES)
    for action in (lambda: office.run(JOB, sheet), office.resume, lambda: take_back(office)):
        with pytest.raises(RunsFolderError) as caught:
            await action()
        assert IN_THE_WAY[way] in str(caught.value)
        assert "--runs-dir" in str(caught.value)
        assert caught.value.exit is Exit.USAGE
    assert not (office.folder / "nowhere").exists()


async def test_a_folder_that_can_not_be_made_is_said(office):
    a_file(office.folder / "file")
    office.runs_dir = office.folder / "file" / "runs"
    with pytest.raises(RunsFolderError, match=r"file: File exists\. Name another"):
        await office.run(JOB, office.sheet(MOVES))


async def test_a_folder_that_can_not_be_written_is_said(office, monkeypatch):
    office.runs_dir.mkdir()
    monkeypatch.setattr(os, "access", lambda _path, _way: False)
    with pytest.raises(RunsFolderError, match="it can't be written"):
        await office.run(JOB, office.sheet(MOVES))


def test_a_folder_that_can_not_even_be_looked_at_is_said(tmp_path, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(tmp_path), "is_dir", refused)
    with pytest.raises(RunsFolderError, match="Permission denied"):
        make_ready(tmp_path / "runs")


def test_a_link_to_a_folder_is_as_good_as_one(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "runs").symlink_to(tmp_path / "real")
    make_ready(tmp_path / "runs")
    assert (tmp_path / "real" / ".gitignore").read_text() == "*\n"


def test_the_ignore_file_is_not_written_through_a_link(tmp_path):
    (tmp_path / ".gitignore").symlink_to(tmp_path / "elsewhere")
    make_ready(tmp_path)
    assert not (tmp_path / "elsewhere").exists()
    (tmp_path / ".gitignore").unlink()
    (tmp_path / ".gitignore").write_text("mine")
    make_ready(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "mine"


async def test_a_folder_on_a_network_is_refused_before_the_instance_is_asked(
    office, monkeypatch, tmp_path
):
    sheet = office.sheet(MOVES)
    first = await office.run(JOB, sheet)
    table = tmp_path / "mountinfo"
    table.write_text(f"1 0 0:1 / / rw - ext4 x rw\n2 1 0:2 / {office.runs_dir} rw - nfs4 y rw\n")
    monkeypatch.setattr("bulkops.ledger.file_system.MOUNTS", table)
    shown = len(office.answers.plans)
    with pytest.raises(NetworkFolderError, match="nfs4"):
        await office.run(JOB, sheet)
    with pytest.raises(NetworkFolderError, match="nfs4"):
        await office.resume(first.run)
    assert len(office.answers.plans) == shown


async def test_a_simulation_that_can_not_be_kept_is_refused(office):
    elsewhere = office.folder / "elsewhere"
    a_file(elsewhere)
    target = TargetChoice(simulate=elsewhere / "simulated")
    request = replace(office.request(JOB, office.sheet(MOVES)), target=target)
    with pytest.raises(RefusedError, match="no simulation can be kept in"):
        await plan(request, world=office.world)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("umask", [0o000, 0o277], ids=oct)
async def test_all_that_a_run_leaves_is_for_its_owner_alone_whatever_the_umask(office, umask):
    sheet = office.sheet("username\nm.silva\n")
    before = os.umask(umask)
    try:
        ending = await office.run("delete-users", sheet, confirm="bulkops-demo")
    finally:
        os.umask(before)
    assert stat.S_IMODE(ending.folder.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in ending.folder.iterdir()}
    assert "before.csv" in modes
    assert set(modes.values()) == {0o600}
