from __future__ import annotations

import pytest

from bulkops.sim.state.refusals import ServiceError

KIND = "hours-of-operation"


def at(hours, minutes=0):
    return {"Hours": hours, "Minutes": minutes}


def slot(day, start, end):
    return {"Day": day, "StartTime": start, "EndTime": end}


def made(centre, *week, name="Fair", zone="Europe/Dublin"):
    return centre.ask("CreateHoursOfOperation", Name=name, TimeZone=zone, Config=[*week])


def refusal_of(ask):
    with pytest.raises(ServiceError) as refused:
        ask()
    return refused.value.code


def shown(centre, made_id):
    return centre.ask("DescribeHoursOfOperation", HoursOfOperationId=made_id)["HoursOfOperation"]


def test_a_week_is_kept_as_it_is_sent_and_replaced_as_a_whole(centre):
    week = [slot("MONDAY", at(9), at(12)), slot("MONDAY", at(13), at(0))]
    fair = made(centre, *week)["HoursOfOperationId"]
    assert shown(centre, fair)["Config"] == week
    centre.ask("UpdateHoursOfOperation", HoursOfOperationId=fair, Config=[])
    assert shown(centre, fair)["Config"] == []
    assert shown(centre, fair)["TimeZone"] == "Europe/Dublin"


def test_an_empty_description_takes_the_one_that_was_away(centre):
    fair = made(centre)["HoursOfOperationId"]
    centre.ask("UpdateHoursOfOperation", HoursOfOperationId=fair, Description="Once a year")
    assert shown(centre, fair)["Description"] == "Once a year"
    centre.ask("UpdateHoursOfOperation", HoursOfOperationId=fair, Description="")
    assert "Description" not in shown(centre, fair)


@pytest.mark.parametrize(
    "week",
    [
        (slot("MONDAY", at(9), at(12)), slot("MONDAY", at(11, 59), at(13))),
        (slot("MONDAY", at(9), at(0)), slot("MONDAY", at(23), at(23, 30))),
        (slot("MONDAY", at(9), at(10)), slot("MONDAY", at(9), at(10))),
    ],
)
def test_times_of_a_day_that_overlap_are_refused(centre, week):
    assert refusal_of(lambda: made(centre, *week)) == "InvalidParameterException"


def test_times_that_meet_and_those_of_other_days_are_taken(centre):
    made(centre, slot("MONDAY", at(9), at(12)), slot("MONDAY", at(12), at(13)))
    made(centre, slot("MONDAY", at(9), at(12)), slot("FRIDAY", at(9), at(12)), name="Two")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"zone": "Europe/Atlantis"}, "InvalidParameterException"),
        ({"name": "  "}, "InvalidParameterException"),
        ({"name": "Basic Hours"}, "DuplicateResourceException"),
    ],
)
def test_what_is_not_taken_for_new_hours(centre, changed, code):
    assert refusal_of(lambda: made(centre, **changed)) == code


def test_hours_can_be_renamed_but_not_to_a_name_that_is_taken(centre):
    fair = made(centre)["HoursOfOperationId"]
    centre.ask("UpdateHoursOfOperation", HoursOfOperationId=fair, Name="Fair")

    def take():
        centre.ask("UpdateHoursOfOperation", HoursOfOperationId=fair, Name="Basic Hours")

    assert refusal_of(take) == "DuplicateResourceException"


def test_an_update_must_change_something_of_hours_that_are_there(centre):
    hours = centre.id(KIND, "Basic Hours")

    def nothing():
        centre.ask("UpdateHoursOfOperation", HoursOfOperationId=hours)

    def nowhere():
        centre.ask("UpdateHoursOfOperation", HoursOfOperationId="x", Name="y")

    assert refusal_of(nothing) == "InvalidRequestException"
    assert refusal_of(nowhere) == "ResourceNotFoundException"
