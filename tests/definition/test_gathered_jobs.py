from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Col, Each, Find, Step, Together
from bulkops.definition.catalogue import load
from bulkops.definition.expressions import leaves
from bulkops.definition.gathered_rows import gathers, own_columns, subject_columns
from bulkops.definition.job_checks.job_faults import faults_of

CREATE = load("create-hours-of-operation").job
STEP = CREATE.steps[0]
WEEK = STEP.args["Config"]


def with_step(**changed):
    return replace(CREATE, steps=(replace(STEP, **changed),))


def with_week(week):
    update = replace(STEP.otherwise[0], args={**STEP.otherwise[0].args, "Config": week})
    return with_step(args={**STEP.args, "Config": week}, otherwise=(update,))


def with_column(**changed):
    column = replace(CREATE.column("tags"), name="change", kind="text", split="", **changed)
    job = with_week(replace(WEEK, how=Col("change")))
    return replace(job, columns=(*job.columns, column))


def test_which_jobs_gather_rows_and_by_which_columns():
    assert gathers(CREATE)
    assert not gathers(load("create-users").job)
    assert not gathers(load("associate-queue-quick-connects").job)
    assert subject_columns(CREATE) == ("hours_of_operation",)
    assert subject_columns(with_step(subject=None)) == ()
    assert own_columns(CREATE) == {"day", "opens", "closes"}
    assert own_columns(with_column(default="add")) == {"day", "opens", "closes", "change"}


def test_the_leaves_of_a_list_are_those_of_its_element_and_what_is_done_with_it():
    listed = Together({"Day": Col("day")}, how=Col("change"))
    assert list(leaves(listed)) == [Col("day"), Col("change")]


@pytest.mark.parametrize(
    ("job", "fault"),
    [
        (
            replace(CREATE, steps=(STEP, STEP)),
            "rows that make a list together have one step, and this job has several.",
        ),
        (
            with_step(otherwise=(replace(STEP.otherwise[0], subject=Find("user", Col("day"))),)),
            (
                "step 0.0 (UpdateHoursOfOperation) must be about the thing whose list the rows make"
                " together."
            ),
        ),
        (
            with_step(args={**STEP.args, "Name": WEEK}),
            "step 0 (CreateHoursOfOperation): Name is a string, not a list.",
        ),
        (
            with_step(args={**STEP.args, "Config": Each(WEEK.item)}),
            (
                "step 0 (CreateHoursOfOperation) sends a list in parts, and one that is only sent"
                " whole."
            ),
        ),
        (
            with_column(spellings={"swap": ()}, default="add"),
            "step 0 (CreateHoursOfOperation): column change can say replace, add, remove only.",
        ),
        (
            with_column(spellings={"add": ()}),
            "step 0 (CreateHoursOfOperation): column change needs one of them as its default.",
        ),
    ],
)
def test_what_can_be_wrong_with_a_list_that_rows_make(job, fault):
    assert fault in faults_of(job)


def test_a_sound_one_has_no_fault():
    assert faults_of(with_column(spellings={"add": (), "remove": ()}, default="add")) == ()


def test_a_list_may_be_of_ids():
    user = Find("user", Col("hours_of_operation"))
    step = Step(
        operation="UpdateUserSecurityProfiles",
        subject=user,
        args={
            "UserId": user,
            "SecurityProfileIds": Together(Find("security-profile", Col("day"))),
        },
    )
    names = ("hours_of_operation", "day")
    columns = tuple(column for column in CREATE.columns if column.name in names)
    job = replace(CREATE, key=("hours_of_operation",), columns=columns, steps=(step,))
    assert faults_of(job) == ()
