"""One step of one row: what it is decided from, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Col, Find, Parent
from bulkops.definition.model.member_paths import holds_arn
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import Verb
from bulkops.planning.calls.argument import Argument, ArgumentSource
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.calls.call_params import refusals, request_of
from bulkops.planning.calls.row_call import row_call
from bulkops.planning.calls.uploaded_files import lacking
from bulkops.planning.coming.coming_things import Coming, saved_name
from bulkops.planning.decisions.decision import Decision
from bulkops.planning.decisions.row_findings import RowFindings
from bulkops.planning.decisions.target_context import TargetContext
from bulkops.planning.given_names import gives_names, names_given
from bulkops.planning.inventory import Thing
from bulkops.planning.name_resolution import UNKNOWN_NAME
from bulkops.planning.needs import needs_in
from bulkops.planning.plan import Action, Change, ListChange, Need, Placeholder
from bulkops.planning.promotion.carried_flows import CarriedFlow, stub_of
from bulkops.planning.promotion.unpublishable_flows import SAVED, STATUS
from bulkops.planning.rows.cells import Flaw, LongText
from bulkops.planning.rows.paths import beside
from bulkops.planning.rows.typed_rows import TypedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCase:
    """One step of one row, waiting for its decision."""

    context: TargetContext
    row: TypedRow
    found: RowFindings
    args: StepArguments

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.args.step

    @property
    def address(self) -> str:
        """Where the step stands in the job."""
        return self.args.address

    @property
    def does(self) -> Verb:
        """What the step's operation does."""
        return self.args.does

    @property
    def is_due(self) -> bool:
        """Whether the row has a value in the column that the step waits for."""
        return self.args.is_due(self.row.values)

    @property
    def is_blank(self) -> bool:
        """Whether the step sets values and all its cells are blank: nothing is to be sent."""
        return self.args.is_blank(self.row.values)

    def otherwise(self) -> list[StepCase]:
        """Return the cases of the step's alternatives that are due."""
        others = [
            replace(self, args=self.context.steps[f"{self.address}.{number}"])
            for number in range(len(self.step.otherwise))
        ]
        return [other for other in others if other.is_due]

    def undone(self) -> StepCase | None:
        """Return the case of the step that takes this one back; None where there is none."""
        args = self.context.steps.get(f"{self.address}.undo")
        return None if args is None else replace(self, args=args)

    def name_of(self, find: Find) -> str:
        """Return the name that the row's cell gives; empty where it is blank.

        Of a thing that bears its new name already, that is the new one.
        """
        name = find.name_in(self.row.values)
        if find == self.step.subject and gives_names(self.step):
            return self._given(find, name)
        return name if find.renamed is None else self._borne(find, name)

    def _given(self, find: Find, name: str) -> str:
        """Return the name by which a thing is there: its own, or one that the row gives it."""
        names = self.context.names
        if names.things(find.kind, name):
            return name
        given = names_given(self.step, self.row.values)
        return next((each for kind, each in given if names.things(kind, each)), name)

    def new_name_of(self, find: Find) -> str:
        """Return the name or path that a thing gets in place of its own; empty for none."""
        new = self.row.values.get(find.renamed.name) if find.renamed else None
        if not isinstance(new, str):
            return ""
        is_path = KINDS[find.kind].has_paths
        return beside(str(self.row.values.get(find.by.name, "")), new) if is_path else new

    def _borne(self, find: Find, name: str) -> str:
        new, names = self.new_name_of(find), self.context.names
        is_renamed = new and not names.things(find.kind, name) and names.things(find.kind, new)
        return new if is_renamed else name

    def things(self, find: Find) -> Sequence[Thing]:
        """Return the things that the row's cell may mean."""
        names, name = self.context.names, self.name_of(find)
        if self.args.by_path and find == self.step.subject:
            return names.at_path(find.kind, name)
        return names.things(find.kind, name)

    def arguments(self) -> list[Argument]:
        """Return what the row has the step set; names that mean nothing are noted."""
        source = ArgumentSource(
            values=self.row.values,
            find=self._find,
            defaulted=self.row.defaulted,
            known=self.found.known,
            rows=self.row.together,
            flow=self._carried,
        )
        given = self.args.of(source)
        if self.step.hollow and self.is_hollow:
            told = self.step.hollow
            given = [each._replace(value=told.get(each.path[0], each.value)) for each in given]
        return given

    @property
    def is_hollow(self) -> bool:
        """Whether the row makes its thing before what that names is there, and fills it then."""
        knot = self.context.knots.get(self.row.number)
        return knot is not None and self.row.number in knot.filled

    def _carried(self, column: str, text: LongText) -> Any:  # noqa: ANN401  # a text or a placeholder
        """Return a flow as it is sent; what it refers to and is not there is noted."""
        context, about = self.context, self.step.about
        if self.step.hollow is not None and self.is_hollow:
            return stub_of(self.step, self.row.values)
        flow = CarriedFlow(
            mapping=context.mapping,
            target=context.target,
            inventory=context.names.inventory,
            find=self._find_named,
            flow="" if about is None else self.name_of(about),
            is_draft=self._is_draft,
        )
        value = flow.value(str(text))
        for flaw in flow.flaws:
            self.found.add(column, flaw)
        return value

    @property
    def _is_draft(self) -> bool:
        """Whether the row's flow is only to be saved."""
        said, only_if = self.step.args.get(STATUS), self.step.only_if
        is_new_draft = isinstance(said, Col) and self.row.values.get(said.name) == SAVED
        return is_new_draft or (only_if is not None and only_if[1] == SAVED)

    def _find_named(self, kind: str, name: str) -> Thing | Placeholder | Flaw:
        """Return the thing of a name, or what stands for its id until a row makes it."""
        found = self.named(Find(kind, Col("")), name)
        if not isinstance(found, Coming):
            return found
        if found.need.row == self.row.number:
            return Placeholder(kind="saved", name=saved_name(found.step, arn=False))
        self._await(found.need)
        return Placeholder(
            kind="made", name=saved_name(found.step, arn=False), of=found.need, said=found.name
        )

    def _await(self, need: Need) -> None:
        """Note a call that the step needs: of what is made hollow also those that fill it.

        In the same circle it is led to before it is filled; else nothing of the circle is.
        """
        self.found.need(self.address, need)
        knot = self.context.knots.get(need.row)
        if knot is not None and self.row.number not in knot.rows:
            for filling in knot.before(need.row):
                self.found.need(self.address, filling)

    def look_at_names(self) -> None:
        """Note which names mean nothing, of a row that is not decided for another fault."""
        about = self.step.about
        if about is not None and about not in self.found.made and self.name_of(about):
            there = self.things(about)
            if not there and self.does == "delete":
                return  # gone already, or never there: that is no fault
            if not there and self.does == "create":
                self.found.made[about] = self.step
            elif len(there) != 1 and isinstance(
                found := self.context.names.one(about.kind, self.name_of(about)), Flaw
            ):
                self.found.add(about.by.name, found)
        self.arguments()

    def send(
        self,
        arguments: Iterable[Argument],
        *,
        undo: Iterable[Argument] | None = None,
        changes: tuple[Change, ...] = (),
        lists: tuple[ListChange, ...] = (),
    ) -> Decision:
        """Return the decision to send the step; what the model would refuse is noted."""
        params = self.request(arguments)
        for column, flaw in lacking(self.step, self.row.values):
            self.found.add(column, flaw)
        self._add_refusals(params)
        back = None if undo is None else self.request(undo)
        is_linked = self.context.coming or self.context.listed
        needs = self._needs(params) if is_linked else ()
        call = row_call(self.context.job, self.address, self.row, params, back, needs=needs)
        return Decision(action=Action(self.does), calls=(call,), changes=changes, lists=lists)

    def _needs(self, params: Mapping[str, Any]) -> tuple[Need, ...]:
        """Return the calls that make what the request names, its ids open or known already."""
        named = self.found.needs.get(self.address, ())
        return tuple(dict.fromkeys((*needs_in(params), *named)))

    def remember(self, thing: Thing) -> None:
        """Keep a thing that is there, and what the step would have saved of it."""
        self.found.thing = self.found.thing or thing
        for name, member in self.step.save.items():
            self.found.known[name] = _saved(member, thing)

    def request(self, arguments: Iterable[Argument]) -> dict[str, Any]:
        """Return the params of the step's request."""
        service = self.context.job.service
        return request_of(service, self.step, arguments, self.context.target.places)

    def _add_refusals(self, params: dict[str, Any]) -> None:
        job, identity = self.context.job, self.context.target.identity
        faulty = {column for column, _ in self.found.flaws}
        for columns, flaw, _ in refusals(job, self.address, self.step, params, identity):
            # what is said of a cell already may be why the model misses something
            if not faulty or (columns and faulty.isdisjoint(columns)):
                self.found.add(columns[0] if columns else "", flaw)

    def named(self, find: Find, name: str) -> Thing | Coming | Flaw:
        """Return what a name means: what is there, or what another row makes, or what is wrong."""
        context = self.context
        thing = context.names.one(find.kind, name, whole=isinstance(find, Parent))
        if isinstance(thing, Thing):
            return self.unless_gone(find, thing)
        things = context.coming
        if things is None or thing.code != UNKNOWN_NAME or find.kind not in things.kinds:
            return thing
        coming = things.of(find.kind, find.name_in(self.row.values) if find.within else name)
        said = f"{thing.message}, and no row makes it"
        return replace(thing, message=said) if coming is None else coming

    def unless_gone(self, find: Find, thing: Thing) -> Thing | Flaw:
        """Return a thing, or what is wrong where another row deletes what this one names."""
        gone = None if self.does in _TAKES_AWAY else self.context.gone(find.kind, thing)
        return gone or thing

    def _find(self, find: Find, name: str, arn: bool) -> Any:  # noqa: ANN401, FBT001  # a FindId
        """Return the id of a name: a saved one where the row itself makes the thing."""
        if find.within is not None:
            if self._find(find.within, self.name_of(find.within), False) is None:  # noqa: FBT003
                return None  # where it should lie is not there: that is said
            name = find.name_in(self.row.values)
        made = self.found.made  # mostly nothing, and to look up a find takes long
        maker = made.get(find) if made else None
        if maker is not None:
            return Placeholder(kind="saved", name=saved_name(maker, arn=arn))
        meant = name if find.renamed is None else self._borne(find, name)
        if find == self.step.subject and gives_names(self.step):
            meant = self._given(find, name)
        found = self.named(find, meant)
        if isinstance(found, Thing):
            return found.arn if arn else found.id
        if isinstance(found, Coming):
            self._await(found.need)
            return found.known_as(arn=arn)
        self.found.add(find.by.name, found)
        return None


_TAKES_AWAY = frozenset({"delete", "disassociate"})


def _saved(member: str, thing: Thing) -> str:
    """Return what a reply's member would have been: members that end in Arn are its ARN."""
    return thing.arn if holds_arn(member) else thing.id
