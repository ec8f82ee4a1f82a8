"""What every job file keeps to, whoever wrote it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from pathlib import Path

import openpyxl
import pytest

from bulkops.definition import (
    Amended,
    Col,
    Each,
    Empty,
    Entries,
    Find,
    Held,
    JsonText,
    Keyed,
    Keys,
    Saved,
    Token,
    Was,
    WasList,
)
from bulkops.definition.access import actions
from bulkops.definition.batch_limits import batch_size, batched_member
from bulkops.definition.catalogue import load, names
from bulkops.definition.column_facts import facts_of
from bulkops.definition.gathered_rows import gathers
from bulkops.definition.homes import everywhere, filled
from bulkops.definition.job import takes_back
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_description import describe
from bulkops.definition.model.member_paths import EACH, under
from bulkops.definition.model.operations import operation
from bulkops.definition.model.operations import operation as operation_facts
from bulkops.definition.model.pairs import pair_at
from bulkops.definition.model.request_check import ViolationCode, violations
from bulkops.definition.verbs import verb
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.calls.json_texts import json_text
from bulkops.planning.calls.placeholders import is_placeholder
from bulkops.planning.plan import Placeholder
from bulkops.planning.sheet_check import check
from tests.planning.paper import order_of, sheet_of

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
INSTANCE = "11111111-2222-4333-8444-555555555555"
MADE_UP = "22222222-2222-4333-8444-555555555555"
YES = frozenset({"yes", "true"})

JOBS = [load(name).job for name in names()]
every_job = pytest.mark.parametrize("job", JOBS, ids=names())
each_row_alone = pytest.mark.parametrize(
    "job", [job for job in JOBS if not gathers(job)], ids=lambda job: job.name
)
gathered = pytest.mark.parametrize(
    "job", [job for job in JOBS if gathers(job)], ids=lambda job: job.name
)


def _sample(job):
    with (SAMPLES / f"{job.name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _typed(column, text):
    """A cell as the job means it: the least of what planning does, for the samples alone."""
    if not text:
        return column.default
    parts = [text]
    for separator in column.split:
        parts = [piece for part in parts for piece in part.split(separator)]
    spelt = {
        said.casefold(): value
        for value, words in column.spellings.items()
        for said in (value, *words)
    }
    read = {
        "integer": int,
        "boolean": lambda said: said.casefold() in YES,
        "tags": lambda _: dict(part.split("=", 1) for part in parts),
        "number": float,
        "time": _clock,
        "duration": int,
        "json": json.loads,
        "map": _map,
        "text": lambda said: parts if column.split else spelt.get(said.casefold(), said),
    }
    return read.get(column.kind, str)(text)


def _map(said):
    if said.startswith("{"):
        return json.loads(said)
    return dict(part.strip().split("=", 1) for part in said.split(";"))


def _clock(said):
    at = time.fromisoformat(said)
    return {"Hours": at.hour, "Minutes": at.minute}


def _filled(arg, row):  # noqa: C901, PLR0912  # a case a word
    """An argument with a row's values and made-up ids; None where the row leaves it out."""
    match arg:
        case Col():
            filled = row[arg.name]
        case Find():
            named = row[arg.by.name]
            one = Placeholder(kind="found")  # an id or an ARN, as the member has it
            made = [one for _ in named] if isinstance(named, list) else one
            filled = None if named is None else made
        case Amended():
            filled = _filled(arg.item, row)
        case Keys():
            filled = None if row[arg.column] is None else list(row[arg.column])
        case Entries():
            filled = dict.fromkeys(row[arg.column], "was there")
        case Token():
            filled = "0" * 8 + "-0000-4000-8000-" + "0" * 12
        case Empty():
            filled = {}
        case JsonText():
            given = {leaf: _filled(leaf, row) for leaf in arg.leaves}
            said = {leaf: value for leaf, value in given.items() if value is not None}
            filled = json_text(arg, said)
        case Saved() | Was() | WasList() | Held():  # whatever the service itself answered
            filled = Placeholder(kind="was")
        case Each():
            filled = [_filled(arg.item, row)]
        case Keyed():
            elements = [_filled(item, row) for item in arg.items]
            filled = [each for each in elements if each and each.keys() != {arg.by}] or None
        case Mapping():
            members = {name: _filled(inner, row) for name, inner in arg.items()}
            given = {name: value for name, value in members.items() if value is not None}
            said = [name for name in given if not isinstance(arg[name], str)]
            filled = given if said or given.keys() == arg.keys() else None
        case _:
            filled = arg
    return filled


def _paired(members, path, value):
    """A value as it is sent, where a map goes to a list of pairs."""
    if isinstance(value, dict):
        facts = members.get(path)  # a shape that holds its own like is told once
        pair = pair_at(members, path) if facts is not None and facts.type == "list" else None
        if pair is not None:
            return pair.elements(value)
        return {name: _paired(members, under(path, name), each) for name, each in value.items()}
    if isinstance(value, list):
        return [_paired(members, f"{path}{EACH}", each) for each in value]
    return value


def _violations(job, operation, params):
    """What the model refuses; what an update leaves out is added from what is there."""
    members = operation_facts(job.service, operation).members
    texts = {
        name: json.dumps(value)
        for name, value in params.items()
        if isinstance(value, dict) and members[name].type == "string"
    }
    sent = _paired(members, "", params | texts)
    found = violations(
        job.service, operation, sent, identity="CONNECT_MANAGED", skip=is_placeholder
    )
    completed = verb(operation) == "update"
    return tuple(each for each in found if not (completed and each.code is ViolationCode.MISSING))


def _sent(step, row):
    """A step's request with a row's values, the ids of its files made up."""
    files = {name: row[upload.file.name] for name, upload in step.uploads.items()}
    return (_filled(step.args, row) or {}) | {name: MADE_UP for name in files if files[name]}


def _requests(job):
    for record in _sample(job):
        row = {column.name: _typed(column, record[column.name]) for column in job.columns}
        for address, step in job.addresses():
            given = {column: value for column, value in row.items() if value is not None}
            own = job.step(address.partition(".undo")[0])
            planned = StepArguments(job, address, own)
            if planned.is_due(given) and not planned.is_blank(given):
                homes = filled(job.service, step.operation, everywhere(INSTANCE))
                yield address, step.operation, homes | _sent(step, row)


@every_job
def test_a_job_has_no_faults(job):
    assert faults_of(job) == ()


def test_each_file_holds_the_job_of_its_name():
    files = {path.stem for path in (ROOT / "jobs").glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in names()} == files
    assert all(load(name).job.name == name for name in names())


@every_job
def test_the_secrets_are_the_columns_that_feed_secret_members(job):
    secret = {column.name for column in job.columns if column.secret}
    feeding = {
        column.name
        for column in job.columns
        for feed in facts_of(job, column.name).feeds
        if operation(job.service, feed.operation).member(feed.path).secret
    }
    assert secret == feeding


@every_job
def test_the_sample_has_exactly_the_jobs_columns(job):
    with (SAMPLES / f"{job.name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == [column.name for column in job.columns]


@every_job
def test_the_workbook_holds_the_same_cells_as_text(job):
    workbook = openpyxl.load_workbook(SAMPLES / f"{job.name}.xlsx")
    (sheet,) = workbook.worksheets
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    lines = [[cell.value or "" for cell in line] for line in sheet.iter_rows()]
    with (SAMPLES / f"{job.name}.csv").open(encoding="utf-8", newline="") as file:
        assert lines == list(csv.reader(file))


@every_job
def test_the_sample_has_rows_with_keys_of_their_own(job):
    keys = [tuple(record[name] for name in job.key) for record in _sample(job)]
    assert keys
    assert len(set(keys)) == len(keys)
    required = [column.name for column in job.columns if column.required]
    assert all(record[name] for record in _sample(job) for name in required)


@gathered
def test_rows_that_make_a_list_together_give_requests_that_the_model_accepts(job):
    example = {column.name: column.example for column in job.columns}
    for rows in (_sample(job), [example]):
        order = order_of(job, sheet_of(*rows), on_exists="update")
        assert check(order, {"": "CONNECT_MANAGED"}).problems == ()


@each_row_alone
def test_the_samples_rows_give_requests_that_the_model_accepts(job):
    found = [(address, *_violations(job, name, params)) for address, name, params in _requests(job)]
    assert [each for each in found if len(each) > 1] == []
    assert len(found) >= len(_sample(job))


@each_row_alone
def test_the_examples_in_the_columns_are_accepted_too(job):
    example = {column.name: _typed(column, column.example) for column in job.columns}
    for address, step in job.addresses():
        if not StepArguments(job, address, step).is_due(example):
            continue
        homes = filled(job.service, step.operation, everywhere(INSTANCE))
        params = homes | _sent(step, example)
        assert _violations(job, step.operation, params) == ()


@every_job
def test_what_a_job_makes_can_be_taken_back_or_it_says_why_not(job):
    for address, step in job.addresses():
        if not takes_back(address) and verb(step.operation) in ("create", "associate"):
            assert step.undo is not None or step.irreversible
        if verb(step.operation) == "delete" and not takes_back(address):
            assert step.irreversible or step.remakes or step.undo.makes


@every_job
def test_every_column_and_the_job_speak_to_their_user(job):
    assert job.summary.endswith(".")
    for column in job.columns:
        assert column.help.endswith(".")
        assert column.example


@every_job
def test_everything_can_be_derived_from_the_job(job):
    assert len(describe(job).columns) == len(job.columns)
    looks = {"read"} if any(step.subject for step in job.steps) else set()
    assert {access.purpose for access in actions(job)} >= {"target", "write"} | looks


@every_job
def test_a_batch_is_undone_in_batches(job):
    for step in job.steps:
        if batched_member(step):
            assert batch_size(job.service, step) > 1
            assert batched_member(step.undo or step)


@every_job
def test_a_dropped_secret_an_unused_column_and_wrong_words_are_all_caught(job):
    step, column = job.steps[0], job.columns[0]
    dropped = [
        replace(job, columns=tuple(replace(c, secret=not c.secret) for c in job.columns)),
        replace(job, columns=(*job.columns, replace(column, name="unused", aliases=()))),
        replace(job, steps=(replace(step, operation=step.operation[:-1]), *job.steps[1:])),
        replace(job, steps=(replace(step, args={**step.args, "Wrong": "x"}), *job.steps[1:])),
    ]
    for seeded in dropped:
        assert faults_of(seeded)
    for seeded in _with_nested_misspellings(job):
        assert faults_of(seeded)


def _with_nested_misspellings(job):
    step = job.steps[0]
    for name, arg in step.args.items():
        inner = arg.item if isinstance(arg, Each) else arg
        if isinstance(inner, Mapping):
            wrong = {f"{member}s": value for member, value in inner.items()}
            shaped = Each(wrong) if isinstance(arg, Each) else wrong
            yield replace(job, steps=(replace(step, args={**step.args, name: shaped}),))
