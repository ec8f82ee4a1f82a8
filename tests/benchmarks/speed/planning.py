"""Planning 100,000 rows: moved users that are there, and new users, from a sheet to its plan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.racing import CREDENTIALS, UNLIMITED, serving
from tests.benchmarks.scale import OPERATIONS
from tests.benchmarks.speed.scene import Scene, Usage, measure

ROWS = 100_000
MOVES = "update-user-routing-profiles"
_READS = (*OPERATIONS, "ListSecurityProfiles", "SearchSecurityProfiles", "DescribeUser")


def write_moves(path: Path, rows: int) -> None:
    """Write rows that move the simulator's first users to another routing profile."""
    lines = (f"agent{number:05d},Billing" for number in range(1, rows + 1))
    _write(path, "username,routing_profile", lines)


def write_users(path: Path, rows: int) -> None:
    """Write rows of new users."""
    profiles = ("Basic Routing Profile", "Billing", "Billing")
    lines = (
        f"new{number:06d},Tulip-Harbour-{number % 90 + 10},First{number},Last{number % 977},"
        f"new{number}@example.com,Agent,{profiles[number % 3]},soft,yes,30"
        for number in range(rows)
    )
    headers = (
        "username,password,first_name,last_name,email,security_profiles,routing_profile,"
        "phone_type,auto_accept,acw_seconds"
    )
    _write(path, headers, lines)


def _write(path: Path, headers: str, lines: Iterable[str]) -> None:
    path.write_text("\n".join([headers, *lines, ""]), encoding="utf-8")


def _planned(scene: Scene, job: str, *, users: int) -> Usage:
    """Plan a sheet on a server that grants whatever is asked, and keep the plan to be run."""
    scene.environment.update(CREDENTIALS)
    sheet = scene.folder / "sheet.csv"
    (write_moves if job == MOVES else write_users)(sheet, ROWS)
    asked = {
        "rates": {operation: [[0.0, UNLIMITED]] for operation in _READS}, "users": users,
        "profiles": 0, "seed": 1, "latency": False, "limits": {"user": ROWS + users + 10},
    }  # fmt: skip
    with serving(asked) as url:
        pace = ("--endpoint-url", url, "--tps", "100000", "--burst", "200")
        return scene.bulkops("plan", job, sheet.name, *pace, "--out", "sheet.bulkplan")


@measure("plan of 100,000 moves", unit="CPU s", goal=10)
def plan_moves(scene: Scene) -> float:
    """Move users among 100,000 that are there."""
    return _planned(scene, MOVES, users=ROWS).cpu_seconds


@measure("plan of 100,000 new users", unit="CPU s", goal=25)
def plan_users(scene: Scene) -> float:
    """Create users beside a few that are there."""
    return _planned(scene, "create-users", users=20).cpu_seconds


@measure("memory of a plan of 100,000 moves", unit="MB")
def plan_moves_memory(scene: Scene) -> float:
    """Move users among 100,000 that are there."""
    return _planned(scene, MOVES, users=ROWS).memory_mb


@measure("memory of a plan of 100,000 new users", unit="MB")
def plan_users_memory(scene: Scene) -> float:
    """Create users beside a few that are there."""
    return _planned(scene, "create-users", users=20).memory_mb


@measure("planning of 2,000 wrong names among 16,000", unit="CPU s")
def plan_wrong_names(scene: Scene) -> float:
    """Plan moves of users that are not there, on paper, and show some of the problems."""
    done = scene.python(
        "tests.benchmarks.speed.planning_fit", "--one", "names not there", 2000, 16_000
    )
    return float(done.output)
