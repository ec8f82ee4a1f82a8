"""The names that rows give to what is sought by its name: a row that is done is found by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.expressions import Col, Each, Find, Member
from bulkops.definition.job import Step
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.planning.rows.cells import Value


def gives_names(step: Step) -> bool:
    """Tell whether a step may give its subject another name than the one that it is sought by."""
    subject = step.subject
    if not isinstance(subject, Find) or verb(step.operation) != "update":
        return False
    sought = KINDS[subject.kind].sought
    return sought is not None and any(
        member in step.args for members in sought.borne.values() for member in members
    )


def names_given(step: Step, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Yield (kind, name) of the names that a row gives its thing under the key that it uses."""
    about = step.about
    sought = None if about is None else KINDS[about.kind].sought
    if about is None or sought is None or not isinstance(values.get(about.column), str):
        return
    key, _ = sought.parts(str(values[about.column]))
    for member in sought.borne.get(key, ()):
        arg = step.args.get(member)
        value = values.get(arg.name) if isinstance(arg, Col) else None
        if isinstance(value, str):
            yield about.kind, f"{key}={value}"


def entries_named(step: Step) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield (kind, columns of key and value) of entries by which their owners are sought."""
    subject = step.subject
    if not isinstance(subject, Member) or not RELATIONS[subject.relation].by_name:
        return
    sought, values = KINDS[subject.of.kind].sought, step.args.get(batched_member(step))
    key = step.args.get(sought.key) if sought is not None else None
    if isinstance(key, Col) and isinstance(values, Each) and isinstance(values.item, Col):
        yield subject.of.kind, (key.name, values.item.name)
