"""What the calls of a run used of what others of it had made: in what order all goes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from bulkops.definition.job import Job
from bulkops.definition.uses import used_kinds
from bulkops.definition.verbs import verb
from bulkops.planning.calls.inverse import Done
from bulkops.planning.calls.inverse_steps import inverse_address
from bulkops.planning.calls.subject_ids import subject_id
from bulkops.planning.inventory import Inventory
from bulkops.planning.plan import Need
from bulkops.planning.undo.named_texts import texts_named
from bulkops.problems import Address


class PastRow(Protocol):
    """What is asked of a row of the run that is taken back."""

    @property
    def number(self) -> int:
        """The row's number."""
        ...

    @property
    def target(self) -> str:
        """The name of the target that it was for."""
        ...

    @property
    def address(self) -> Address:
        """The row's place in the sheet."""
        ...

    @property
    def done(self) -> Sequence[Done]:
        """Its calls that took effect."""
        ...


class _Use(NamedTuple):
    """What a call used: those that made it, and what the call itself was about."""

    of: tuple[Need, ...]
    target: str
    kind: str
    user: str


class PastUses:
    """The uses of one run, by the call.

    What a call needed when it was planned is among them; where it was planned anew by then, the
    ids that it sent tell.
    """

    def __init__(self, job: Job, rows: Sequence[PastRow]) -> None:
        self._job = job
        self._made = dict(_made(job, rows))
        by_text = {text: need for need, (_, texts) in self._made.items() for text in texts}
        self._uses = dict(self._all(rows, by_text))

    def _all(
        self, rows: Iterable[PastRow], by_text: Mapping[str, Need]
    ) -> Iterator[tuple[Need, _Use]]:
        for row in rows:
            for done in row.done:
                named = (by_text.get(text) for text in texts_named(done))
                of_others = (need for need in named if need is not None and need.row != row.number)
                used = tuple(dict.fromkeys((*done.needs, *of_others)))
                if used:
                    step = self._job.step(done.step)
                    kind = "" if step.about is None else step.about.kind
                    user = subject_id(step, done.sent, done.saved)
                    yield Need(row.number, done.step), _Use(used, row.target, kind, user)

    def turned(self, sent: Collection[Need]) -> Mapping[Need, Sequence[Need]]:
        """Return what each call waits for, of those that take back what used what it takes back."""
        waits: dict[Need, list[Need]] = defaultdict(list)
        for call, use in self._uses.items():
            mine = self._back(call)
            for need in use.of if mine in sent else ():
                needed = self._back(need)
                if mine is not None and needed is not None and needed in sent:
                    waits[needed].append(mine)
        return waits

    def still(
        self, sent: Collection[Need], held: Collection[int], inventories: Mapping[str, Inventory]
    ) -> Iterator[tuple[int, int]]:
        """Yield (row, row that uses what it made), of rows whose users are held.

        `held` are the rows that are not taken back.
        """
        for call, use in self._uses.items():
            for need in use.of if call.row in held else ():
                if self._back(need) in sent and self._stands(need, use, inventories):
                    yield need.row, call.row

    def _stands(self, need: Need, use: _Use, inventories: Mapping[str, Inventory]) -> bool:
        """Tell whether a use is there to this day, as far as uses are looked at."""
        kind, texts = self._made.get(need, ("", ()))
        if use.kind not in used_kinds(kind):
            return True
        inventory = inventories[use.target]
        return any(inventory.is_used_by(kind, text, use.user) for text in texts)

    def _back(self, call: Need) -> Need | None:
        """Return the call that takes another one back; None where nothing does."""
        address = inverse_address(self._job, call.step)
        return None if address is None else Need(call.row, address)


def _made(job: Job, rows: Iterable[PastRow]) -> Iterator[tuple[Need, tuple[str, tuple[str, ...]]]]:
    """Yield (call, (kind, the id and ARN of what it made))."""
    for row in rows:
        for done in row.done:
            step = job.step(done.step)
            if step.about is not None and verb(step.operation) == "create":
                texts = tuple(str(done.saved[name]) for name in step.save if name in done.saved)
                yield Need(row.number, done.step), (step.about.kind, texts)
