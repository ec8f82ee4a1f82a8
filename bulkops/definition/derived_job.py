"""A job made of an AWS operation alone: `connect:UpdateUserRoutingProfile`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from bulkops.definition.column_facts import NAMING
from bulkops.definition.column_kinds import COLUMN_KINDS
from bulkops.definition.derived_about import UNSEEN, About, about
from bulkops.definition.derived_as_first import (
    is_secret_as_first,
    key_as_first,
    kind_as_first,
    verb_as_first,
)
from bulkops.definition.derived_keys import Place, key_of
from bulkops.definition.derived_places import (
    args_of,
    key_of_items,
    named_apart,
    not_held,
    with_one_required,
)
from bulkops.definition.iam.action_names import BY_TOKEN
from bulkops.definition.item_answers import ItemAnswers, item_answers
from bulkops.definition.job import Column, Job, Kind, Step
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.model.member_paths import EACH
from bulkops.definition.model.operations import (
    OperationFacts,
    filled_member,
    input_shape,
    operation,
)
from bulkops.definition.model.shapes import Shape
from bulkops.definition.operation_catalogue import first_sentence
from bulkops.definition.reply_ids import made_by
from bulkops.definition.settling_ways import Again, ByToken, Never, Settle
from bulkops.definition.verbs import only_reads, sets_values
from bulkops.errors import JobError

SEPARATORS = ";|"
_LONG = 1024
"""Characters: what may have more is seldom typed into a cell."""
Form: TypeAlias = Literal["now", "unseen", "first"]

_KINDS: Mapping[str, Kind] = {
    member: name for name, kind in COLUMN_KINDS.items() for member in kind.derived_from
}
"""Type of a single value → the kind of column that fills it."""
_SETTING = ("Put", "Update")
_SETTING_ITEMS = ("BatchPut", "BatchUpdate")


def derived(reference: str, *, form: Form = "now") -> Job:
    """Return the job for `service:Operation`: one column for each member that a cell can hold.

    Things are given by their ids. `form` gives it as earlier versions did, so that their runs can
    be gone on with: "unseen" is that of those that read nothing of it. Raises JobError where
    service or operation is unknown, where the operation only reads, or where it needs more than
    cells can hold.
    """
    service, _, name = reference.partition(":")
    facts, shape = operation(service, name), input_shape(service, name)
    _refuse_no_change(reference, shape, form)
    answers = None if form == "first" else item_answers(service, name)
    places = _places_of(facts, shape, answers, as_first=form == "first")
    lost = not_held(shape, places, {filled_member(service), facts.token})
    if lost:
        raise JobError(
            f"{reference} takes {', '.join(lost)}, which a cell can't hold: write a job file."
        )
    key = _key(facts, places, answers, form)
    if not key:
        raise JobError(f"{reference} has no required member that would tell rows apart.")
    made = {} if form == "first" or answers else made_by(service, name)
    ways = about(service, name, places, made) if form == "now" and answers is None else UNSEEN
    job = Job(
        name=f"{service}-{_kebab(name)}",
        summary=first_sentence(facts.documentation) or f"{name}, one call a row.",
        service=service,
        key=key,
        columns=tuple(place.column for place in places),
        steps=(_step(facts, places, answers, made, ways),),
    )
    if ways is not UNSEEN and faults_of(job):
        return replace(job, steps=(_step(facts, places, answers, made, UNSEEN),))
    return job


def _refuse_no_change(reference: str, shape: Shape | None, form: Form) -> None:
    """Raise JobError for what is no change of one request: conversations, readings, one's token."""
    service, _, name = reference.partition(":")
    if shape is not None and any(map(_is_talk, shape.members.values())):
        raise JobError(f"{reference} is a conversation: a row is one request with one answer.")
    if only_reads(name):
        raise JobError(f"{reference} only reads: bulkops carries out changes.")
    if service in BY_TOKEN and form == "now":
        raise JobError(
            f"{reference} speaks for one participant of one chat, by a token that is a secret and"
            " the only name of its row. stop-contacts ends chats, connect:StartChatContact begins"
            " them."
        )


def _places_of(
    facts: OperationFacts, shape: Shape | None, answers: ItemAnswers | None, *, as_first: bool
) -> list[Place]:
    """Return what cells fill, each by a name of its own and one required where none is."""
    found = _places(facts, shape, answers, as_first=as_first) if shape is not None else ()
    places = list(named_apart(found))
    if as_first or any(place.column.required for place in places):
        return places
    return with_one_required(facts.name, places)


def _key(
    facts: OperationFacts, places: list[Place], answers: ItemAnswers | None, form: Form
) -> tuple[str, ...]:
    """Return the columns by which rows are told apart."""
    service, name = facts.service, facts.name
    if form == "first":
        return key_as_first(service, name, places)
    key = key_of(service, name, places, verb_as_first(name) if form == "unseen" else None)
    return key if answers is None else key_of_items(answers, places, key)


def _step(
    facts: OperationFacts,
    places: list[Place],
    answers: ItemAnswers | None,
    made: Mapping[str, str],
    ways: About,
) -> Step:
    """Return the job's one step, as far as it can be looked at and taken back in these ways."""
    return Step(
        operation=facts.name,
        args=args_of(places, facts.token, answers),
        subject=ways.subject,
        save=ways.save,
        shows=made,
        settle=ways.settle or _settle(facts.name, facts.token, answers),
        otherwise=ways.otherwise,
        undo=ways.undo,
        irreversible=ways.irreversible,
    )


def _is_talk(shape: Shape) -> bool:
    """Tell whether a member is a stream of events in both directions, which no request holds."""
    return bool(shape.serialization.get("eventstream"))


def _places(
    facts: OperationFacts, shape: Shape, answers: ItemAnswers | None, *, as_first: bool
) -> Iterator[Place]:
    """Yield what cells fill; of a list whose items are answered one by one, one item's members."""
    skipped = {filled_member(facts.service), facts.token}
    fill = _Fill(facts, as_first=as_first)
    for name, member in shape.members.items():
        if answers is not None and name == answers.items:
            yield from _item_places(fill, member.member, answers)
        elif name not in skipped:
            required = name in shape.required_members
            yield from fill.held(member, (name,), required=required, above=())


def _item_places(fill: _Fill, item: Shape, answers: ItemAnswers) -> Iterator[Place]:
    """Yield what cells fill of one item: all but the number by which it is told from others."""
    at = f"{answers.items}{EACH}"
    if item.type_name != "structure":
        (place,) = fill.held(item, (at,), required=True, above=())
        named = replace(place.column, name=_snake(answers.answered_by))
        yield replace(place, column=named)
        return
    for name, member in item.members.items():
        if not (answers.numbered and name == answers.sent_by):
            required = name in item.required_members
            yield from fill.held(member, (at, name), required=required, above=())


@dataclass(frozen=True, slots=True)
class _Fill:
    """Finds what cells can fill: single values, lists and maps of those, else JSON."""

    facts: OperationFacts
    as_first: bool = field(kw_only=True)

    def held(
        self, shape: Shape, path: tuple[str, ...], *, required: bool, above: tuple[str, ...]
    ) -> Iterator[Place]:
        """Yield every place at a path and below it that a cell can fill.

        A structure is gone into, but for one that holds its own like, anything at all, or nothing.
        """
        inside = []
        if shape.type_name == "structure" and not (shape.name in above or shape.is_document_type):
            inside = [
                place
                for name, member in shape.members.items()
                for place in self.held(
                    member,
                    (*path, name),
                    required=required and name in shape.required_members,
                    above=(*above, shape.name),
                )
            ]
        yield from inside
        kind, split = kind_as_first(shape) if self.as_first else _kind(shape)
        if kind is not None and not inside:
            yield Place(
                path=path,
                column=self._column(shape, path, kind, split=split, required=required),
                location=shape.serialization.get("location", ""),
                choice="enum" in shape.metadata,
            )

    def _column(
        self, shape: Shape, path: tuple[str, ...], kind: Kind, *, split: str, required: bool
    ) -> Column:
        dotted = ".".join(path)
        within = ".".join(part for part in path if not part.endswith(EACH))
        service = self.facts.service
        if self.as_first:
            secret = is_secret_as_first(service, shape)
        else:
            secret = self.facts.holds_secret(dotted)
        return Column(
            name="_".join(_snake(part) for part in path if not part.endswith(EACH)),
            help=first_sentence(shape.documentation) or f"{dotted}.",
            kind=kind,
            required=required,
            aliases=(within,) if "." in within else (),
            split=split,
            secret=secret,
            file=not (self.as_first or secret) and _is_long(shape, path[-1], kind),
        )


def _kind(shape: Shape) -> tuple[Kind | None, str]:
    """Return the kind of column that fills a member, None where a cell can't, and its split."""
    match shape.type_name:
        case "blob":
            return "text", ""
        case "list" if shape.member.type_name in _KINDS:
            return _KINDS[shape.member.type_name], SEPARATORS
        case "map" if shape.key.type_name == shape.value.type_name == "string":
            return "tags", SEPARATORS
        case "map" if shape.value.type_name in _KINDS:
            return "map", SEPARATORS
        case "list" | "map" | "structure":
            return "json", ""
        case name:
            return _KINDS.get(name), ""


def _is_long(shape: Shape, name: str, kind: Kind) -> bool:
    """Tell whether a value may be too long for a cell, and so may come from a file."""
    if kind != "text" or shape.type_name != "string":
        return kind == "json" or shape.type_name == "blob"
    named = "enum" in shape.metadata or "location" in shape.serialization or name.endswith(NAMING)
    return not named and (shape.metadata.get("max") or _LONG + 1) > _LONG


def _settle(name: str, token: str, answers: ItemAnswers | None) -> Settle:
    if token or (answers is not None and answers.once):
        return ByToken()
    # an item that is made or removed a second time is refused: that would fail what was done
    sets = name.startswith(_SETTING if answers is None else _SETTING_ITEMS)
    return Again() if sets and sets_values(name) else Never()


def _snake(name: str) -> str:
    from botocore import xform_name  # noqa: PLC0415  # read with the models, when first needed

    return str(xform_name(name))


def _kebab(name: str) -> str:
    return _snake(name).replace("_", "-")
