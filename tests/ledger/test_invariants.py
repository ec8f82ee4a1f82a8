"""Whatever happens to a run in whatever order, its ledger stays true to itself."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bulkops.ledger.call_changes import Move, Reopening, Split
from bulkops.ledger.records import Result
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import MOVES, CallState, status_of
from bulkops.planning.plan import Action
from tests.ledger.plans import BATCH, CREATE, RECORD, UPDATE, at, call, listed, now, row

BY_RETRY = {(CallState.FAILED, CallState.PLANNED), (CallState.UNKNOWN, CallState.IN_DOUBT)}


class Run(RuleBasedStateMachine):
    """A run that is moved, split, retried, closed and opened at random.

    `states` and `rows` are what the ledger should hold, kept here in the plainest way; `split`
    are the batches that count no more.
    """

    @initialize(
        kinds=st.lists(st.sampled_from(["one", "two", "shared", "none", "conflict"]), max_size=8)
    )
    def begin(self, kinds):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name) / RECORD.id
        self.ledger = SqliteLedger.create(self.folder, RECORD)
        lanes = {"one": (CREATE,), "two": (CREATE, UPDATE)}
        actions = {"none": Action.NONE, "conflict": Action.CONFLICT}
        plan = [
            row(number, *lanes.get(kind, ()), action=actions.get(kind, Action.CREATE))
            for number, kind in enumerate(kinds, start=2)
        ]
        shared = [number for number, kind in enumerate(kinds, start=2) if kind == "shared"]
        batches = [call(BATCH, *reversed(shared))] if shared else []
        now(self.ledger.load([*plan, *batches]))
        self.numbers = [planned.number for planned in plan]
        stored = now(listed(self.ledger.calls()))
        self.rows = {found.id: found.rows for found in stored}
        self.states = {found.id: CallState.PLANNED for found in stored}
        self.waits = {
            found.id: found.id - 1 for found in stored if (found.step, len(found.rows)) == ("1", 1)
        }
        self.split: set[int] = set()
        self.order = [found.rows for found in stored]
        self.moves = 0

    def movable(self, state):
        """Return the calls in a state that may be moved from it."""
        return [
            number
            for number, found in self.states.items()
            if found is state
            and number not in self.split
            and self.states.get(self.waits.get(number)) in (None, CallState.SUCCEEDED)
        ]

    @rule(
        move=st.sampled_from(
            sorted({(a, b) for a, ends in MOVES.items() for b in ends} - BY_RETRY)
        ),
        which=st.integers(0, 99),
        saves=st.booleans(),
    )
    def move(self, move, which, saves):
        from_state, to_state = move
        if not (calls := self.movable(from_state)):
            return
        number = calls[which % len(calls)]
        saved = {"user_id": str(number)} if saves and to_state is CallState.SUCCEEDED else {}
        result = Result(saved=saved, error_code=to_state) if saves else None
        now(self.ledger.move(Move(number, move, at=at(self.moves % 60), attempt=1, result=result)))
        self.states[number] = to_state
        self.moves += 1

    @rule(which=st.integers(0, 99), cut=st.integers(1, 7))
    def halve(self, which, cut):
        calls = [one for one in self.movable(CallState.SENT) if len(self.rows[one]) > 1]
        if not calls:
            return
        number = calls[which % len(calls)]
        rows = self.rows[number]
        cut = cut % (len(rows) - 1) + 1
        parts = [rows[:cut], rows[cut:]]
        now(
            self.ledger.split(
                Split(
                    number, [call(BATCH, *part) for part in parts], at=at(self.moves % 60), why="x"
                )
            )
        )
        known = set(self.states)
        new = [found.id for found in now(listed(self.ledger.calls())) if found.id not in known]
        self.rows.update(zip(new, parts, strict=True))
        self.states.update(dict.fromkeys(new, CallState.PLANNED))
        self.states[number] = CallState.FAILED
        self.split.add(number)
        self.moves += 1

    @rule()
    def retry(self):
        failed, unknown = self.movable(CallState.FAILED), self.movable(CallState.UNKNOWN)
        now(self.ledger.reopen(Reopening([*failed, *unknown], at=at(self.moves % 60), why="retry")))
        self.states.update(dict.fromkeys(failed, CallState.PLANNED))
        self.states.update(dict.fromkeys(unknown, CallState.IN_DOUBT))
        self.moves += len(failed) + len(unknown)

    @rule()
    def close_and_open(self):
        now(self.ledger.close())
        self.ledger = SqliteLedger.open(self.folder)

    @invariant()
    def calls_stand_where_their_events_led(self):
        led = dict.fromkeys(self.states, CallState.PLANNED)
        events = now(listed(self.ledger.events()))
        for event in events:
            assert led[event.call] == event.from_state
            led[event.call] = CallState(event.to_state)
        assert led == self.states
        assert led == {found.id: found.state for found in now(listed(self.ledger.calls()))}
        assert len(events) == self.moves

    @invariant()
    def every_row_has_one_result_and_the_tally_adds_them_up(self):
        results = now(listed(self.ledger.results()))
        assert [found.number for found in results] == self.numbers
        for found in results:
            states = frozenset(
                self.states[number]
                for number, rows in self.rows.items()
                if found.number in rows and number not in self.split
            )
            if states:
                assert found.status is status_of(states)
            else:
                fixed = {"none": "unchanged", "conflict": "failed"}
                assert found.status == fixed[found.action]
        assert now(self.ledger.counts()) == Counter(found.status for found in results)

    @invariant()
    def the_order_of_the_plan_is_kept(self):
        calls = now(listed(self.ledger.calls()))
        whole = [found for found in calls if found.id not in self.split]
        flat = [number for found in whole for number in found.rows]
        assert flat == [number for rows in self.order for number in rows]
        assert [found.id for found in calls] == sorted(self.states)

    @invariant()
    def what_is_open_is_ready_or_doubtful_or_waits(self):
        ready = [
            found.id
            for lane in (CREATE, UPDATE, BATCH)
            for found in now(self.ledger.ready(lane, limit=99))
        ]
        assert sorted(ready) == sorted(self.movable(CallState.PLANNED))
        doubtful = [found.id for found in now(self.ledger.doubtful())]
        left = (CallState.SENT, CallState.ACCEPTED, CallState.IN_DOUBT)
        assert doubtful == sorted(number for state in left for number in self.movable(state))
        over = (CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN)
        open_calls = sum(state not in over for state in self.states.values())
        assert sum(now(self.ledger.lanes()).values()) == open_calls

    def teardown(self):
        now(self.ledger.close())
        self.temporary.cleanup()


TestRun = Run.TestCase
TestRun.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
