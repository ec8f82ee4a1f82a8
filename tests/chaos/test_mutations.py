"""The suite finds what it is there for: each of these mistakes turns it red within a few seeds."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace

import anyio
import pytest

from bulkops.aws import parsed_answers
from bulkops.definition.batch_limits import batched_member
from bulkops.engine.calls import conductor, group_commit, looking, next_move, outcomes
from bulkops.engine.calls.flights import Flights
from bulkops.engine.calls.next_move import Next
from bulkops.engine.calls.outcomes import Outcomes
from bulkops.engine.calls.queue import CallQueue
from bulkops.engine.calls.sightings import Sight, Sighting
from bulkops.engine.calls.tally import Tally
from bulkops.errors import BulkopsError
from bulkops.ledger.states import CallState
from bulkops.pacing.replies import FaultClass, Reply
from bulkops.sim import simulated_client
from tests.chaos.histories import history
from tests.chaos.operators import two_operators, wrong_claims
from tests.chaos.verdicts import wrongs

SEEDS = 120
"""Within which each must be found; most are within 20."""


def intent_after_sending(patch):
    """What was in flight at a death is not known to have left."""

    async def late(self, lane, call, params):
        client = self.context.clients[call.target]
        outcome = await client.call(call.service, call.operation, params)
        lane.leave()
        await self.act(lane, await self.record.sent(call), outcome)

    patch.setattr(Flights, "_fly", late)


def a_request_leaves_while_its_intent_gathers(patch):
    """What leaves is written down soon, and not before."""

    async def intended(flights, call):
        with anyio.CancelScope(shield=True):
            await flights.record.sent(call)

    async def early(self, _lane, call):
        self.tasks.start_soon(intended, self, call)
        await anyio.lowlevel.checkpoint()  # it gathers
        return replace(call, attempts=call.attempts + 1, sent_at=call.sent_at or "soon")

    patch.setattr(Flights, "_departed", early)


def who_waits_takes_a_broken_commit_for_done(patch):
    """Only the one who sees to a commit is told that it failed."""
    patch.setattr(group_commit._Group, "raise_for", lambda _group, _place: None)


def a_lost_answer_is_a_refusal(patch):
    """What may have acted is sent again as if it had not."""

    def decided(fault, **given):
        if fault.fault_class is FaultClass.IN_DOUBT:
            return Next.AGAIN
        return next_move.decide(fault, **given)

    patch.setattr(outcomes, "decide", decided)


def a_refused_repeat_is_a_failure(patch):
    """What the last sending met is said of all of them."""
    patch.setattr(next_move, "_lost", lambda _doubts: Next.FAIL)


def what_was_sent_at_a_death_is_sent_again(patch):
    """A doubt of an earlier process is not settled."""

    async def again(self, call):
        if call.state is CallState.SENT:
            await self._record.doubted(call, "found at start")
        await self._record.settled(call, CallState.PLANNED, "hopefully not")
        self._queue.requeue(call)

    patch.setattr(Outcomes, "_recover", again)


def what_was_sent_at_a_death_is_done(patch):
    """A doubt of an earlier process is taken for a success."""

    async def done(self, call):
        if call.state is CallState.SENT:
            await self._record.doubted(call, "found at start")
        await self._record.settled(call, CallState.SUCCEEDED, "hopefully")
        await self._finish(call)

    patch.setattr(Outcomes, "_recover", done)


def any_2xx_is_believed(patch):
    """A proxy's page, a 204, an empty body: all are successes."""

    def believed(wire, service, operation):
        if wire.is_success:
            return Reply(data={"UserId": "u", "UserArn": "a"}, request_id="r")
        return parsed_answers.outcome_of(wire, service, operation)

    patch.setattr(simulated_client, "outcome_of", believed)


def rows_are_counted_twice(patch):
    """What is under way is pending and unknown as well."""
    tell = Tally.tell_progress

    async def twice(self, **how):
        said, self._tell = self._tell, _deaf
        await tell(self, **how)
        self._tell = said
        counts = {status.value: n for status, n in (await self._ledger.counts()).items()}
        counts["pending"] = counts.get("pending", 0) + len(self._under_way)
        statuses = ("succeeded", "unchanged", "skipped", "failed", "invalid", "unknown", "undone")
        facts = {"pending": 0, **dict.fromkeys(statuses, 0), **counts}
        self._tell("progress", total=sum(facts.values()), done=0, **facts)

    patch.setattr(Tally, "tell_progress", twice)


def _deaf(_event, /, **_facts):
    return None


def arguments_are_logged(patch):
    """Somebody leaves a debugging aid in, beside the ledger."""
    filled = conductor.filled

    def logged(context, call):
        params = filled(context, call)
        log = context.ledger._database.path.with_name("debug.log")
        log.write_text(f"{call.operation} {params}", encoding="utf-8")
        return params

    patch.setattr(conductor, "filled", logged)


def nobody_is_woken(patch):
    """What comes back to a lane is not seen there, and the run never ends."""
    patch.setattr(CallQueue, "_wake", lambda _queue: None)


def the_halves_of_a_batch_overlap(patch):
    """A row of a rejected batch is sent in both halves, and another in none."""
    halves = outcomes.halves

    def same(step, call):
        first, second = halves(step, call)
        member = batched_member(step)
        elements = [first.params[member][0], *second.params[member][1:]]
        return first, replace(second, params={**second.params, member: elements})

    patch.setattr(outcomes, "halves", same)


def a_name_is_proof(patch):
    """What bears the name is taken for what this call made."""
    made = looking.sight_of_made

    def ours(step, params, things, kind, **how):
        if things:
            return Sight(seen=Sighting.OURS, thing=things[0])
        return made(step, params, things, kind, **how)

    patch.setattr(looking, "sight_of_made", ours)


MUTATIONS = (
    a_name_is_proof,
    intent_after_sending,
    a_request_leaves_while_its_intent_gathers,
    who_waits_takes_a_broken_commit_for_done,
    a_lost_answer_is_a_refusal,
    a_refused_repeat_is_a_failure,
    what_was_sent_at_a_death_is_sent_again,
    what_was_sent_at_a_death_is_done,
    any_2xx_is_believed,
    rows_are_counted_twice,
    arguments_are_logged,
    nobody_is_woken,
    the_halves_of_a_batch_overlap,
)


def of_one(folder, seed):
    return wrongs(history(folder, seed))


def of_two(folder, seed):
    return wrong_claims(two_operators(folder, seed))


def found(folder, seeds, lived=of_one):
    """Return the first seed whose history goes wrong, and what goes wrong; None for none."""
    for seed in seeds:
        (folder / str(seed)).mkdir()
        try:
            wrong = lived(folder / str(seed), seed)
        except (AssertionError, BulkopsError) as error:
            wrong = [repr(error)]
        shutil.rmtree(folder / str(seed))
        if wrong:
            return seed, wrong[0]
    return None


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.__name__)
def test_a_mistake_turns_the_suite_red(ram, monkeypatch, mutation):
    first = random.Random(mutation.__name__).randint(1, 1_000)
    mutation(monkeypatch)
    lived = of_two if mutation is a_name_is_proof else of_one
    red = found(ram, range(first, first + SEEDS), lived)
    assert red is not None, f"seeds {first} to {first + SEEDS - 1}"
    print(f"{mutation.__name__}: seed {red[0]} (number {red[0] - first + 1}): {red[1]}")
