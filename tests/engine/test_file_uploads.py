"""Files put before the calls that take their ids, while answers are lost on every way."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.homes import KNOWLEDGE_BASE
from bulkops.engine.calls.file_uploads import FileUploads, UploadError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.pacing.replies import FaultClass, Reply
from bulkops.planning.plan import Placeholder
from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.state.homes import home_id
from tests.engine.race import Race
from tests.engine.stand_ins import fault

NAMES = [f"Article {number}" for number in range(10)]
SHEET = "content,file,format\n" + "".join(f"{name},All about {name}.,text\n" for name in NAMES)
SIGNED = b"X-Amz-Signature"


def raced(folder, *mishaps, seed=1, names=NAMES, job="create-contents", text=""):
    folder.mkdir(exist_ok=True)
    race = Race(folder, SimConfig(), seed=seed)
    (instance,) = race.simulator.world.instances.values()
    race.homes = {KNOWLEDGE_BASE.name: home_id(instance, KNOWLEDGE_BASE.name)}
    race.simulator.set_faults(Faults(seed=seed, latency=Latency(fixed=0.1), mishaps=mishaps))
    lines = SHEET.splitlines(keepends=True)
    race.run(job, text or "".join(lines[: len(names) + 1]))
    return race, asyncio.run(statuses_of(folder / "run0"))


async def statuses_of(folder):
    ledger = SqliteLedger.open(folder, readonly=True)
    found = {row.key: (row.status, row.error) async for row in ledger.results()}
    await ledger.close()
    return found


def contents(race):
    (instance,) = race.simulator.world.instances.values()
    return sorted(each["Name"] for each in instance.tables["content"].all())


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_lost_each_content_is_made_once(tmp_path, seed):
    mishaps = [
        Mishap(kind="cut", operation="CreateContent", probability=0.25, effect=True),
        Mishap(kind="cut", operation="CreateContent", probability=0.15),
        Mishap(kind="cut", operation="StartContentUpload", probability=0.15, effect=True),
        Mishap(kind="cut", operation="PutObject", probability=0.2, effect=True),
        Mishap(kind="page", operation="PutObject", probability=0.1),
        Mishap(kind="error", code="SlowDown", status=503, operation="PutObject", probability=0.1),
        Mishap(kind="error", code="AccessDenied", status=403, operation="PutObject", calls=(2,)),
    ]
    race, found = raced(tmp_path, *mishaps, seed=seed)
    assert {status for status, _ in found.values()} == {RowStatus.SUCCEEDED}, f"seed {seed}"
    assert race.simulator.request_log.effects("CreateContent") == dict.fromkeys(NAMES, 1)
    assert len(contents(race)) == len(NAMES) + 3


def test_a_signed_address_is_kept_nowhere(tmp_path):
    refused = Mishap(kind="error", code="Bad", status=400, operation="PutObject", calls=(1,))
    _, found = raced(tmp_path, refused, names=NAMES[:2])
    assert sorted(status for status, _ in found.values()) == [
        RowStatus.FAILED,
        RowStatus.SUCCEEDED,
    ]
    (said,) = [error for _, error in found.values() if error]
    assert said == "The file was not taken: Made to fail."
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or SIGNED not in path.read_bytes(), path


def test_a_call_that_may_have_acted_goes_out_with_the_id_it_had(tmp_path):
    lost = Mishap(kind="cut", operation="CreateContent", calls=(1,), effect=True)
    race, found = raced(tmp_path, lost, names=NAMES[:1])
    assert found[NAMES[0]][0] is RowStatus.SUCCEEDED
    assert race.simulator.request_log.calls["CreateContent"] == 2
    assert race.simulator.request_log.calls["StartContentUpload"] == 1


def test_a_place_that_nobody_may_ask_for_stops_the_run(tmp_path):
    denied = Mishap(
        kind="error",
        code="AccessDeniedException",
        status=403,
        operation="StartContentUpload",
    )
    race, found = raced(tmp_path, denied, names=NAMES[:2])
    assert {status for status, _ in found.values()} == {RowStatus.PENDING}
    assert race.simulator.request_log.calls["CreateContent"] == 0


HOLE = Placeholder(
    kind="upload", name="file", holds={"file": b"PDF", "args": {"contentType": "application/pdf"}}
)
PLACE = {"uploadId": "new", "url": "https://x", "headersToInclude": {"a": "b"}}


class Shelf:
    """A run's ledger, clock and client in one, with what was put and noted."""

    def __init__(self, noted=None, *, minutes=0, fault=None):
        self.noted = {} if noted is None else {"uploaded 7": noted}
        self.at, self.fault, self.put = START + timedelta(minutes=minutes), fault, []
        self.job, self.targets = load("create-contents").job, {"": SimpleNamespace(places={})}
        self.ledger = self.world = self.client = self
        self.clients = {"": self}

    def reader(self, _target):
        return self

    async def read(self, _service, operation, params):
        assert (operation, params) == ("StartContentUpload", {"contentType": "application/pdf"})
        return Reply(data=PLACE, request_id="r")

    async def upload(self, url, headers, body):
        self.put.append((url, headers, body))
        return self.fault or Reply(data={}, request_id="r")

    async def notes(self):
        return self.noted

    async def note(self, key, value):
        self.noted[key] = value

    def now(self):
        return self.at

    def stamp(self):
        return self.at.isoformat()

    async def id_of(self, **call):
        usual = {"id": 7, "step": "0", "target": "", "service": "qconnect", "error_code": ""}
        given = SimpleNamespace(**{**usual, "attempts": 0, "doubts": 0, **call})
        return (await FileUploads(self).filled(given, {"uploadId": HOLE}))["uploadId"]


START = datetime(2026, 1, 1, tzinfo=UTC)
OLD = {"ids": {"uploadId": "old"}, "at": START.isoformat()}


async def test_a_file_is_put_with_its_headers_and_its_id_is_noted():
    shelf = Shelf()
    assert await shelf.id_of() == "new"
    assert shelf.put == [("https://x", {"a": "b"}, b"PDF")]
    assert shelf.noted == {"uploaded 7": {"ids": {"uploadId": "new"}, "at": START.isoformat()}}
    assert "https" not in repr(shelf.noted)


@pytest.mark.parametrize(
    ("call", "minutes", "sent_with"),
    [
        ({"attempts": 1, "doubts": 1}, 300, "old"),  # it may have acted with that one
        ({"attempts": 1, "doubts": 1, "error_code": "ReadTimeoutError"}, 300, "old"),
        (
            {"doubts": 1, "error_code": "ValidationException"},
            1,
            "new",
        ),  # it did not, and may be old
        ({"attempts": 1}, 5, "old"),
        ({"attempts": 1}, 20, "new"),
    ],
)
async def test_an_id_of_an_earlier_process_is_used_where_it_has_to_be_or_may_be(
    call, minutes, sent_with
):
    assert await Shelf(OLD, minutes=minutes).id_of(**call) == sent_with


async def test_a_call_of_which_nothing_was_noted_puts_its_file():
    assert await Shelf().id_of(attempts=1, doubts=1) == "new"


async def test_what_keeps_a_file_from_being_put_is_said():
    lost = fault(FaultClass.IN_DOUBT, "ConnectionClosedError", 0)
    with pytest.raises(UploadError) as caught:
        await Shelf(fault=lost).id_of()
    assert caught.value.fault.fault_class is FaultClass.TRANSIENT
    shelf = Shelf()
    shelf.clients = {"": object()}
    with pytest.raises(UploadError) as caught:
        await shelf.id_of()
    assert caught.value.fault.fault_class is FaultClass.FATAL


CHANGED = "content,title,link\nReturns,Back,https://x.example\nOld prices,Then,\n"


@pytest.mark.parametrize("seed", range(3))
def test_a_change_whose_answer_was_lost_is_known_by_what_is_there(tmp_path, seed):
    mishaps = (
        Mishap(kind="cut", operation="UpdateContent", probability=0.4, effect=True),
        Mishap(kind="cut", operation="UpdateContent", probability=0.2),
    )
    race, found = raced(tmp_path, *mishaps, seed=seed, job="update-contents", text=CHANGED)
    assert {status for status, _ in found.values()} == {RowStatus.SUCCEEDED}, found
    (instance,) = race.simulator.world.instances.values()
    assert instance.tables["content"].named("Returns")["title"] == "Back"
