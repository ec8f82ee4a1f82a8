"""Several targets in one run: what befalls one of them is its own, and the others go on."""

from __future__ import annotations

import itertools

import pytest

from bulkops.engine.signals import Stop
from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.runs.outcome import exit_of, left_of, reason_of
from bulkops.sim.core.fault_injection import PRESETS, Faults, Latency, Mishap
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from tests.chaos.scene import Scene
from tests.chaos.trials import TRIALS

TARGETS = ("emea", "americas", "apac")
HEAD = "target,username,password,first_name,last_name,security_profiles,routing_profile"
ROWS = 8
"""Of each target; so many that what falls at the third call leaves most of them."""
FALLS = {
    "expired": "CreateUser was refused: ExpiredTokenException",
    "denied": "CreateUser was refused: AccessDeniedException",
    "quota": "CreateUser was refused: LimitExceededException",
    "refuse": "CreateUser got no answer: EndpointConnectionError",
}


def fallen(lived, kind, target):
    """Return how a target falls: after the next second it answers nothing else."""
    preset = PRESETS.get(kind)
    members = {"kind": kind}
    if preset is not None:
        members = {"kind": preset.kind, "code": preset.code, "status": preset.status}
    return Mishap(access_key=target, since=lived.past + 1.0, **members)


def scene(folder, *targets):
    sheet = folder / "sheet.csv"
    rows = [
        f"{target},agent-{target}-{n},Secret-{n}-Word,Ana,Núñez,Agent,Billing"
        for n in range(ROWS)
        for target in targets
    ]
    sheet.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    instances = tuple(
        InstanceConfig(alias=name, account=f"{number:012}") for number, name in enumerate(targets)
    )
    made = Scene(
        folder=folder / "run", config=SimConfig(instances=instances), trial=TRIALS[0], sheet=sheet
    )
    made.plan()
    return made


def ended(lived):
    """Return the exit code, the reason and what is left, as a run says them."""
    counts = {}
    for row in lived.rows():
        of_target = counts.setdefault(row.target, {})
        of_target[row.status] = of_target.get(row.status, 0) + 1
    left = left_of(lived.control, counts)
    total = {status: sum(c.get(status, 0) for c in counts.values()) for status in RowStatus}
    reason = reason_of(lived.control, {each.target: each.pending + each.unknown for each in left})
    return exit_of(lived.control, total), reason, {each.target: each for each in left}


def made_once(lived, *targets):
    made = {f"agent-{target}-{n}": 1 for target in targets for n in range(ROWS)}
    return lived.simulator.request_log.effects("CreateUser") == made


@pytest.mark.parametrize("kinds", list(itertools.permutations(FALLS, 2)), ids="-".join)
def test_two_fall_each_in_its_way_and_the_third_goes_on_to_its_end(tmp_path, kinds):
    lived = scene(tmp_path, *TARGETS)
    falls = dict(zip(TARGETS, kinds, strict=False))
    mishaps = tuple(fallen(lived, kind, target) for target, kind in falls.items())
    lived.simulator.set_faults(Faults(latency=Latency(fixed=0.1), mishaps=mishaps))
    assert lived.live()
    code, reason, left = ended(lived)
    assert code is Exit.STOPPED
    assert lived.control.reason is None
    assert left.keys() == falls.keys()
    for target, kind in falls.items():
        assert FALLS[kind] in left[target].reason
        assert f"{target} ({left[target].pending} rows left): {FALLS[kind]}" in reason
        assert left[target].unknown == 0
    assert all(row.status is RowStatus.SUCCEEDED for row in lived.rows() if row.target == "apac")

    lived.simulator.set_faults(Faults())
    assert lived.live()
    assert made_once(lived, *TARGETS)
    assert {row.status for row in lived.rows()} == {RowStatus.SUCCEEDED}


def test_where_only_quotas_are_used_up_the_run_says_that(tmp_path):
    lived = scene(tmp_path, *TARGETS)
    lived.simulator.set_faults(
        Faults(mishaps=(fallen(lived, "quota", "emea"), fallen(lived, "quota", "apac")))
    )
    assert lived.live()
    code, reason, left = ended(lived)
    assert code is Exit.EXHAUSTED
    assert left.keys() == {"emea", "apac"}
    assert reason.count("LimitExceededException") == 2


def test_what_all_targets_meet_ends_the_run_when_the_last_is_closed(tmp_path):
    lived = scene(tmp_path, *TARGETS)
    lived.simulator.set_faults(Faults(mishaps=(fallen(lived, "refuse", "*"),)))
    assert lived.live()
    code, reason, left = ended(lived)
    assert (lived.control.reason, code) == (Stop.FATAL, Exit.STOPPED)
    assert left.keys() == set(TARGETS)
    assert reason.count("EndpointConnectionError") == 3


def test_a_run_of_one_target_stops_as_it_always_did(tmp_path):
    lived = scene(tmp_path, "emea")
    lived.simulator.set_faults(Faults(mishaps=(fallen(lived, "denied", "*"),)))
    assert lived.live()
    code, reason, left = ended(lived)
    assert (lived.control.reason, code, left) == (Stop.FATAL, Exit.STOPPED, {})
    assert reason.startswith("CreateUser was refused: AccessDeniedException")


def test_doubts_of_a_closed_target_stay_and_are_settled_by_a_resume(tmp_path):
    lived = scene(tmp_path, *TARGETS)
    lost = Mishap(kind="cut", operation="CreateUser", access_key="emea", times=1, effect=True)
    lagging = Mishap(kind="cut", operation="[LSD]*", access_key="emea")
    lived.simulator.set_faults(
        Faults(mishaps=(lost, lagging, fallen(lived, "denied", "emea")), latency=Latency(fixed=0.1))
    )
    began = lived.past
    assert lived.live()
    assert lived.past - began < 60  # the looks of a closed target are not waited for
    _, _, left = ended(lived)
    assert left.keys() == {"emea"}
    assert left["emea"].unknown == 1

    lived.simulator.set_faults(Faults())
    assert lived.live()
    assert made_once(lived, *TARGETS)
    assert {row.status for row in lived.rows()} == {RowStatus.SUCCEEDED}
