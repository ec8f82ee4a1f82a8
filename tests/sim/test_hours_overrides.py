from __future__ import annotations

import pytest

from bulkops.sim.services.connect.hours_overrides import MOST
from bulkops.sim.state.refusals import ServiceError

KIND = "hours-of-operation-override"
NOON, THREE = {"Hours": 12, "Minutes": 0}, {"Hours": 15, "Minutes": 0}
SLOT = {"Day": "MONDAY", "StartTime": NOON, "EndTime": THREE}


def hours(centre, name="Basic Hours"):
    return {"HoursOfOperationId": centre.id("hours-of-operation", name)}


def made(centre, name="Closed", of="Basic Hours", **changed):
    usual = {"EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-26", "Config": []}
    asked = {**hours(centre, of), "Name": name, **usual, **changed}
    return {
        **hours(centre, of),
        **centre.ask("CreateHoursOfOperationOverride", **asked),
    }


def shown(centre, which):
    reply = centre.ask("DescribeHoursOfOperationOverride", **which)
    return reply["HoursOfOperationOverride"]


def refusal_of(ask):
    with pytest.raises(ServiceError) as refused:
        ask()
    return refused.value.code


def test_an_override_is_listed_with_its_hours_and_no_others(centre):
    made(centre, Config=[SLOT])
    reply = centre.ask("ListHoursOfOperationOverrides", **hours(centre))
    found = reply["HoursOfOperationOverrideList"]
    assert [each["Name"] for each in found] == ["New Year", "Site day", "Closed"]
    assert found[2]["Config"] == [SLOT]
    reply = centre.ask("ListHoursOfOperationOverrides", **hours(centre, "Around the clock"))
    assert [each["Name"] for each in reply["HoursOfOperationOverrideList"]] == ["August holiday"]


def test_one_name_may_stand_in_several_hours_and_once_in_each(centre):
    made(centre)
    made(centre, of="Around the clock")
    assert refusal_of(lambda: made(centre)) == "DuplicateResourceException"


def test_an_override_is_changed_and_deleted_by_both_ids(centre):
    closed = made(centre)
    centre.ask("UpdateHoursOfOperationOverride", **closed, Config=[SLOT], Name="Late")
    assert shown(centre, closed)["Config"] == [SLOT]
    elsewhere = closed | hours(centre, "Around the clock")
    assert refusal_of(lambda: shown(centre, elsewhere)) == "ResourceNotFoundException"
    centre.ask("DeleteHoursOfOperationOverride", **closed)
    assert refusal_of(lambda: shown(centre, closed)) == "ResourceNotFoundException"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"EffectiveTill": "2026-12-23"}, "InvalidParameterException"),
        ({"EffectiveFrom": "2026-02-31"}, "InvalidParameterException"),
        ({"Config": [SLOT, SLOT]}, "InvalidParameterException"),
        ({"Config": [{"Day": "MONDAY"}]}, "InvalidParameterException"),
        ({"of": "Around the clock", "HoursOfOperationId": "x"}, "ResourceNotFoundException"),
    ],
)
def test_what_is_not_taken_for_an_override(centre, changed, code):
    assert refusal_of(lambda: made(centre, **changed)) == code


def test_hours_have_fifty_overrides_at_the_most(centre):
    for number in range(MOST - 2):
        made(centre, name=f"Day {number}")
    assert refusal_of(lambda: made(centre, name="One more")) == "LimitExceededException"


def test_an_update_must_change_something_and_keep_names_apart(centre):
    closed = made(centre)

    def update(**given):
        centre.ask("UpdateHoursOfOperationOverride", **closed, **given)

    assert refusal_of(update) == "InvalidRequestException"
    assert refusal_of(lambda: update(Name="New Year")) == "DuplicateResourceException"


def test_overrides_of_all_hours_are_found_by_one_search(centre):
    found = centre.ask("SearchHoursOfOperationOverrides")
    assert found["ApproximateTotalCount"] == 3
    assert len({each["HoursOfOperationId"] for each in found["HoursOfOperationOverrides"]}) == 2
    since = {"FieldName": "EffectiveFrom", "Value": "2027-01-01"}
    later = {"DateCondition": {**since, "ComparisonType": "GREATER_THAN_OR_EQUAL_TO"}}
    (only,) = centre.ask("SearchHoursOfOperationOverrides", SearchCriteria=later)[
        "HoursOfOperationOverrides"
    ]
    assert only["Name"] == "New Year"
    wrong = centre.code("SearchHoursOfOperationOverrides", SearchCriteria={"DateCondition": since})
    assert wrong == "InvalidParameterException"
