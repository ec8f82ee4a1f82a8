"""The most memory that going back to a run of many rows takes, in a process of its own.

A run of one row is carried out on a served instance and its ledger multiplied, so that thousands
of rows need not be sent first. Each command is stopped after a second of sending: what it holds of
its rows it holds by then. `python -m tests.benchmarks.speed.memory USERS` is the instance.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

from tests.benchmarks.speed.scene import measure

ROWS = 20_000
JOB, PROFILE = "update-user-routing-profiles", "Billing"
FIRST = "agent00001"
FAST = ("--tps", "100000", "--burst", "200", "--progress", "none")
STOPPED = ("--yes", "--max-duration", "1s", *FAST)
TIME_OVER = 10
REFUSED = """
UPDATE call SET state = 'failed', error_code = 'InvalidParameterException', error = 'No.';
UPDATE event SET to_state = 'failed' WHERE to_state = 'succeeded';
UPDATE row SET status = 'failed';
"""


@measure("most memory of an undo of 20,000 rows", unit="MB")
def undo(scene):
    with _run_of_many(scene):
        return scene.bulkops("undo", *STOPPED, expect=TIME_OVER).memory_mb


@measure("CPU of an undo of 20,000 rows, to its first call", unit="CPU s")
def undo_cpu(scene):
    with _run_of_many(scene):
        return scene.bulkops("undo", *STOPPED, expect=TIME_OVER).cpu_seconds


@measure("most memory of a retry of 20,000 rows", unit="MB")
def retry(scene):
    with _run_of_many(scene, REFUSED):
        return scene.bulkops("retry", *STOPPED, expect=TIME_OVER).memory_mb


@measure("most memory of a retry of 20,000 corrected rows", unit="MB")
def retry_corrected(scene):
    with _run_of_many(scene, REFUSED) as ids:
        lines = [f"{name},Sales EMEA" for name in ids["users"] if name.startswith("agent")]
        sheet = "\n".join(["username,routing_profile", *lines, ""])
        (scene.folder / "mended.csv").write_text(sheet, encoding="utf-8")
        words = ("retry", "--from", "mended.csv", *STOPPED)
        return scene.bulkops(*words, expect=TIME_OVER).memory_mb


@contextmanager
def _run_of_many(scene, fate=""):
    """Leave a run of many moves in the scene's folder; yields the ids of the instance's things."""
    with _served(ROWS) as server:
        url = server.stdout.readline().strip()
        ids = json.loads(server.stdout.readline())
        scene.environment |= {
            "AWS_ENDPOINT_URL": url, "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        }  # fmt: skip
        sheet = f"username,routing_profile\n{FIRST},{PROFILE}\n"
        (scene.folder / "moves.csv").write_text(sheet, encoding="utf-8")
        scene.bulkops("run", JOB, "moves.csv", "--yes", *FAST)
        server.stdin.write("move\n")
        server.stdin.flush()
        server.stdout.readline()
        (ledger,) = scene.folder.glob("bulkops-runs/*/ledger.sqlite")
        _multiply(ledger, ids["users"], fate)
        yield ids


def _multiply(ledger, users, fate):
    """Let a run of one row be one of all users, ended as that did or as `fate` says."""
    with closing(sqlite3.connect(ledger)) as database:
        (trigger,) = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'row_counted'")
        database.execute("DROP TRIGGER row_counted")
        row, call = (database.execute(f"SELECT * FROM {t}").fetchone() for t in ("row", "call"))  # noqa: S608  # two names of our own
        events = database.execute("SELECT at, from_state, to_state, why FROM event").fetchall()
        names = [name for name in users if name.startswith("agent") and name != FIRST]
        for number, name in enumerate(names, 2):
            other = _renamed(users, name)
            _put(database, "row", [number + 1, *map(other, row[1:])])
            _put(database, "call", [number, *map(other, call[1:])])
            _put(database, "call_row", [number, 0, number + 1])
            for at, *rest in events:
                _put(database, "event", [None, at, number, *rest])
        database.execute("UPDATE tally SET rows = ? WHERE status = 'succeeded'", (len(names) + 1,))
        database.execute(*trigger)
        database.executescript(fate)
        database.commit()


def _renamed(users, name):
    def renamed(value):
        if not isinstance(value, str):
            return value
        return value.replace(FIRST, name).replace(users[FIRST], users[name])

    return renamed


def _put(database, table, values):
    places = ", ".join("?" * len(values))
    database.execute(f"INSERT INTO {table} VALUES ({places})", values)  # noqa: S608  # likewise


@contextmanager
def _served(users):
    command = [sys.executable, "-m", "tests.benchmarks.speed.memory", str(users)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, **pipes)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def main(users):
    """Serve an instance: print its URL and its ids, and move all users when told to."""
    import anyio  # noqa: PLC0415  # a measure's own process is to hold nothing of the simulator

    from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig  # noqa: PLC0415  # likewise
    from bulkops.sim.core.simulator import Simulator  # noqa: PLC0415  # likewise
    from bulkops.sim.http.server import ServerConfig, serve  # noqa: PLC0415  # likewise

    config = SimConfig(
        instances=(InstanceConfig(users=users),), speed=1e6, limits={"user": users + 10}
    )
    simulator = Simulator(config)
    (instance,) = simulator.world.instances.values()
    ids = {each["Name"]: each["Id"] for each in instance.tables["user"].all()}
    profile = instance.tables["routing-profile"].named(PROFILE)["Id"]
    gc.freeze()

    async def served():
        async with serve(ServerConfig(simulation=config), simulator) as url:
            print(url, json.dumps({"users": ids}), sep="\n", flush=True)
            await anyio.to_thread.run_sync(sys.stdin.readline)
            for user in instance.tables["user"].all():
                user["RoutingProfileId"] = profile
            print("moved", flush=True)
            await anyio.sleep_forever()

    anyio.run(served)


if __name__ == "__main__":
    main(int(sys.argv[1]))
