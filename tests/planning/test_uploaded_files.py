"""Files that are put somewhere first: what a plan holds and says of them, and what it asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Col, Column
from bulkops.definition.access import actions
from bulkops.definition.catalogue import load
from bulkops.definition.column_facts import facts_of, uploads_of
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_digest import canonical
from bulkops.planning.calls.placeholders import fill, from_json, to_json
from bulkops.planning.calls.uploaded_files import octets_of
from bulkops.planning.inventory import Thing
from bulkops.planning.job_plan import job_plan
from bulkops.planning.plan import Action, Placeholder, PlannedRow
from tests.planning.paper import checked, inventory_of, order_of, said, sheet_of, target

CREATE, UPDATE = load("create-contents").job, load("update-contents").job
ID = "22222222-2222-4333-8444-555555555555"
THERE = Thing(id=ID, name="Fees", state={"name": "Fees", "title": "Fees"}, described=True)


def decided(job, *there, on_exists="fail", **row):
    order = order_of(job, sheet_of({"content": "Fees", **row}), on_exists=on_exists)
    where = replace(target(), homes={"knowledge-base": ID})
    entries = job_plan(order, {"": where}, {"": inventory_of(content=there)}).entries()
    (decision,) = [each for each in entries if isinstance(each, PlannedRow)]
    return decision


def test_a_plan_holds_what_is_put_and_what_a_place_is_asked_for_with():
    (call,) = decided(CREATE, file="All fees.", format="text").calls
    hole = call.params["uploadId"]
    assert hole.holds == {"file": "All fees.", "args": {"contentType": "text/plain"}}
    assert octets_of(hole.holds) == b"All fees."
    assert from_json(to_json(call.params)) == call.params


def test_octets_come_through_a_ledger_as_they_are():
    hole = Placeholder(kind="upload", name="file", holds={"file": b"\xff\x00", "args": {}})
    assert from_json(to_json({"a": hole})) == {"a": hole}
    assert octets_of(hole.holds) == b"\xff\x00"
    assert fill({"a": hole}, saved={}, secret=str, token="t") == {"a": hole}


def test_what_the_file_needs_beside_it_is_asked_for_at_its_own_cell():
    made = decided(UPDATE, THERE, file="New", format="")
    assert said([made.problem]) == [("required", "Users!C2")]
    assert made.problem.message.startswith("format must be given where file is")


def test_a_file_that_can_t_be_taken_is_said_once():
    row = {"content": "Fees", "file": "@fees.txt", "format": "text"}
    assert checked(CREATE, row) == [("no-file", "Users!B2")]
    assert checked(CREATE, {**row, "file": ""}) == [("missing-value", "Users!B2")]


def test_a_file_is_sent_whenever_it_is_filled_and_told_by_its_digest():
    made = decided(UPDATE, THERE, file="New", format="text")
    assert made.action is Action.UPDATE
    (change,) = made.changes
    assert change.old == "(not known)"
    assert change.new.startswith("3 bytes, SHA-256 ")
    assert decided(UPDATE, THERE, title="Fees").action is Action.NONE


def test_a_content_that_is_there_is_met_whatever_its_file_is():
    made = decided(CREATE, THERE, file="Other", format="text", on_exists="update")
    assert made.action is Action.NONE


@pytest.mark.parametrize(("size", "fits"), [(1_000_000, True), (1_000_001, False)])
def test_a_document_has_so_many_bytes_at_the_most(size, fits):
    made = decided(CREATE, file="x" * size, format="text")
    assert (made.problem is None) is fits


def test_a_format_is_one_of_those_that_the_service_takes():
    made = decided(CREATE, file="x", format="exe")
    assert made.problem is not None
    assert facts_of(CREATE, "format").value.one_of[0] == "text/plain"
    assert uploads_of(CREATE, "title") == ()


def _with_upload(**changes):
    (step,) = CREATE.steps
    upload = replace(step.uploads["uploadId"], **changes)
    return replace(CREATE, steps=(replace(step, uploads={"uploadId": upload}),))


def test_what_is_wrong_with_an_upload_is_a_fault_of_the_job():
    wrong = _with_upload(args={"contentTyp": Col("format")}, url="address")
    said_of = " ".join(faults_of(wrong))
    assert "contentType must be given" in said_of
    assert "there is no member contentTyp" in said_of
    assert "StartContentUpload does not answer with address" in said_of
    assert "there is no column fil" in " ".join(faults_of(_with_upload(file=Col("fil"))))
    (fault,) = faults_of(_with_upload(file=Col("title")))[-1:]
    assert "takes none" in " ".join(faults_of(_with_upload(file=Col("title")))), fault
    nothing = _with_upload(operation="ListKnowledgeBases", args={"x": Col("format")})
    assert faults_of(nothing)


def test_an_upload_is_part_of_the_digest_and_of_the_policy():
    assert "StartContentUpload" in canonical(CREATE)
    assert '"uploads"' not in canonical(load("create-users").job)
    assert "wisdom:StartContentUpload" in {access.action for access in actions(CREATE)}
    assert isinstance(CREATE.column("file"), Column)
