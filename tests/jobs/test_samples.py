from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bulkops.definition import Find
from bulkops.definition.catalogue import load, names
from bulkops.definition.expressions import leaves
from bulkops.definition.verbs import verb
from bulkops.planning.rows.cell_reader import CLEAR_WORD
from bulkops.suggestions import plain

SAMPLES = Path(__file__).parents[2] / "samples"

THERE = {
    "routing-profile": {
        "Basic Routing Profile",
        "Support Tier 1",
        "Support Tier 2",
        "Billing",
        "Sales EMEA",
        "Sales Americas",
    },
    "task-template": {"Follow up", "Old follow up"},
    "evaluation-form": {"Call quality", "Chat quality", "Old call quality"},
    "security-profile": {"Agent", "CallCenterManager", "QualityAnalyst", "Admin"},
    "queue": {
        "BasicQueue",
        "Support",
        "Support VIP",
        "Billing",
        "Sales EMEA",
        "Sales Americas",
        "Escalations",
    },
    "hierarchy-group": {
        "Contact Centre/Dublin/Support",
        "Contact Centre/Dublin/Billing",
        "Contact Centre/Lisbon",
        "Contact Centre/Lisbon/Support",
        "Contact Centre/Lisbon/Sales",
        "Billing",
        "Sales",
    },
    "quick-connect": {"Supervisor desk", "Billing desk", "Dublin reception"},
    "hours-of-operation": {"Basic Hours", "Around the clock"},
    "hours-of-operation-override": {"New Year", "Site day"},
    "agent-status": {"Available", "Offline", "Break", "Lunch", "Training"},
    "prompt": {"Welcome.wav", "Hold.wav"},
    "phone-number": {"+35315550100", "+18005550142"},
    "vocabulary": {"Place-names"},
    "customer-profile": {
        "A-1001",
        "A-1004",
        "A-1029",
        "dmitri.volkov@example.com",
        "_fullName=Eva Nowak",
        "dara.flynn@example.com",
        "eva.nowak@example.com",
        "ann.byrne@example.com",
        "A-1002",
    },
    "rule": {"Refund-mentioned", "Outage-escalated", "Old-alert"},
    "profile-object-type": {"Order", "Subscriber"},
    "profile-object": {"O-1"},
    "campaign-flow": {"Campaign journey"},
    "campaign": {
        "Winter offers",
        "Autumn offers",
        "Spring survey",
        "Payment reminders",
        "Old promotion",
        "Never begun",
        "Delivery texts",
        "Newsletter",
    },
    "data-table": {"Tariffs", "Tickets", "tickets", "Old prices"},
    "data-table-attribute": {"Country", "Price", "price", "Note", "note"},
    "outbound-whisper-flow": {"Default outbound"},
    "contact-flow": {
        "Old hotline",
        "Old greeting",
        "Sample inbound flow",
        "After hours",
        "Default outbound",
        "Default agent transfer",
        "Default queue transfer",
    },
    "predefined-attribute": {"connect:Language", "Skill", "Old skill"},
    "contact-flow-module": {"Old prompts", "Old survey"},
    "case": {"10000001", "Order number=A-1002", "Order number=A-1003", "10000003"},
    "case-field": {
        "Order number",
        "Due",
        "Product",
        "Channel of choice",
        "Old note",
        "Case reason",
    },
    "case-select-field": {"Product", "Channel of choice", "Case reason"},
    "case-layout": {"Order layout"},
    "case-template": {"General enquiry", "Complaint", "Recall"},
    "content": {"Returns", "Opening hours", "Old prices"},
    "quick-response": {"Greeting", "Goodbye", "Refund", "Old offer"},
    "user": {"admin", "j.murphy", "m.silva", "a.kowalska"},
}
"""What the simulator starts with, as far as the samples name it."""


def _is_for(job, step, record):
    """Whether a step is one for a sample's row."""
    if step is None or step.only_if is None:
        return True
    name, value = step.only_if
    said = {value, *job.column(name).spellings.get(value, ())}
    return plain(record[name]) in set(map(plain, said))


def _cells(job, column, step=None):
    with (SAMPLES / f"{job.name}.csv").open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            if not _is_for(job, step, record):
                continue
            text = record[column.name]
            for separator in column.split:
                text = text.replace(separator, "\n")
            yield from filter(None, text.split("\n"))


@pytest.mark.parametrize("name", names())
def test_the_samples_name_what_the_simulator_starts_with(name):
    job = load(name).job
    for address, step in job.addresses():
        own = job.step(address.removesuffix(".undo"))
        for column in job.columns:
            for found in _found_kinds(step.args, column.name):
                made = found == _made_kind(job)
                for cell in _cells(job, column, own):
                    assert made or cell in (*THERE[found], CLEAR_WORD), cell


def _made_kind(job):
    first = job.steps[0]
    makes = verb(first.operation) == "create" and first.subject is not None
    return first.subject.kind if makes else ""


def _found_kinds(args, column):
    for arg in args.values():
        for leaf in leaves(arg):
            if isinstance(leaf, Find) and leaf.by.name == column:
                yield leaf.kind


def test_new_users_are_not_there_yet():
    job = load("create-users").job
    created = set(_cells(job, job.column("username")))
    assert not created & THERE["user"]
    assert all(len(username) <= 20 for username in created)


def test_every_sample_is_of_a_job():
    stems = {path.stem for path in SAMPLES.glob("*.csv")}
    assert stems == set(names())
    assert {path.stem for path in SAMPLES.glob("*.xlsx")} == stems
