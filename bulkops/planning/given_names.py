"""The names that rows give to what is sought by its name: a row that is done is found by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.expressions import leaves
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Col, Find, Member
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


def entries_named(step: Step) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (kind, columns of key and value) of entries by which their owners are sought."""
    subject = step.subject
    if not isinstance(subject, Member):
        return
    sought = KINDS[subject.of.kind].sought
    if sought is not None and RELATIONS[subject.relation].by_name:
        fed = (leaf for name in (sought.key, sought.values) for leaf in leaves(step.args[name]))
        yield subject.of.kind, tuple(leaf.column for leaf in fed if isinstance(leaf, Col))
