"""One step of one row: what it is decided from, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from bulkops.definition.job import Find, Job, Step, verb
from bulkops.planning.calls.arguments import Argument, ArgumentSource, arguments_of, sets_nothing
from bulkops.planning.calls.call_params import refusals, request_of
from bulkops.planning.diff.resolve import Names
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action, Change, Placeholder, PlannedCall
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import OnExists, TypedRow
from bulkops.planning.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a step does about a row. `flaw` says why, where it is a conflict."""

    action: Action = Action.NONE
    calls: tuple[PlannedCall, ...] = ()
    changes: tuple[Change, ...] = ()
    flaw: Flaw | None = None


NOTHING = Decision()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetContext:
    """What the decisions about one target's rows have in common."""

    job: Job
    target: Target
    target_name: str
    names: Names
    on_exists: OnExists


@dataclass(slots=True)
class RowState:
    """What becomes known of a row while its steps are gone through.

    `known` are values that its steps save and that are known already, since the thing is there.
    `made` are the things that its own calls make, each with the step that makes it. `flaws` are
    (column, flaw). `thing` is the first thing of the row that is there.
    """

    typed: TypedRow
    known: dict[str, Any] = field(default_factory=dict)
    made: dict[Find, Step] = field(default_factory=dict)
    flaws: list[tuple[str, Flaw]] = field(default_factory=list)
    thing: Thing | None = None

    def add(self, column: str, flaw: Flaw) -> None:
        """Note what is wrong with a cell, once."""
        if (column, flaw) not in self.flaws:
            self.flaws.append((column, flaw))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One step of one row, waiting for its decision."""

    context: TargetContext
    row: RowState
    address: str
    step: Step

    @property
    def does(self) -> str:
        """What the step's operation does: create, update, delete, associate or disassociate."""
        return verb(self.step.operation)

    @property
    def is_due(self) -> bool:
        """Whether the row has a value in the column that the step waits for."""
        return not self.step.when or self.row.typed.values.get(self.step.when) is not None

    def otherwise(self) -> list[Case]:
        """Return the cases of the step's alternatives that are due."""
        others = [
            replace(self, address=f"{self.address}.{number}", step=step)
            for number, step in enumerate(self.step.otherwise)
        ]
        return [other for other in others if other.is_due]

    def name_of(self, find: Find) -> str:
        """Return the name that the row's cell gives; empty where it is blank."""
        return str(self.row.typed.values.get(find.by.name, ""))

    def arguments(self) -> list[Argument]:
        """Return what the row has the step set; names that mean nothing go to the state."""
        row = self.row.typed
        source = ArgumentSource(
            values=row.values, find=self._find, defaulted=row.defaulted, known=self.row.known
        )
        return arguments_of(self.context.job.service, self.step, source)

    def sets_nothing(self, arguments: Iterable[Argument]) -> bool:
        """Tell whether the step sets values and all its cells are blank: nothing is to be sent."""
        return self.does == "update" and sets_nothing(self.context.job, self.step, arguments)

    def send(
        self,
        arguments: Iterable[Argument],
        *,
        undo: Iterable[Argument] | None = None,
        changes: tuple[Change, ...] = (),
    ) -> Decision:
        """Return the decision to send the step; what the model would refuse goes to the state."""
        params = self._request(arguments)
        if not self.row.flaws:
            self._add_refusals(params)
        call = PlannedCall(
            step=self.address,
            target=self.context.target_name,
            service=self.context.job.service,
            operation=self.step.operation,
            params=params,
            rows=(self.row.typed.number,),
            undo=None if undo is None else self._request(undo),
        )
        return Decision(action=Action(self.does), calls=(call,), changes=changes)

    def remember(self, thing: Thing) -> None:
        """Keep a thing that is there, and what the step would have saved of it."""
        self.row.thing = self.row.thing or thing
        for name, member in self.step.save.items():
            self.row.known[name] = _saved(member, thing)

    def _request(self, arguments: Iterable[Argument]) -> dict[str, Any]:
        service = self.context.job.service
        return request_of(service, self.step, arguments, self.context.target.instance_id)

    def _add_refusals(self, params: dict[str, Any]) -> None:
        job, identity = self.context.job, self.context.target.identity
        for columns, flaw in refusals(job, self.address, self.step, params, identity):
            self.row.add(columns[0] if columns else "", flaw)

    def _find(self, find: Find, name: str, arn: bool) -> Any:  # noqa: ANN401, FBT001  # a FindId
        """Return the id of a name: a saved one where the row itself makes the thing."""
        maker = self.row.made.get(find)
        if maker is not None:
            return _made(maker, arn=arn)
        thing = self.context.names.one(find.kind, name)
        if isinstance(thing, Flaw):
            self.row.add(find.by.name, thing)
            return None
        return thing.arn if arn else thing.id


Decide: TypeAlias = Callable[[Case], Decision]


def _saved(member: str, thing: Thing) -> str:
    """Return what a reply's member would have been: members that end in Arn are its ARN."""
    return thing.arn if member.lower().endswith("arn") else thing.id


def _made(maker: Step, *, arn: bool) -> Placeholder:
    """Return what stands for a thing that a step of the same row makes, by its saved name."""
    for name, member in maker.save.items():
        if member.lower().endswith("arn") == arn:
            return Placeholder(kind="saved", name=name)
    wanted = "ARN" if arn else "id"
    raise KeyError(f"{maker.operation} saves no {wanted} of what it makes")
