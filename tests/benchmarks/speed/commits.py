"""What the record of a call costs: CPU, waits for the disk, and time on a disk that is slow.

The disk's time is put in for the real one's, in a process that a small library is preloaded to.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.speed.scene import NotThereError, Scene, measure

CALLS = 2000
SHIM = Path(__file__).parents[1] / "slow_disk.c"


def carried_out(scene: Scene, mode: str, calls: int, *, disk_ms: float) -> Mapping[str, float]:
    """Carry a run out on such a disk; return what it took, with its waits for the disk."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        raise NotThereError("no C compiler, or no LD_PRELOAD")
    shim, count = scene.folder / "slow_disk.so", scene.folder / "waits"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, SHIM], check=True)
    scene.environment |= {
        "LD_PRELOAD": str(shim),
        "DISK_US": str(int(disk_ms * 1000)),
        "DISK_COUNT": str(count),
        # no disk but the one that is put in
        "TMPDIR": "/dev/shm" if os.path.isdir("/dev/shm") else str(scene.folder),  # noqa: PTH112, S108  # a folder of its own is made there
    }
    usage = scene.python(__name__, mode, calls)
    told = json.loads(usage.output.splitlines()[-1])
    return {**told, "waits": int(count.read_text(encoding="ascii"))}


@measure("CPU of a call's record and queue", unit="CPU ms a call", goal=0.45)
def cpu(scene: Scene) -> float:
    """Take the CPU of a call whose request costs nothing, on a disk that is quick."""
    return carried_out(scene, "instant", CALLS, disk_ms=0)["cpu"] / CALLS * 1000


@measure("waits for a disk of 5 ms", unit="fdatasync a call", goal=0.2)
def waits(scene: Scene) -> float:
    """Count how often a call waits for the disk."""
    return carried_out(scene, "instant", CALLS, disk_ms=5)["waits"] / CALLS


@measure("a call at full speed on a disk of 2 ms", unit="ms a call")
def on_2_ms(scene: Scene) -> float:
    """Take the time of a call whose request takes none."""
    return carried_out(scene, "instant", CALLS, disk_ms=2)["seconds"] / CALLS * 1000


@measure("a call at full speed on a disk of 5 ms", unit="ms a call", goal=3)
def on_5_ms(scene: Scene) -> float:
    """Take the same on a disk that is slower."""
    return carried_out(scene, "instant", CALLS, disk_ms=5)["seconds"] / CALLS * 1000


@measure("a call at full speed on a disk of 10 ms", unit="ms a call", goal=4)
def on_10_ms(scene: Scene) -> float:
    """Take the same on one that is slower still."""
    return carried_out(scene, "instant", CALLS, disk_ms=10)["seconds"] / CALLS * 1000


@measure("100 calls a second, disk of 5 ms", unit="time over the least", goal=1.05)
def paced(scene: Scene) -> float:
    """Take the time of 1,100 calls over the least that a strict service allows."""
    return carried_out(scene, "strict", 1100, disk_ms=5)["over_the_least"]


@measure("100 calls a second, disk of 5 ms, throttles", unit="throttles", goal=0)
def throttles(scene: Scene) -> float:
    """Count what a strict service refuses of 1,100 calls."""
    return carried_out(scene, "strict", 1100, disk_ms=5)["throttles"]


@measure("2 calls a second, disk of 10 ms", unit="time over the least", goal=1.05)
def slow_paced(scene: Scene) -> float:
    """Take the time of 45 calls over the least that a strict service allows."""
    return carried_out(scene, "slow", 45, disk_ms=10)["over_the_least"]


def run_on_this_disk(mode: str, calls: int) -> None:
    """Carry a run of so many calls out in this process, and print what it took."""
    import anyio  # noqa: PLC0415  # only in a measure's own process

    from tests.benchmarks.engine_cost import Instant, engine  # noqa: PLC0415  # likewise
    from tests.benchmarks.strict_service import StrictService, quota  # noqa: PLC0415  # likewise

    rate, burst = {"instant": (1e5, 200.0), "strict": (100.0, 100.0), "slow": (2.0, 5.0)}[mode]
    service = Instant() if mode == "instant" else StrictService(rate, burst)
    cpu_seconds, seconds = anyio.run(engine, calls, None, service, quota(rate, burst))
    told: dict[str, float] = {"cpu": cpu_seconds, "seconds": seconds}
    if isinstance(service, StrictService):
        took = service.granted_at[-1] - service.granted_at[0]
        told["over_the_least"] = took / ((calls - burst) / rate)
        told["throttles"] = service.throttles
    print(json.dumps(told))


if __name__ == "__main__":
    run_on_this_disk(sys.argv[1], int(sys.argv[2]))
