"""What a derived job knows of the thing that its operation writes: how it looks, and takes back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bulkops.definition.derived_keys import Place
from bulkops.definition.expressions import Arg, Saved, Token, Was
from bulkops.definition.job import Step
from bulkops.definition.kinds.addressed_read import AddressedRead
from bulkops.definition.kinds.found_things import Addressed, Col
from bulkops.definition.kinds.read_exceptions import EXCEPTIONS, REFUSES_SECOND, SAME_AGAIN
from bulkops.definition.model.member_paths import holds_arn, put_at
from bulkops.definition.model.operation_words import MAKING, REMOVING, makers, opposites, words_of
from bulkops.definition.model.operations import MemberFacts, filled_member, operation, operations
from bulkops.definition.settling_ways import Again, Look, Never, Settle
from bulkops.definition.thing_kinds import KINDS

IRREVERSIBLE = (
    "The job was derived from the operation alone: bulkops does not know how to read what was"
    " there before."
)
_THERE = re.compile(r"AlreadyExist|Duplicate|Exists(Exception|Fault)?$|AlreadyOwned|InUseException")
"""Codes by which services refuse what is there: EntityAlreadyExists, UsernameExistsException."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The words of a step that say what it is about and how it is taken back."""

    subject: Addressed | None = None
    settle: Settle | None = None
    """None: as the operation's name tells."""
    save: Mapping[str, str] = field(default_factory=dict)
    otherwise: tuple[Step, ...] = ()
    undo: Step | None = None
    irreversible: str = IRREVERSIBLE


_AGAIN, _NEVER = Again(), Never()
UNSEEN = About()
"""Nothing is read of it."""


def about(service: str, name: str, places: Iterable[Place], made: Mapping[str, str]) -> About:
    """Return what a derived step knows of its thing; `made` are the members that tell what it made.

    What takes back is told by its name: it needs no more than the call was given or answered. What
    is only associated is taken back where it was looked for before, else it may have been there.
    """
    known = _Known(service, name, {place.path: place.column.name for place in places}, made)
    verb = words_of(name).verb
    if verb in REMOVING:
        return known.removing()
    if verb in MAKING:
        return known.making()
    if known.subject is not None and known.read is not None and known.read.told:
        return About(subject=known.subject, irreversible="")
    return UNSEEN


@dataclass(frozen=True, eq=False)
class _Known:
    service: str
    name: str
    columns: Mapping[tuple[str, ...], str]
    made: Mapping[str, str]

    @property
    def read(self) -> AddressedRead | None:
        return KINDS[self._kind].address if self._kind in KINDS else None

    @property
    def _kind(self) -> str:
        return f"{self.service}:{self.name}"

    @property
    def subject(self) -> Addressed | None:
        read = self.read
        if read is None or any((part,) not in self.columns for part in read.parts):
            return None
        return self._addressed(self._kind, read)

    def _addressed(self, kind: str, read: AddressedRead) -> Addressed:
        first = next(each for each in read.parts if each not in read.optional)
        return Addressed(
            kind=kind,
            by=self._col(first),
            parts=tuple(map(self._col, read.parts)),
            optional=tuple(self._col(part) for part in read.parts if part in read.optional),
        )

    def _col(self, member: str) -> Col:
        return Col(self.columns[member,])

    def making(self) -> About:
        """Say how what is made is taken away again, and what is done where it is there."""
        undo, save = self._away()
        verb, duplicate = words_of(self.name).verb, self._duplicate()
        unique = verb != "Create" or duplicate or self._kind in REFUSES_SECOND
        # where names may be borne twice, one that a list shows tells nothing
        subject = self.subject if unique or not (self.read and self.read.items) else None
        if verb == "Put" and subject is None:
            return UNSEEN  # it may take the place of something
        certain = subject is not None or duplicate or self._kind in REFUSES_SECOND
        alone = verb == "Create" and bool(save) and self._kind not in SAME_AGAIN
        if undo is None or not (certain or alone) or self._kind in SAME_AGAIN:
            undo, save = None, {}
        settle = None if subject is None or verb == "Put" else Look(duplicate=duplicate)
        why = "" if undo is not None or (verb == "Put" and subject is not None) else self._why()
        if undo is not None and subject is not None:
            undo = self._looking(undo, subject)
        return About(
            subject=subject,
            settle=None if operation(self.service, self.name).token else settle,
            save=save,
            otherwise=tuple(self._otherwise()) if subject is not None else (),
            undo=undo,
            irreversible=why,
        )

    def _looking(self, undo: Step, subject: Addressed) -> Step:
        """Return a step that looks at what it takes away, where its call says which that is."""
        sent = set(undo.args.values()) - {Token()}
        if not {part for part in subject.parts if part not in subject.optional} <= sent:
            return undo
        return replace(undo, subject=subject, settle=Look())

    def _why(self) -> str:
        away = next((each for each in opposites(self.name)), "")
        if away in operations(self.service):
            return f"{away} would take away what may have been there before: nothing tells."
        return IRREVERSIBLE

    def _away(self) -> tuple[Step | None, Mapping[str, str]]:
        """Return the step that takes away what is made, and what of the reply it needs."""
        for other in opposites(self.name):
            if other not in operations(self.service):
                continue
            facts = operation(self.service, other)
            members = _top(facts.members)
            members.pop(filled_member(self.service), None)
            save: dict[str, str] = {}
            given: dict[str, Arg] = {}
            parts = self.read.parts if self.read is not None else {}
            for member in members if not parts or parts.keys() - members.keys() else ():
                found = self._of_reply(member)
                if found is not None:
                    save[found[0]], given = found[1], {member: Saved(found[0])}
                    break
            needed = {member for member, of in members.items() if of.required}
            if not given or needed - given.keys():
                given |= self._of_row(members, facts.token, given)
            if given and needed <= given.keys():
                return Step(operation=other, args=given, settle=_NEVER), save
        return None, {}

    def _of_row(
        self, members: Mapping[str, MemberFacts], token: str, given: Mapping[str, Arg]
    ) -> dict[str, Arg]:
        """Return what the row has said already of what takes away needs."""
        found: dict[str, Arg] = {}
        for member, of in members.items():
            if member in given or member in _FLAGS:
                continue
            if (member,) in self.columns and self._same(member, of.type):
                found[member] = self._col(member)
            elif member == token:
                found[member] = Token()
            elif of.required and (named := self._as_named(member)):
                found[member] = Col(named)
        return found

    def _of_reply(self, member: str) -> tuple[str, str] | None:
        """Return (name to save by, path in the reply) of an id that the service has given."""
        if (member,) in self.columns or not member.endswith(_GIVEN):
            return None
        own = next(member.removesuffix(end) for end in _GIVEN if member.endswith(end))
        if words_of(self.name).verb == "Put" or not words_of(self.name).noun.endswith(own):
            return None
        kept = "made_arn" if holds_arn(member) else "made_id"
        for path in operation(self.service, self.name).output:
            outer, _, last = path.rpartition(".")
            if last == member and re.fullmatch(r"\w*", outer):
                return kept, path
        is_own = words_of(self.name).noun.casefold() == member.casefold().removesuffix(kept[5:])
        return (kept, self.made[kept]) if is_own and kept in self.made else None

    def _same(self, member: str, kind: str) -> bool:
        return operation(self.service, self.name).members[member].type == kind

    def _as_named(self, member: str) -> str:
        """Return the column that feeds what another name means here: a secret's `SecretId`."""
        read = self.read
        if read is None:
            return ""
        said = str(read.arguments.get(member, ""))
        return self.columns.get((said[1:-1],), "") if said.startswith("{") else ""

    def _duplicate(self) -> str:
        errors = operation(self.service, self.name).errors
        return next((code for code in errors if _THERE.search(code)), "")

    def _otherwise(self) -> Iterator[Step]:
        """Yield the step that brings what is there to what a row of a Create says."""
        _, verb, noun = words_of(self.name)
        for setting in ("Update", "Modify") if verb == "Create" else ():
            other = f"{setting}{noun}"
            if other not in operations(self.service):
                continue
            facts = operation(self.service, other)
            args: dict[str, Any] = {}
            for path, column in self.columns.items():
                mine = ".".join(path)
                if (
                    mine in facts.members
                    and facts.members[mine].type
                    == operation(self.service, self.name).members[mine].type
                ):
                    put_at(args, path, Col(column))
            kind = f"{self.service}:{other}"
            read = KINDS[kind].address if kind in KINDS else None
            if read is None or not read.told or any(part not in args for part in read.parts):
                continue
            if _lacking(facts.members, args, filled_member(self.service)):
                continue
            about = self._addressed(kind, read)
            yield Step(operation=other, args=args, subject=about, settle=_AGAIN)
            return

    def removing(self) -> About:
        """Say how what is taken away is made again: by what was read of it, or by what was sent."""
        subject, read = self.subject, self.read
        if subject is None or read is None:
            return UNSEEN
        undo = self._again(read)
        why = "" if undo is not None else self._lost(read)
        return About(
            subject=subject,
            settle=None if operation(self.service, self.name).token else Look(),
            undo=undo and replace(undo, subject=subject),
            irreversible=why,
        )

    def _again(self, read: AddressedRead) -> Step | None:
        """Return the step that makes it again by what was read; None where that is too little."""
        if read.writes not in makers(self.name):
            return None
        facts = operation(self.service, read.writes)
        args: dict[str, Any] = {
            part: self._col(part) for part in read.parts if part in facts.members
        }
        if args.keys() != read.parts.keys():
            return None  # the service would give it another address
        for path in read.told:
            put_at(args, path.split("."), Was(path))
        if facts.token:
            args[facts.token] = Token()
        if _lacking(facts.members, args, filled_member(self.service)):
            return None
        return Step(operation=read.writes, args=args, settle=Look())

    def _lost(self, read: AddressedRead) -> str:
        """Say why what is taken away can't be made again."""
        if read.writes not in makers(self.name):
            return "Nothing makes again what is taken away."
        unread = EXCEPTIONS.get(f"{self.service}:{read.writes}")
        if unread is not None and not unread.operation:
            return f"{read.operation} does not tell all that {read.writes} makes."
        held = {*read.parts, *(path.partition(".")[0] for path in read.told)}
        lost = [
            path
            for path, of in _top(operation(self.service, read.writes).members).items()
            if of.required and path not in held and path != filled_member(self.service)
        ]
        if lost:
            return f"{read.writes} needs {', '.join(lost)}, which {read.operation} does not tell."
        return f"{read.writes} would make another one, with an id of its own."


_GIVEN = ("Id", "Arn", "ARN", "Url")
"""How members end that the service gives to what is made."""
_FLAGS = frozenset({"DryRun", "ForceDelete", "RecoveryWindowInDays"})


def _top(members: Mapping[str, MemberFacts]) -> dict[str, MemberFacts]:
    """Return the members at the top of a request."""
    return {path: of for path, of in members.items() if re.fullmatch(r"\w+", path)}


def _lacking(members: Mapping[str, Any], args: Mapping[str, Any], filled: str) -> bool:
    return any(
        of.required and re.fullmatch(r"\w+", path) and path not in args and path != filled
        for path, of in members.items()
    )
