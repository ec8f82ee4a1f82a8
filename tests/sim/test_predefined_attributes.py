from __future__ import annotations

import pytest

from bulkops.sim.state.refusals import ServiceError


def made(centre, name="Colour", values=("Red", "Blue"), **more):
    lists = {"Values": {"StringList": [*values]}}
    return centre.ask("CreatePredefinedAttribute", Name=name, **lists, **more)


def shown(centre, name="Colour"):
    reply = centre.ask("DescribePredefinedAttribute", Name=name)
    return reply["PredefinedAttribute"]


def refusal_of(ask):
    with pytest.raises(ServiceError) as refused:
        ask()
    return refused.value.code


def test_an_attribute_is_known_by_its_name_and_answers_nothing_when_it_is_made(centre):
    assert made(centre, Purposes=["P"]) == {}
    assert shown(centre)["Values"] == {"StringList": ["Red", "Blue"]}
    assert shown(centre)["Purposes"] == ["P"]
    assert shown(centre)["AttributeConfiguration"] == {"EnableValueValidationOnAssociation": False}


def test_values_are_replaced_as_a_whole_and_the_rest_stays(centre):
    made(centre, Purposes=["P"])
    centre.ask("UpdatePredefinedAttribute", Name="Colour", Values={"StringList": ["Green"]})
    assert shown(centre)["Values"] == {"StringList": ["Green"]}
    assert shown(centre)["Purposes"] == ["P"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "Skill"}, "DuplicateResourceException"),
        ({"name": " "}, "InvalidParameterException"),
        ({"name": "connect:Colour"}, "InvalidParameterException"),
        ({"values": ("Red", "Red")}, "InvalidParameterException"),
        ({"Purposes": ["P", "P"]}, "InvalidParameterException"),
    ],
)
def test_what_is_not_taken_for_a_new_attribute(centre, changed, code):
    assert refusal_of(lambda: made(centre, **changed)) == code


def test_an_update_must_change_something_of_what_is_there(centre):
    def update(**asked):
        centre.ask("UpdatePredefinedAttribute", **asked)

    assert refusal_of(lambda: update(Name="Skill")) == "InvalidRequestException"
    assert refusal_of(lambda: update(Name="X", Purposes=[])) == "ResourceNotFoundException"
