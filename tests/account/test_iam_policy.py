from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest

from bulkops.account.iam_policy import PolicyScope, policy
from bulkops.account.job_access import needed
from bulkops.definition.catalogue import load, names
from bulkops.definition.expressions import leaves
from bulkops.definition.iam.action_names import actions_of
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.errors import Exit
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulator import UNSIGNED
from bulkops.targets import connect as doors
from tests.runs.standing_by import take_back

USERS = (
    "username,password,first_name,last_name,email,security_profiles,routing_profile,"
    "hierarchy_group,phone_type,desk_phone,tags\n"
)
PATH = "Contact Centre/Dublin"
QUEUES = "routing_profile,queue,channel,priority,delay\n"
CREATED = f"{USERS}ana,Blue-Harbour-7,Ana,Núñez,ana@example.com,Agent,Billing,Lisbon,soft,,\n"
CHANGED = (
    f"{USERS}ana,Blue-Harbour-7,Anna,Núñez,anna@example.com,Admin,Support Tier 1,"
    f"{PATH},desk,+353209100142,team=a\n"
    "m.silva,Blue-Harbour-7,Miguel,Silva,,Agent,Basic Routing Profile,,soft,,\n"
)
SHEETS = {
    "associate-queue-quick-connects": [("fail", "queue,quick_connect\nSupport,Billing desk\n")],
    "associate-routing-profile-queues": [
        ("fail", f"{QUEUES}Billing,Support,VOICE,1,0\n"),
        ("update", f"{QUEUES}Billing,Support,VOICE,9,30\n"),
    ],
    "create-users": [("fail", CREATED), ("update", CHANGED)],
    "delete-users": [("fail", "username\nj.murphy\n")],
    "update-user-routing-profiles": [("fail", "username,routing_profile\nm.silva,Billing\n")],
}
"""Job → what is done with existing things, and a sheet on which that is needed.

Of other jobs it is their sample, which needs all that the job does.
"""
ONCE = frozenset({"claim-phone-numbers", "stop-contacts"})
"""Jobs whose rows can't be done a second time: a number that was released rests for months."""
SAMPLES = Path(__file__).parents[2] / "samples"
NO_SEARCH = Faults(
    mishaps=(Mishap(kind="error", code="AccessDeniedException", operation="Search*", status=403),)
)
ANYBODY = {"sts:GetCallerIdentity"}
"""What needs no permission."""


class Watch:
    """Sees every request to the simulated instance, and can make some go wrong."""

    def __init__(self, open_simulation):
        self._open = open_simulation
        self.faults = Faults()
        self.seen = set()

    @contextmanager
    def __call__(self, *args):
        with self._open(*args) as client:
            client.simulator.set_faults(self.faults)
            yield client
            signed = [e for e in client.simulator.request_log.entries if e.service != UNSIGNED]
            for entry in signed:
                self.seen.update(actions_of(entry.service, entry.operation))


@pytest.fixture
def watch(monkeypatch):
    watch = Watch(doors.simulation)
    monkeypatch.setattr(doors, "simulation", watch)
    return watch


def sheets(job):
    sample = (SAMPLES / f"{job}.csv").read_text(encoding="utf-8")
    return SHEETS.get(job, [("fail", sample)])


async def live(office, watch, job):
    """Do with a job all that can be done with it, with and without permission to search."""
    rounds = (Faults(),) if job in ONCE or lists_by_search(job) else (NO_SEARCH, Faults())
    for faults in rounds:
        watch.faults = faults
        endings = []
        for on_exists, sheet in sheets(job):
            ending = await office.run(
                job, office.sheet(sheet), on_exists=on_exists, confirm="bulkops-demo"
            )
            assert ending.exit is Exit.DONE
            endings.append(ending)
        for ending in reversed(endings if comes_back(job) else []):
            undone = await take_back(office, ending.run, confirm_instance="bulkops-demo")
            assert undone.exit is Exit.DONE


def lists_by_search(job):
    """Tell whether a job needs things to whose names there is no other way than a search."""
    kinds = [KINDS[each.kind] for _, step in load(job).job.addresses() for each in finds(step)]
    return any(kind.listing.operation.startswith("Search") for kind in kinds)


def finds(step):
    args = (leaf for arg in step.args.values() for leaf in leaves(arg))
    return [each for each in (*args, step.about) if isinstance(each, Find)]


def comes_back(job):
    return not any(step.irreversible for step in load(job).job.steps)


def permitted(job, *, undo=True):
    document = policy([load(job).job], [PolicyScope()], undo=undo)
    return {action for statement in document["Statement"] for action in statement["Action"]}


def checked_along(job):
    """Actions that the service itself checks beside those that are called."""
    return {each for access in needed(load(job).job) for each in access.dependents}


@pytest.mark.parametrize("job", names())
async def test_a_policy_permits_what_runs_call_and_nothing_more(office, watch, job):
    await live(office, watch, job)
    called = watch.seen - ANYBODY
    assert called - permitted(job) == set()
    if job in SHEETS:  # one sample does not need all that its job can do
        assert permitted(job) - called - checked_along(job) == set()


@pytest.mark.parametrize("job", names())
async def test_without_undo_it_permits_what_runs_call(office, watch, job):
    ((on_exists, sheet), *_) = sheets(job)
    await office.run(job, office.sheet(sheet), on_exists=on_exists, confirm="bulkops-demo")
    assert watch.seen - ANYBODY - permitted(job, undo=False) == set()
