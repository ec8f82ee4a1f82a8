from __future__ import annotations

import csv

import pytest

from bulkops.definition.catalogue import load, maker_of
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.simulation_config import InstanceConfig
from tests.runs.beginning import begin
from tests.runs.standing_by import hands, state_of, take_back

PEOPLE = (
    "username,password,first_name,last_name,email,mobile,security_profiles,routing_profile,"
    "hierarchy_group,phone_type,desk_phone,auto_accept,acw_seconds,tags\n"
    "ana,Blue-Harbour-1,Ana,Núñez,ana@example.com,+447700900142,Agent;Admin,Billing,"
    "Contact Centre/Dublin/Support,desk,+353209100142,yes,45,team=support;extension=0142\n"
    "ben,Blue-Harbour-1,Ben,O'Brien,,,Agent,Basic Routing Profile,,soft,,no,0,\n"
)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def test_deleted_users_are_kept_as_a_sheet_that_makes_them_again(office):
    await office.run("create-users", office.sheet(PEOPLE))
    before = state_of(office, ids=False)
    sheet = office.sheet("username\nana\nben\nnobody\n", name="gone.csv")
    done = await office.run("delete-users", sheet, confirm="bulkops-demo")
    assert done.counts == {RowStatus.SUCCEEDED: 2, RowStatus.UNCHANGED: 1}
    kept = rows_of(done.folder / "before.csv")
    assert [row["username"] for row in kept] == ["ana", "ben"]
    assert kept[0]["hierarchy_group"] == "Contact Centre/Dublin/Support"
    assert {row["password"] for row in kept} == {""}
    for row in kept:
        row["password"] = "Blue-Harbour-2"
    again = office.folder / "again.csv"
    with again.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept[0].keys())
        writer.writeheader()
        writer.writerows(kept)
    made = await office.run("create-users", again)
    assert made.counts == {RowStatus.SUCCEEDED: 2}
    assert state_of(office, ids=False) == before


async def test_of_many_deleted_users_these_are_kept_and_no_others(office):
    begin(office.runs_dir / "simulated", InstanceConfig(users=60))
    names = [f"agent{number:05d}" for number in range(1, 31)]
    sheet = office.sheet("username\n" + "\n".join(names) + "\n")
    done = await office.run("delete-users", sheet, confirm="bulkops-demo")
    assert [row["username"] for row in rows_of(done.folder / "before.csv")] == names


async def test_the_workbook_is_kept_beside_it_for_its_owner_alone(office):
    sheet = office.sheet("username\nm.silva\n")
    done = await office.run("delete-users", sheet, confirm="bulkops-demo")
    for name in ("before.csv", "before.xlsx"):
        assert (done.folder / name).stat().st_mode & 0o777 == 0o600


async def test_a_job_that_deletes_nothing_keeps_nothing(office):
    done = await office.run(
        "update-user-routing-profiles",
        office.sheet("username,routing_profile\nm.silva,Billing\n"),
    )
    assert not (done.folder / "before.csv").exists()


@pytest.mark.parametrize(
    ("job", "maker"),
    [("delete-users", "create-users"), ("connect:DeleteQueue", None), ("create-users", None)],
)
def test_what_is_deleted_is_made_by_a_job_of_the_catalogue(job, maker):
    found = maker_of(load(job).job)
    assert (found and found.name) == maker


async def test_the_undo_of_a_deletion_names_the_sheet(office):
    done = await office.run(
        "delete-users", office.sheet("username\nm.silva\n"), confirm="bulkops-demo"
    )
    undone = await take_back(office, done.run, confirm_instance="bulkops-demo")
    (row,) = rows_of(undone.folder / "results.csv")
    assert row["bulkops_hint"].startswith("What was deleted is in before.csv")
    with hands(office) as somebody:
        users = somebody.instance.tables["user"]
        assert (users.named("m.silva"), users.named("j.murphy") is None) == (None, False)
