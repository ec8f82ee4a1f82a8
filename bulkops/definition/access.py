"""The IAM actions that a job needs, with the resources that each acts on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bulkops.definition.call_marks import TAGS, bearer, most_tags
from bulkops.definition.expressions import entries_of, leaves
from bulkops.definition.homes import INSTANCE as INSTANCE_HOME
from bulkops.definition.homes import PROFILES_DOMAIN, Home, home_of, is_asked_with_instance
from bulkops.definition.iam.acted_on import INSTANCE, resources_along, resources_at, resources_of
from bulkops.definition.iam.action_names import actions_of, along_with, path_of, tagging
from bulkops.definition.iam.reference import HOME
from bulkops.definition.job import Job, Step, takes_back
from bulkops.definition.kinds.flows import NAMED
from bulkops.definition.kinds.found_things import Find, Member
from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.uses import USES, InAssociations, InList
from bulkops.definition.verbs import verb

Purpose = Literal["target", "alias", "pace", "read", "write", "undo"]
"""What an action is for: to know the instance, to find it by its alias, to know the quotas, to
look names and states up, to carry the job out, to take it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IamAction:
    """An operation that a job calls, by botocore's names of it and of its service.

    What it needs of IAM is looked up when it is asked for: a run has no need to know.
    """

    service: str
    operation: str
    purpose: Purpose

    @property
    def action(self) -> str:
        """The action of its own; empty where IAM has no say: a token is its authority."""
        return next(iter(actions_of(self.service, self.operation)), "")

    @property
    def resources(self) -> tuple[str, ...]:
        """The ARNs that it acts on, with {partition} {region} {account} {instance_id}."""
        path = path_of(self.service, self.operation)
        if path:
            return resources_at(path)
        return self.in_home(resources_of(self.action)) if self.action else ()

    def in_home(self, resources: Iterable[str]) -> tuple[str, ...]:
        """Return ARNs with the name of the home that the operation works in, where it has one."""
        home = home_of(self.service, self.operation)
        place = f"{{{home.name}}}" if home is not None else "*"
        return tuple(each.replace(HOME, place) for each in resources)

    @property
    def dependents(self) -> tuple[str, ...]:
        """The actions that are checked along with its own, on what `checked_along` gives."""
        _, *more = actions_of(self.service, self.operation) or ("",)
        if self.action:
            more += _checked_along(self.service, self.operation, self.action)
        return tuple(dict.fromkeys(more))


def actions(job: Job) -> tuple[IamAction, ...]:
    """Return what every operation that runs of a job call needs, under its first purpose.

    Undo by the job's own operations needs nothing more; undo steps' actions are marked so.
    """
    found: dict[tuple[str, str], IamAction] = {}
    for access in (*_to_begin(job), *_of_runs(job)):
        found.setdefault((access.service, access.operation), access)
    return tuple(found.values())


def _of_runs(job: Job) -> Iterator[IamAction]:
    yield from _to_look(job)
    yield from _to_act(job)
    yield from _to_delete_by_undo(job)


def homes_of(job: Job) -> tuple[Home, ...]:
    """Return the homes that runs of a job work in, each once; none where they need no instance.

    What a job says by itself, as derived ones do, is no home of it.
    """
    said = {(job.service, step.operation): set(step.args) for _, step in job.addresses()}
    for _, step in job.addresses():
        address = KINDS[step.about.kind].address if step.about is not None else None
        if address is not None:
            said[job.service, address.operation] = set(address.arguments)
    found: dict[str, Home] = {}
    for access in _of_runs(job):
        home = home_of(access.service, access.operation)
        if home and home.member not in said.get((access.service, access.operation), ()):
            found.setdefault(home.name, home)
    listings = [KINDS[find.kind].listing for _, step in job.addresses() for find in _finds(step)]
    if any(is_asked_with_instance(listing.fixed) for listing in listings):
        found.setdefault(INSTANCE_HOME.name, INSTANCE_HOME)
    return tuple(found.values())


def services_of(job: Job) -> tuple[str, ...]:
    """Return the services that runs of a job call, each once."""
    return tuple(dict.fromkeys(access.service for access in _of_runs(job)))


def _to_begin(job: Job) -> Iterator[IamAction]:
    homes = homes_of(job)
    if homes:
        yield _access("connect", "DescribeInstance", "target")
        yield _access("connect", "ListInstances", "alias")
    if any(home.association for home in homes):
        yield _access("connect", "ListIntegrationAssociations", "target")
    if PROFILES_DOMAIN in homes:
        yield _access(PROFILES_DOMAIN.service, "ListDomains", "target")
    yield _access("service-quotas", "ListServiceQuotas", "pace")


def _to_look(job: Job) -> Iterator[IamAction]:
    """Names are listed; states and ancestors searched, and described where a search can't tell.

    What is removed is only described, to be kept before it goes.
    """
    for _, step in job.addresses():
        for find in _finds(step):
            kind = KINDS[find.kind]
            yield _listing(kind.service, kind.listing)
            yield from _to_seek(kind)
            if find == step.subject or kind.has_paths:
                removed = verb(step.operation) in ("delete", "disassociate")
                looked_at = step.expects or step.kept or any(entries_of(step.args))
                searched = kind.has_paths or not removed or bool(looked_at)
                yield from _states(kind, searched=searched)
            if kind.levels and find == step.subject and verb(step.operation) == "create":
                yield _listing(KINDS[kind.levels].service, KINDS[kind.levels].listing)
        for kind in (KINDS[was.finds] for was in step.kept if was.finds):
            yield _listing(kind.service, kind.listing)  # what is kept is shown by its name
        for among in step.among.values():
            yield from _states(KINDS[among.of.kind], searched=True)
        if step.accepted is not None:
            yield _access(job.service, step.accepted.operation, "read")
        if isinstance(step.subject, Member):
            relation = RELATIONS[step.subject.relation]
            yield _listing(relation.service, relation.listing)
    if any(column.kind == "flow" for column in job.columns):
        yield from (_listing(KINDS[kind].service, KINDS[kind].listing) for kind in NAMED)
    yield from _to_define(job)
    yield from _to_delete(job)


def _to_define(job: Job) -> Iterator[IamAction]:
    """Yield what is read of that by which a target adds columns, and of what these name."""
    kind = KINDS[job.defined.kind] if job.defined is not None else None
    if kind is None or kind.defines is None:
        return
    yield _listing(kind.service, kind.listing)
    if kind.defines.options:
        relation = RELATIONS[kind.defines.options]
        yield _listing(relation.service, relation.listing)
    for form in kind.defines.forms.values():
        if form.finds:
            yield _listing(KINDS[form.finds].service, KINDS[form.finds].listing)


def _to_seek(kind: ThingKind) -> Iterator[IamAction]:
    """Yield what finding by a key takes: keys have names, and what a search shows trails."""
    if kind.sought is not None or kind.is_sort:
        yield from _states(kind, searched=False)
    if kind.sought is not None and kind.sought.keys is not None:
        yield _listing(kind.service, kind.sought.keys)


def _to_delete(job: Job) -> Iterator[IamAction]:
    """Yield what is read of a thing and of its users before it is deleted, by an undo too."""
    for _, step in job.addresses():
        for name in step.kept_lists:
            yield _listing(RELATIONS[name].service, RELATIONS[name].listing)
        if verb(step.operation) == "delete" and isinstance(step.subject, Find):
            yield from _to_find_users(step.subject.kind)


def _to_delete_by_undo(job: Job) -> Iterator[IamAction]:
    """Yield what is read before an undo deletes what was made, where others may use it by now."""
    for address, step in job.addresses():
        deletes = takes_back(address) and verb(step.operation) == "delete"
        if deletes and isinstance(step.subject, Find):
            found = _to_find_users(step.subject.kind)
            yield from (replace(access, purpose="undo") for access in found)


def _to_find_users(kind: str) -> Iterator[IamAction]:
    """Yield what looking for users takes: whatever uses a thing is found before it is deleted."""
    for place in USES[kind].places if kind in USES else ():
        if isinstance(place, InAssociations):
            yield _listing("connect", place.listing)
            continue
        by = KINDS[place.by]
        yield _listing(by.service, by.listing)
        if isinstance(place, InList):
            relation = RELATIONS[place.relation]
            yield _listing(relation.service, relation.listing)
        else:
            yield from _states(by, searched=True)


def _finds(step: Step) -> Iterator[Find]:
    for arg in step.args.values():
        yield from (leaf for leaf in leaves(arg) if isinstance(leaf, Find))
    yield from (said for said in step.expects.values() if isinstance(said, Find))
    if step.about is not None:
        yield step.about
        yield from (each for each in (step.about.within, step.about.sort) if each is not None)


def _states(kind: ThingKind, *, searched: bool) -> Iterator[IamAction]:
    if searched and kind.search is not None:
        yield _listing(kind.service, kind.search)
    if kind.describe is not None:
        yield _access(kind.service, kind.describe.operation, "read")
    if kind.further is not None:
        yield _access(kind.service, kind.further.operation, "read")
    if kind.own_list is not None:
        yield _listing(kind.service, kind.own_list.listing)
    if kind.beside is not None:
        yield _listing(kind.service, kind.beside.listing)


def _to_act(job: Job) -> Iterator[IamAction]:
    steps = list(job.addresses())
    for address, step in steps:
        if not takes_back(address):
            yield _access(job.service, step.operation, "write")
            for upload in step.uploads.values():
                yield _access(job.service, upload.operation, "write")
    for address, step in steps:
        if takes_back(address):
            yield _access(job.service, step.operation, "undo")


def _listing(service: str, listing: Listing) -> IamAction:
    return _access(service, listing.operation, "read")


def _access(service: str, operation: str, purpose: Purpose) -> IamAction:
    return IamAction(service=service, operation=operation, purpose=purpose)


def _checked_along(service: str, operation: str, action: str) -> Iterator[str]:
    yield from along_with(action) or _described_by_search(service, operation)
    if most_tags(service, operation) and bearer(service) == TAGS:
        # tags given to something new are checked as tagging it
        yield from filter(None, [tagging(action)])


def _described_by_search(service: str, operation: str) -> Iterator[str]:
    """Yield the action that a search needs beside its own: it shows what Describe tells."""
    for kind in KINDS.values():
        search = kind.search if kind.service == service else None
        if search is not None and search.operation == operation and kind.describe:
            yield from actions_of(service, kind.describe.operation)


def checked_along(access: IamAction) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the service checks beside an action, each with the resources that it acts on.

    What is made outside of an instance, such as a phone number, is tagged there.
    """
    is_inside = any(each.startswith(f"{INSTANCE}/") for each in access.resources)
    for action in access.dependents:
        if action == "connect:TagResource" and not is_inside:
            yield action, access.resources
        else:
            along = resources_along(action, access.dependents, access.resources)
            yield action, access.in_home(along)
