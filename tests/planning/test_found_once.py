"""What is found once for all rows says of each row what looking anew at it says.

Of steps that do the same with the same words, one is drawn for: the first of the catalogue's jobs
in the order of their names. Names to be looked up are drawn for each job.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.definition.catalogue import load, names
from bulkops.definition.expressions import (
    Amended,
    Each,
    Empty,
    Entries,
    Held,
    JsonText,
    Keyed,
    Keys,
    Saved,
    Token,
    Was,
    WasList,
    entries_of,
    leaves,
)
from bulkops.definition.gathered_rows import gathers
from bulkops.definition.kinds.found_things import Col, Find, Leaf, Member, Parent
from bulkops.definition.model.member_paths import EACH, holds_arn
from bulkops.definition.model.operations import operation
from bulkops.definition.model.pairs import pair_at
from bulkops.definition.model.value_texts import canonical_json
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import sets_values, verb
from bulkops.planning.calls.argument import LATER, Argument, ArgumentSource
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.calls.json_texts import json_text
from bulkops.planning.compared_members import COMPARED
from bulkops.planning.described_columns import described_args
from bulkops.planning.lookups import Gatherer
from bulkops.planning.plan import Placeholder
from bulkops.planning.rows.cells import CLEAR, Clear, Secret
from bulkops.planning.rows.clear_values import emptied
from bulkops.planning.rows.conditions import any_holds
from bulkops.planning.rows.typed_rows import TypedRow
from bulkops.planning.sheet_check import check
from tests.planning.paper import MOVE, order_of, sheet_of

JOBS = [load(name).job for name in names()]
UNKNOWN = "nowhere"


def words_of(arg):
    """Yield the words that an argument is made of."""
    yield type(arg)
    if isinstance(arg, Mapping):
        inner = arg.values()
    elif isinstance(arg, Keyed):
        inner = arg.items
    else:
        inner = [getattr(arg, name) for name in ("item", "of", "keys") if hasattr(arg, name)]
    for each in inner:
        yield from words_of(each)


def steps():
    """Return steps of which no two do the same with the same words."""
    found = {}
    for job in JOBS:
        if gathers(job):  # lists that rows make together: tests/planning/test_gathered_rows.py
            continue
        for address, step in job.addresses():
            alike = verb(step.operation), frozenset(words_of(step.args))
            found.setdefault(alike, pytest.param(job, address, step, id=f"{job.name} {address}"))
    return list(found.values())


def values_of(job):
    """Draw a row's typed values: blank, cleared, one, several, a secret or a map."""

    def value(column):
        word = st.sampled_from(("ana", "bo", "top/ana", UNKNOWN))
        if column.secret:
            return word.map(Secret) | st.just(CLEAR)
        if column.kind == "flow":  # a flow as it is read: never cleared, nor any other text
            return st.just('{"Version":"2019-10-30","StartAction":"One","Actions":[]}')
        kinds = {"text": word, "integer": st.integers(0, 9), "boolean": st.booleans()}
        usual = kinds.get(column.kind, st.dictionaries(word, word, min_size=1))
        several = st.lists(usual, min_size=1, max_size=2).map(tuple) if column.split else usual
        return st.one_of(usual, several if column.kind != "tags" else usual, st.just(CLEAR))

    return st.fixed_dictionaries({}, optional={each.name: value(each) for each in job.columns})


def find(_find, name, arn):
    return None if name == UNKNOWN else f"{'arn' if arn else 'id'}/{name}"


def sent(name, value):
    match value:
        case Secret():
            return Placeholder(kind="secret", name=name)
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case _:
            return value


def looked_at_anew(job, step, source, arg=None, path=()):  # noqa: C901, PLR0912  # a case a word
    """Yield a step's arguments by walking through all of it for this one row."""
    arg = step.args if arg is None else arg
    match arg:
        case Each():
            yield from looked_at_anew(job, step, source, arg.item, (*path, EACH))
        case Keyed():
            for item in arg.items:
                place, rest = f"[{arg.by}={item[arg.by]}]", {**item}
                del rest[arg.by]
                yield from looked_at_anew(job, step, source, rest, (*path, place))
        case Mapping():
            there = {
                name: list(looked_at_anew(job, step, source, inner, (*path, name)))
                for name, inner in arg.items()
            }
            fixed = {name for name, inner in arg.items() if isinstance(inner, str | int) and path}
            filled = [each for name in there.keys() - fixed for each in there[name]]
            # without a cell beside it a constant says nothing
            if fixed != arg.keys() and all(each.value is None for each in filled):
                there |= {name: [] for name in fixed}
            yield from (each for found in there.values() for each in found)
        case Col() | Find():
            yield from of_a_cell(job, step, source, arg, path)
        case Amended():
            way = str(source.values.get(arg.by.name, ""))
            for found in of_a_cell(job, step, source, arg.item, path):
                yield found._replace(way=way)
        case Entries() | Keys(of=Entries()):
            entries = arg if isinstance(arg, Entries) else arg.of
            for found in of_a_cell(job, step, source, entries.keys, path):
                yield found._replace(held=entries.path)
        case Keys():
            for found in of_a_cell(job, step, source, arg.of, path):
                yield found._replace(value=list(found.value or ()))
        case Saved():
            later = Placeholder(kind="saved", name=arg.name)
            yield Argument(path, source.known.get(arg.name, later), addresses=True)
        case Token():
            yield Argument(path, Placeholder(kind="token"), addresses=True)
        case Held():
            yield Argument(path, LATER, addresses=True)
        case JsonText():
            found = {
                leaf: list(looked_at_anew(job, step, source, leaf, path)) for leaf in arg.leaves
            }
            given = {
                leaf: told.value
                for leaf, each in found.items()
                for told in each
                if told.value is not None
            }
            if given:
                yield Argument(path, json_text(arg, given), next(iter(given)).column, text=arg)
        case Empty():
            yield Argument(path, {}, ".".join(path))
        case Was() | WasList():
            return
        case _:
            yield Argument(path, arg, ".".join(path))


def files_of(step, values):
    """Yield the arguments that put files somewhere."""
    for member, upload in step.uploads.items():
        name, file = upload.file.name, values.get(upload.file.name)
        if isinstance(file, str):
            given = {each: values.get(col.name) for each, col in upload.args.items()}
            args = {each: value for each, value in given.items() if value is not None}
            hole = Placeholder(kind="upload", name=name, holds={"file": file, "args": args})
            yield Argument((member,), hole, name)


def of_a_cell(job, step, source, arg, path):
    value, kind = source.values.get(arg.column), arg.kind if isinstance(arg, Find) else ""
    if isinstance(arg, Parent):
        above = str(value).rpartition("/")[0]
        if above:
            yield Argument(path, find(arg, above, arg.arn or holds_arn(path[-1])), arg.column, kind)
        return
    if isinstance(arg, Leaf) and isinstance(value, str):
        value = value.rpartition("/")[2]
    if value is None:
        return
    default = arg.column in source.defaulted
    if isinstance(value, Clear):
        argument = Argument(path, None, arg.column, kind)
        if verb(step.operation) != "create":
            empty = emptied(job.service, step, argument.dotted)
            argument = argument._replace(value=empty.value if empty else None)
        yield argument
    elif isinstance(arg, Col):
        told = told_to(job, step, path, sent(arg.name, value))
        yield Argument(path, told, arg.name, default=default)
    else:
        several = isinstance(value, tuple)
        ids = [
            find(arg, str(each), arg.arn or holds_arn(path[-1]))
            for each in (value if several else [value])
        ]
        if None not in ids:
            about = arg in around(step)
            yield Argument(path, ids if several else ids[0], arg.column, kind, about, default)


def told_to(job, step, path, told):
    """Return a value as the member at a path takes it: a map as pairs, or as JSON in a text."""
    if not isinstance(told, dict):
        return told
    members, place = operation(job.service, step.operation).members, Argument(path, 0).dotted
    if place in members and members[place].type == "string":
        return canonical_json(told)
    pair = pair_at(members, place)
    return told if pair is None else pair.elements(told)


@pytest.mark.parametrize(("job", "address", "step"), steps())
@settings(deadline=None, max_examples=6)
@given(data=st.data())
def test_a_steps_arguments_are_those_of_a_walk_through_it(job, address, step, data):
    values = data.draw(values_of(job))
    defaulted = frozenset(name for name in values if data.draw(st.booleans()))
    known = data.draw(st.dictionaries(st.sampled_from(("user_id", "user_arn")), st.just("u1")))
    source = ArgumentSource(values=values, find=find, defaulted=defaulted, known=known)
    arguments = StepArguments(job, address, step)
    found = arguments.of(source)
    assert found == [*looked_at_anew(job, step, source), *files_of(step, values)]
    has_key = all(isinstance(values.get(name, CLEAR), str) for name in job.key)
    if UNKNOWN not in repr(values) and has_key:  # every row has its key, and it is never cleared
        assert arguments.is_blank(values) is sets_nothing(job, step, found)


def sets_nothing(job, step, arguments):
    """Tell by what a step would send whether it sets nothing, though it is there to set."""
    columns = {
        leaf.column
        for arg in step.args.values()
        for leaf in leaves(arg)
        if isinstance(leaf, Col | Find) and leaf not in around(step)
    }
    here = [each for each in arguments if not each.addresses and each.field not in job.key]
    return sets_values(step.operation) and bool(columns - set(job.key)) and not here


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
@settings(deadline=None, max_examples=6)
@given(data=st.data(), on_exists=st.sampled_from(["fail", "skip", "update"]))
def test_what_is_wanted_of_an_instance_is_what_each_row_wants_of_it(job, data, on_exists):
    rows = [row_of(data.draw(values_of(job))) for _ in range(data.draw(st.integers(1, 3)))]
    gatherer = Gatherer(job, on_exists)
    for row in rows:
        gatherer.add(row)
    found = gatherer.wants()
    expected = wanted_anew(job, on_exists, rows)
    assert list(found.kinds) == list(expected)
    for kind, want in found.kinds.items():
        assert {name: getattr(want, name) for name in expected[kind]} == expected[kind]


def row_of(values):
    return TypedRow(number=2, key="", target="", values=values, cells=())


def wanted_anew(job, on_exists, rows):
    """Return what rows want of each kind, step by step and row by row."""
    wants = {}
    for row in rows:
        for step in due(row, in_play(job, on_exists)):
            looks = verb(step.operation) in COMPARED or bool(step.expects or step.kept)
            looks = looks or any(entries_of(step.args))
            listing = {among.of for among in step.among.values()}
            compared = isinstance(step.subject, Find) and looks
            for each in finds(step):
                if each.column in row.values:
                    want = wants.setdefault(each.kind, fresh(each.kind))
                    want["names"] |= named(row, each)
                    want["state"] |= (compared and each == step.subject) or each in listing
                    want["every"] |= compared and each != step.subject
                    levels = KINDS[each.kind].levels
                    if levels and verb(step.operation) == "create" and each == step.subject:
                        wants.setdefault(levels, fresh(levels))["every"] = True
            want_keys(wants, row, step)
            want_given(wants, row, step)
            if isinstance(step.subject, Find) and step.subject.column in row.values:
                want, names_here = wants[step.subject.kind], named(row, step.subject)
                want["new"] |= verb(step.operation) == "create" and on_exists != "update"
                if says(row, step, on_exists, hidden) or kept_whole(row, step):
                    want["described"] |= names_here
                elif says(
                    row, step, on_exists, lambda each: (*hidden(each), *described_args(each))
                ):
                    want["whole"] |= names_here
        want_shown(wants, in_play(job, on_exists))
    for want in wants.values():
        want["whole"] -= want["described"]
    return wants


def want_keys(wants, row, step):
    """Want what a row calls a key of something as a name of it."""
    if not isinstance(step.subject, Member) or not RELATIONS[step.subject.relation].by_name:
        return
    columns = step.args["KeyName"].name, step.args["Values"].item.name
    if all(column in row.values for column in columns):
        kind = step.subject.of.kind
        name = "=".join(str(row.values[column]) for column in columns)
        wants.setdefault(kind, fresh(kind))["names"] |= {name}


def want_given(wants, row, step):
    """Want what a row gives something, by the key that it is sought by: it may be found by that."""
    sought = isinstance(step.subject, Find) and KINDS[step.subject.kind].sought
    called = row.values.get(step.subject.column) if sought else None
    if not isinstance(called, str) or verb(step.operation) != "update":
        return
    key = sought.parts(called)[0]
    for member in sought.borne.get(key, ()):
        value = row.values.get(step.args[member].name)
        if isinstance(value, str):
            wants[step.subject.kind]["names"] |= {f"{key}={value}"}


def want_shown(wants, steps):
    """Want the names of what is kept: it is shown by them."""
    for kind in {was.finds for step in steps for was in step.kept} - {""}:
        wants.setdefault(kind, fresh(kind))["every"] = True


def fresh(kind):
    """Return what is wanted of a kind before any row wants more of it."""
    names = dict.fromkeys(("names", "described", "whole"), frozenset())
    return {**names, "every": False, "state": KINDS[kind].has_paths, "new": False}


def due(row, steps):
    return [step for step in steps if any_holds((step.only_if,), row.values)]


def in_play(job, on_exists):
    for step in job.steps:
        yield step
        if on_exists == "update" or isinstance(step.subject, Member):
            yield from step.otherwise


def around(step):
    """Return what a step is about, and what that lies in."""
    return (step.about, step.about.within) if step.about else ()


def finds(step):
    if isinstance(step.subject, Find):
        yield from (each for each in (*around(step), step.subject.sort) if each is not None)
    for arg in step.args.values():
        yield from (leaf for leaf in leaves(arg) if isinstance(leaf, Find))
    yield from (said for said in step.expects.values() if isinstance(said, Find))


def named(row, each):
    if isinstance(each, Parent):
        return frozenset(filter(None, [str(row.values.get(each.column)).rpartition("/")[0]]))
    if each.within is not None:
        parts = [next(iter(words(row.values.get(column))), "") for column in each.columns]
        return frozenset({" / ".join(parts)} if all(parts) else ())
    new = frozenset() if each.renamed is None else words(row.values.get(each.renamed.column))
    return words(row.values.get(each.column)) | new


def words(value):
    if isinstance(value, tuple):
        return frozenset(map(str, value))
    return frozenset() if value is None or isinstance(value, Clear) else frozenset({str(value)})


def hidden(step):
    """Return what a step gives its subject that only a Describe operation tells."""
    if verb(step.operation) not in {"create", "update"} or not isinstance(step.subject, Find):
        return ()
    found = []
    for path in KINDS[step.subject.kind].described_only:
        args = [step.args]
        for member in path.split("."):
            args = [
                item for arg in args for item in (arg.items if isinstance(arg, Keyed) else [arg])
            ]
            args = [arg.get(member) if isinstance(arg, Mapping) else arg for arg in args]
        found += [arg for arg in args if arg is not None]
    return tuple(found)


def kept_whole(row, step):
    """Tell whether a row's thing is kept whole, to be made again."""
    return step.remakes and row.values.get(step.subject.column) is not None


def says(row, step, on_exists, args):
    columns = [
        leaf.column for arg in args(step) for leaf in leaves(arg) if isinstance(leaf, Col | Find)
    ]
    if any(row.values.get(column) is not None for column in columns):
        return True
    others = step.otherwise if on_exists == "update" else ()
    return any(says(row, other, on_exists, args) for other in others)


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(st.tuples(st.sampled_from(("ana", "Ana", "bo", "")), st.sampled_from("XYx"))))
def test_repeated_keys_are_said_as_a_comparison_with_every_row_before_says(rows):
    sheet = sheet_of(*({"username": user, "routing_profile": to} for user, to in rows))
    if not rows:
        return
    found = check(order_of(MOVE, sheet)).problems
    said = [(each.code, each.address.row, each.message) for each in found if "row" in each.code]
    assert said == list(repeats(rows))


def repeats(rows):
    first = {}
    for number, (user, to) in enumerate(rows, start=2):
        if not user:
            continue
        before, spelt, same = first.setdefault(user.casefold(), (number, user, to))
        if before != number:
            case = "stands in row" if spelt == user else "stands, in another case, in row"
            code, how = (
                ("duplicate", "with the same") if same == to else ("contradicting", "with other")
            )
            yield f"{code}-row", number, f"{user} {case} {before} already, {how} values"
