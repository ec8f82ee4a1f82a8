from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Col, DefinedColumns, Find, Saved, Step
from bulkops.definition.access import actions
from bulkops.definition.catalogue import load
from bulkops.definition.column_facts import facts_of
from bulkops.definition.defined_columns import Definition, as_defined, as_kept, load_defined
from bulkops.definition.job_checks.step_checks import step_faults

CASES = load("create-cases")
DEFINED = (
    Definition(id="title", name="Title", type="Text"),
    Definition(id="reference_number", name="Reference number", type="Text"),
    Definition(id="f-1", name="Order number", type="Text"),
    Definition(id="f-2", name="Amount", type="Number"),
    Definition(id="f-3", name="Owner", type="User"),
    Definition(id="f-4", name="Product", type="SingleSelect", options=(("tab", "Tablet"),)),
    Definition(id="f-5", name="Summary", type="Text"),
    Definition(id="f-6", name="Shape", type="Hologram"),
    Definition(id="f-7", name="Action", type="Boolean"),
)


def test_each_field_is_a_column_and_an_element_of_the_list():
    job = as_defined(CASES, DEFINED).job
    added = job.columns[len(CASES.job.columns) :]
    names = [each.name for each in added]
    assert names == [
        *("Order number", "Amount", "Owner", "Product"),
        *("Summary (field)", "Action (field)"),
    ]
    assert [each.kind for each in added] == ["text", "number", "text", "text", "text", "boolean"]
    items = job.steps[0].args["fields"].items[len(CASES.job.steps[0].args["fields"].items) :]
    assert items[0] == {"id": "f-1", "value": {"stringValue": Col("Order number")}}
    assert items[1] == {"id": "f-2", "value": {"doubleValue": Col("Amount")}}
    assert items[2] == {"id": "f-3", "value": {"userArnValue": Find("user", Col("Owner"))}}
    assert facts_of(job, "Owner").finds == "user"
    assert job.column("Product").spellings == {"tab": ("Tablet",)}


def test_a_run_goes_on_with_what_was_defined_when_it_began():
    defined = as_defined(CASES, DEFINED)
    again = load_defined("create-cases", as_kept(DEFINED))
    assert again == defined
    assert defined.sha256 != CASES.sha256
    assert defined.definitions == DEFINED
    assert as_defined(defined, DEFINED) == defined  # there is nothing more to add


def test_a_job_of_which_nothing_is_defined_stays_as_it_is():
    users = load("create-users")
    assert as_defined(users, DEFINED) is users
    undefined = replace(CASES.job.defined, kind="case-layout")
    other = replace(CASES, job=replace(CASES.job, defined=undefined))
    assert as_defined(other, DEFINED) is other
    assert "cases:ListFieldOptions" not in {each.action for each in actions(other.job)}


def test_what_is_read_to_know_the_columns_is_in_the_policy():
    needed = {each.action for each in actions(CASES.job)}
    assert {"cases:ListFields", "cases:ListFieldOptions", "connect:ListUsers"} <= needed


def test_a_job_says_of_what_it_gets_columns():
    wrong = replace(CASES.job, defined=DefinedColumns(kind="user", argument="templateId"))
    assert list(step_faults(wrong)) == [
        'nothing of kind "user" defines values, so a target adds no columns.',
        "templateId must be Keyed: a target adds elements to it.",
    ]


def test_a_step_without_the_list_is_left_alone():
    other = Step(operation="DeleteCase", args={"caseId": Saved("case_id")})
    both = replace(CASES.job, steps=(*CASES.job.steps, other))
    assert as_defined(replace(CASES, job=both), DEFINED).job.steps[1] == other
