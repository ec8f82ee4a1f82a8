"""Simulated services that answer of each item by itself: queues of messages.

They are small: what is sent is kept beside the first instance of the caller's account and Region,
and what is wrong with an item fails that item alone.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Any

from bulkops.definition.item_answers import ITEM_ANSWERS, ItemAnswers
from bulkops.sim.services.connect_service import Response, Rules, accepted, not_simulated
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller, SimulatedWorld, WorldSession

Item = Mapping[str, Any]


class ItemService:
    """One service whose operations take items; `faults` are codes for the items to come."""

    def __init__(self, service: str, world: SimulatedWorld) -> None:
        self.rules = Rules(service, invalid="ValidationException")
        self.faults: deque[str] = deque()
        """What the next items are answered with, one each; empty: as they deserve."""
        self._service = service
        self._world = world

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request: its items one by one."""
        self.rules.check(operation, params)
        answers = ITEM_ANSWERS.get((self._service, operation))
        if answers is None:
            raise not_simulated(self._service, operation)
        _WHOLE.get(operation, _nothing)(params, answers)
        session = WorldSession(self._world, self._home(caller), operation, now)
        done, failed = [], []
        for item in params[answers.items]:
            code = self.faults.popleft() if self.faults else ""
            code = code or _FLAWS.get(operation, _no_flaw)(item, now)
            entry = {answers.answered_by: item[answers.sent_by]}
            if code:
                failed.append({**entry, **_said(answers, code)})
            else:
                done.append({**entry, **_kept(session, operation, params, item)})
        reply = {answers.failed: failed}
        if answers.succeeded:
            reply[answers.succeeded] = done
        return accepted(self._world, session, reply)

    def _home(self, caller: Caller) -> Any:  # noqa: ANN401  # an instance of the world
        for instance in self._world.instances.values():
            if instance.belongs_to(caller):
                return instance
        raise ServiceError("AccessDeniedException", "There is nothing of this account here.")


def _said(answers: ItemAnswers, code: str) -> Item:
    message = {answers.message: f"The item was not taken: {code}."} if answers.message else {}
    return {answers.code: code, **message}


def _kept(
    session: WorldSession, operation: str, params: Mapping[str, Any], item: Item
) -> Mapping[str, Any]:
    """Keep an item that was taken; one that came before under the same token is kept once."""
    kind, name = _KEEPS[operation](session, params, item)
    if session.table(kind).get(name) is None:
        session.put_named(kind, name, {"Item": dict(item), "Times": 1})
    answered = _ANSWERS.get(operation)
    return {} if answered is None else {answered: name}


def _message(session: WorldSession, params: Item, _item: Item) -> tuple[str, str]:
    return "message", f"{params['QueueUrl']} {session.new_id()}"


def _receipt(_session: WorldSession, params: Item, item: Item) -> tuple[str, str]:
    return "deleted-message", f"{params['QueueUrl']} {item['ReceiptHandle']}"


_KEEPS: Mapping[str, Callable[[WorldSession, Item, Item], tuple[str, str]]] = {
    "SendMessageBatch": _message,
    "DeleteMessageBatch": _receipt,
}
_ANSWERS = {
    "SendMessageBatch": "MessageId",
}


def _flaw_of_message(item: Item, _now: float) -> str:
    return "InvalidMessageContents" if not item["MessageBody"] else ""


_FLAWS: Mapping[str, Callable[[Item, float], str]] = {
    "SendMessageBatch": _flaw_of_message,
}


def _no_flaw(_item: Item, _now: float) -> str:
    return ""


def _entries(params: Item, answers: ItemAnswers) -> None:
    most = 10
    if not params["Entries"]:
        raise ServiceError("EmptyBatchRequest", "There are no entries.")
    if len(params["Entries"]) > most:
        raise ServiceError("TooManyEntriesInBatchRequest", f"There are more than {most} entries.")
    if any(re.fullmatch(r"[\w-]{1,80}", each["Id"]) is None for each in params["Entries"]):
        raise ServiceError("InvalidBatchEntryId", "An Id has 1 to 80 letters, digits, - and _.")
    _apart(params, answers, "BatchEntryIdsNotDistinct")


def _apart(params: Item, answers: ItemAnswers, code: str) -> None:
    times = Counter(each[answers.sent_by] for each in params[answers.items])
    if any(number > 1 for number in times.values()):
        raise ServiceError(code, f"Two items have the same {answers.sent_by}.")


def _nothing(_params: Item, _answers: ItemAnswers) -> None:
    return


_WHOLE: Mapping[str, Callable[[Item, ItemAnswers], None]] = {
    "SendMessageBatch": _entries,
    "DeleteMessageBatch": _entries,
}
SERVICES = ("sqs",)
