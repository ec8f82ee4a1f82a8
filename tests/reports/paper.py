"""A ledger on paper, and a run to report on."""

from __future__ import annotations

import csv

from openpyxl import load_workbook

from bulkops.ledger.call_events import CallEvent, LaneMoves
from bulkops.ledger.records import RowResult, RunRecord, StoredCall
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.target import Target
from bulkops.reports.run_facts import QuotaUsed, RunFacts

OURS = [
    "bulkops_row", "bulkops_key", "bulkops_status", "bulkops_action", "bulkops_id", "bulkops_arn",
    "bulkops_changes", "bulkops_error_code", "bulkops_error", "bulkops_hint",
    "bulkops_http_status", "bulkops_request_id", "bulkops_attempts", "bulkops_started_at",
    "bulkops_finished_at", "bulkops_run",
]  # fmt: skip

HOSTILE = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "{=1}", "'=1",
    "=cmd|'/c calc'!A1", "''=1", "+15551234567", "00123", "1E5", "TRUE", "#N/A", "_x0041_", "https://a.example",
    "\x1b[31mred\x1b[0m", "bell\x07", "nul\0byte", "half \ud800 pair", "\uffff", "<b>&amp;\"'",
    "a\r\nb", "  spaces  ", "x" * 40_000, "😀" * 20_000, "", "\u05de\u202eevil", "line\u2028end",
]  # fmt: skip

TARGET = Target(
    account="123456789012",
    region="eu-central-1",
    instance_id="5f1c2b7e",
    instance_arn="arn:aws:connect:eu-central-1:123456789012:instance/5f1c2b7e",
    alias="acme-emea",
    caller_arn="arn:aws:sts::123456789012:assumed-role/Admin/maria",
)
QUOTA = QuotaUsed(
    account=TARGET.account,
    region=TARGET.region,
    service="connect",
    operation="CreateUser",
    rate=2.0,
    burst=5.0,
    source="service quotas page",
)
FACTS = RunFacts(
    targets=(TARGET,),
    started_at="2026-11-22T18:04:05.120Z",
    finished_at="2026-11-22T18:14:17.420Z",
    quotas=(QUOTA,),
    seconds=612.3,
    least_seconds=600.0,
    calls=1215,
    throttles=15,
    attempt={RowStatus.SUCCEEDED: 3, RowStatus.FAILED: 1},
    exit=4,
    next_command="bulkops retry create-users-20261122T180405Z-7f3a --from failed.xlsx",
)
RUN = RunRecord(
    id="create-users-20261122T180405Z-7f3a",
    job="create-users",
    job_sha256="aa" * 32,
    sheet="wave 3.xlsx",
    sheet_sha256="bb" * 32,
    headers=("Login", "First name", "Password"),
    version="0.1.0",
    created_at="2026-11-22T18:04:05.000Z",
    meta={"mapping": {"Login": "username"}, "options": {"on_exists": "fail"}},
)


def now(coroutine):
    """Return what a coroutine that never waits answers."""
    try:
        coroutine.send(None)
    except StopIteration as answered:
        return answered.value
    raise AssertionError("it waited")


def result(number, status=RowStatus.SUCCEEDED, cells=None, **more):
    cells = (f"agent{number}", "Ana", "***") if cells is None else cells
    fixed = {"number": number, "key": f"agent{number}", "target": "", "action": "create"}
    return RowResult(**{**fixed, **more}, status=status, cells=cells)


def failed(number, error='User "a" already exists', code="DuplicateResourceException", **more):
    return result(number, RowStatus.FAILED, error_code=code, error=error, **more)


def call(number, *rows, state=CallState.SUCCEEDED, operation="CreateUser", target="", **more):
    return StoredCall(
        id=number,
        step="0",
        target=target,
        service="connect",
        operation=operation,
        params={},
        rows=rows or (number,),
        state=state,
        attempts=1,
        **more,
    )


def event(second, number, from_state, to_state, why=""):
    minute, second = divmod(second, 60)
    hour, minute = divmod(minute, 60)
    at = f"2026-11-22T{hour:02}:{minute:02}:{second:02}.500Z"
    return CallEvent(at=at, call=number, from_state=from_state, to_state=to_state, why=why)


class PaperLedger:
    """What reports ask of a ledger, from lists."""

    def __init__(self, results=(), *, run=RUN, calls=(), events=()):
        self._run, self._results, self._calls, self._events = run, results, calls, events

    async def run(self):
        return self._run

    async def counts(self):
        counts = {}
        for row in self._results:
            counts[row.status] = counts.get(row.status, 0) + 1
        return counts

    async def counts_by_sheet(self):
        names = self._run.names
        counts = {name: {} for name in names.sheets.values()}
        for row in self._results if counts else ():
            here = counts[names.sheet(row.number)]
            here[row.status] = here.get(row.status, 0) + 1
        return counts

    async def blocked(self):
        return frozenset()

    async def standing(self):
        return sum(row.status in (RowStatus.SUCCEEDED, RowStatus.UNKNOWN) for row in self._results)

    async def results(self, statuses=None):
        for row in self._results:
            if statuses is None or row.status in statuses:
                yield row

    async def doubted(self):
        for each in self._calls:
            if each.doubts:
                yield each

    async def events(self, *, left=None):
        for each in self._events:
            if left in (None, each.from_state):
                yield each

    async def known_lanes(self):
        return list(dict.fromkeys(each.lane for each in self._calls))

    async def lane_moves(self):
        lanes = {each.id: each.lane for each in self._calls}
        for each in self._events:
            yield LaneMoves(
                lane=lanes[each.call],
                at=each.at,
                from_state=each.from_state,
                to_state=each.to_state,
                why=each.why,
                calls=1,
            )


def csv_rows(path):
    """Return a CSV file's rows as a spreadsheet program splits them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def sheet_rows(path, sheet="Results"):
    """Return a sheet's rows, each as a list of cells."""
    return [list(row) for row in load_workbook(path)[sheet].iter_rows()]


def values(path, sheet="Results"):
    return [[cell.value for cell in row] for row in sheet_rows(path, sheet)]


def colour(cell):
    """Return a cell's colour, or nothing."""
    return cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else ""
