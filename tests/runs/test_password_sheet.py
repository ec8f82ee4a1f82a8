"""First passwords that are made up: handed out once, sent as they were, and nowhere else."""

from __future__ import annotations

import csv
import random
import re

import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import Exit, TemplateError
from bulkops.ledger.states import RowStatus
from bulkops.runs.password_sheet import FILE
from bulkops.sheets.input.first_passwords import GeneratedPasswords, generated
from bulkops.sim.simulated_client import SimulatedClient

HEAD = "username,first_name,last_name,security_profiles,routing_profile"
TEAM = "\n".join([HEAD, *(f"agent{n},Ana,Núñez,Agent,Billing" for n in range(1, 13))]) + "\n"
MADE_UP = {"sheet": {"generate_passwords": True}}


def handed_out(folder):
    with (folder / FILE).open(encoding="utf-8-sig", newline="") as file:
        return {row["username"]: row["password"] for row in csv.DictReader(file)}


@pytest.fixture
def sent(monkeypatch):
    """What the service is told: username → password."""
    told, call = {}, SimulatedClient.call

    async def listened(self, service, operation, params):
        if operation == "CreateUser":
            told[params["Username"]] = params["Password"]
        return await call(self, service, operation, params)

    monkeypatch.setattr(SimulatedClient, "call", listened)
    return told


def leaks(folder, passwords):
    return [
        (path.name, password)
        for path in folder.rglob("*")
        if path.is_file() and path.name != FILE
        for password in passwords
        if password.encode() in path.read_bytes()
    ]


async def test_each_new_user_gets_a_password_that_only_its_sheet_and_the_service_know(office):
    ending = await office.run("create-users", office.sheet(TEAM), **MADE_UP)
    assert ending.counts == {RowStatus.SUCCEEDED: 12}
    passwords = handed_out(ending.folder)
    assert list(passwords) == [f"agent{n}" for n in range(1, 13)]
    assert len(set(passwords.values())) == 12
    assert (ending.folder / FILE).stat().st_mode & 0o777 == 0o600
    assert ending.folder / FILE in ending.files
    assert leaks(ending.folder, passwords.values()) == []


async def test_a_password_of_the_sheet_is_used_and_not_repeated_and_who_is_there_gets_none(office):
    sheet = (
        "username,password,first_name,last_name,security_profiles,routing_profile\n"
        "ana,Blue-Harbour-1,Ana,Núñez,Agent,Billing\n"
        "ben,,Ben,Byrne,Agent,Billing\n"
        "j.murphy,,Jane,Murphy,Agent,Basic Routing Profile\n"
    )
    ending = await office.run("create-users", office.sheet(sheet), **MADE_UP)
    assert ending.counts == {RowStatus.SUCCEEDED: 2, RowStatus.UNCHANGED: 1}
    assert list(handed_out(ending.folder)) == ["ben"]


async def test_nobody_new_means_no_sheet_of_passwords(office):
    sheet = f"{HEAD}\nj.murphy,Jane,Murphy,Agent,Basic Routing Profile\n"
    ending = await office.run("create-users", office.sheet(sheet), **MADE_UP)
    assert not (ending.folder / FILE).exists()


@pytest.mark.parametrize("taken_away", [False, True])
async def test_a_run_that_is_gone_on_with_sends_what_was_handed_out(office, sent, taken_away):
    stopped = await office.run(
        "create-users", office.sheet(TEAM), limits=RunLimits(max_duration=2), **MADE_UP
    )
    assert stopped.exit is Exit.TIME_OVER
    before = handed_out(stopped.folder)
    left = stopped.counts[RowStatus.PENDING]
    assert 0 < left < 12
    if taken_away:
        (stopped.folder / FILE).unlink()
    ending = await office.resume()
    assert ending.counts == {RowStatus.SUCCEEDED: 12}
    after = handed_out(ending.folder)
    if taken_away:
        assert len(after) == left
        assert not set(after.values()) & set(before.values())
    else:
        assert after == before
    assert leaks(ending.folder, [*before.values(), *after.values()]) == []
    assert {name: sent[name] for name in after} == after
    assert sent == before | after


async def test_a_job_without_first_passwords_has_none_to_make_up(office):
    sheet = office.sheet("username\nj.murphy\n")
    with pytest.raises(TemplateError, match="delete-users gives nobody a first password"):
        await office.run("delete-users", sheet, **MADE_UP)


def test_a_password_is_long_has_all_kinds_of_signs_and_none_that_look_alike():
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    drawn = random.Random(seed)
    for _ in range(500):
        text = generated(drawn.choice)
        assert re.fullmatch(r"([a-zA-Z2-9]{4}-){3}[a-zA-Z2-9]{4}", text)
        assert not set(text) & set("0O1lI")
        assert re.search("[a-z]", text)
        assert re.search("[A-Z]", text)
        assert re.search("[2-9]", text)


def test_one_that_lacks_a_kind_of_sign_is_drawn_again():
    drawn = iter("a" * 16 + "aB2a" * 4)
    assert generated(lambda _: next(drawn)) == "-".join(["aB2a"] * 4)


def test_a_key_has_one_password_whose_text_no_rendering_shows():
    passwords = GeneratedPasswords({"ana": "Kept-1"})
    assert passwords("ana") == "Kept-1"
    assert passwords("ben") == passwords("ben") != passwords("cy")
    assert repr(passwords) == "<GeneratedPasswords of 3 rows>"
