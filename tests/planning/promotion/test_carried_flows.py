"""Flows carried from one instance into another: what stands in place of what they refer to."""

from __future__ import annotations

import json

import pytest

from bulkops.planning.calls.placeholders import fill, placeholders_in
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Need, Placeholder
from bulkops.planning.promotion.carried_flows import CarriedFlow
from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.target import Target

DEV, PROD = ("11111111-1111-4111-8111-111111111111", "99999999-9999-4999-8999-999999999999")
ACCOUNT, REGION = "111111111111", "eu-west-2"
TARGET = Target(
    account="999999999999",
    region="us-east-1",
    instance_id=PROD,
    instance_arn=f"arn:aws:connect:us-east-1:999999999999:instance/{PROD}",
)
SUPPORT = "22222222-2222-4222-8222-222222222222"
HELP = "33333333-3333-4333-8333-333333333333"
FLOW = "44444444-4444-4444-8444-444444444444"
SOURCE = (
    MappingRow("instance", DEV),
    MappingRow("account", ACCOUNT),
    MappingRow("region", REGION),
)
COMING = Placeholder(kind="made", name="flow_id", of=Need(7, "0"))


def arn(resource, *, instance=DEV, region=REGION, account=ACCOUNT):
    return f"arn:aws:connect:{region}:{account}:instance/{instance}/{resource}"


def action(type_, **parameters):
    return {"Identifier": "One", "Type": type_, "Parameters": parameters}


def flow(*actions, **more):
    said = {"Version": "2019-10-30", "StartAction": "One", "Actions": list(actions), **more}
    return json.dumps(said, separators=(",", ":"))


def carried(text, *rows, things=(), source=SOURCE, **more):
    """Return (what is sent, flaws); things are (kind, id, name)."""
    inventory = Inventory()
    for kind, thing_id, name in things:
        inventory.add(kind, [Thing(id=thing_id, name=name)])

    def find(kind, name):
        if name == "Coming":
            return COMING
        found = inventory.find(kind, name)
        said = f'"{name}" is not a {kind} of this instance'
        return found[0] if found else Flaw(code="unknown-name", message=said, hint="Look.")

    mapping = FlowMapping.of([*source, *rows])
    one = CarriedFlow(mapping=mapping, target=TARGET, inventory=inventory, find=find, **more)
    return one.value(text), one.flaws


def parameters(value):
    return json.loads(value)["Actions"][0]["Parameters"]


QUEUE = flow(action("UpdateContactTargetQueue", QueueId=arn(f"queue/{SUPPORT}")))
THERE = ("queue", HELP, "Support")
NAMED = MappingRow("queue", arn(f"queue/{SUPPORT}"), "Support")


def test_a_thing_is_found_by_the_name_that_it_has_in_its_source():
    value, flaws = carried(QUEUE, NAMED, things=[THERE])
    here = arn(f"queue/{HELP}", instance=PROD, region="us-east-1", account="999999999999")
    assert (parameters(value), flaws) == ({"QueueId": here}, [])
    assert ACCOUNT not in value
    assert DEV not in value


@pytest.mark.parametrize(
    "row",
    [
        MappingRow("queue", SUPPORT, "Support", "Help desk"),
        MappingRow("queue", SUPPORT, "Support", HELP),
        MappingRow("queue", SUPPORT, "Support", arn(f"queue/{HELP}", instance=PROD)),
        MappingRow("queue", SUPPORT, "", "Help desk", "Main"),
    ],
)
def test_a_target_wins_over_the_name(row):
    others = [MappingRow("queue", SUPPORT, "Support")] if row.flow else []
    things = [("queue", HELP, "Help desk"), ("queue", SUPPORT, "Support")]
    value, flaws = carried(QUEUE, *others, row, things=things, flow="Main")
    assert parameters(value)["QueueId"].endswith(HELP)
    assert flaws == []


def test_a_name_of_the_source_can_be_mapped_too():
    row = MappingRow("queue", "Support", "", "Help desk")
    value, _ = carried(QUEUE, NAMED, row, things=[("queue", HELP, "Help desk")])
    assert parameters(value)["QueueId"].endswith(HELP)


def test_a_row_for_one_flow_counts_in_no_other():
    row = MappingRow("queue", SUPPORT, "", "Help desk", "Main")
    _, flaws = carried(QUEUE, row, things=[("queue", HELP, "Help desk")], flow="Other")
    assert len(flaws) == 1


def test_an_id_that_is_not_the_target_s_is_looked_for_and_not_found():
    _, (flaw,) = carried(QUEUE, MappingRow("queue", SUPPORT, "Support", SUPPORT), things=[THERE])
    assert f'"{SUPPORT}" is not a queue' in flaw.message


def test_what_is_to_be_kept_stays():
    kept = MappingRow("queue", SUPPORT, "Support", "Keep")
    assert carried(QUEUE, kept) == (QUEUE, [])


def test_what_is_not_there_is_said_by_block_place_and_name():
    _, (flaw,) = carried(QUEUE, NAMED)
    assert flaw.code == "not-mapped"
    assert 'block "One" (UpdateContactTargetQueue), Actions[0].Parameters.QueueId' in flaw.message
    assert '"Support" is not a queue of this instance' in flaw.message
    assert str(flaw.hint).startswith("Look. Say in the sheet Mapping which queue")


def test_what_nobody_knows_the_name_of_is_said_with_the_name_that_is_shown():
    shown = {"ActionMetadata": {"One": {"parameters": {"QueueId": {"displayName": "Desk"}}}}}
    text = flow(action("UpdateContactTargetQueue", QueueId=arn(f"queue/{SUPPORT}")), Metadata=shown)
    _, (flaw,) = carried(text)
    assert "no row of Mapping names it" in flaw.message
    assert '(shown as "Desk")' in flaw.message


def test_what_is_of_the_target_itself_stays():
    own = flow(action("UpdateContactTargetQueue", QueueId=HELP))
    assert carried(own, things=[THERE], source=()) == (own, [])
    _, flaws = carried(own, source=())
    assert len(flaws) == 1


def test_what_a_row_will_make_is_filled_in_when_it_is_sent():
    text = flow(action("TransferToFlow", ContactFlowId=arn(f"contact-flow/{FLOW}")))
    value, flaws = carried(text, MappingRow("contact-flow", FLOW, "Coming"))
    assert flaws == []
    assert [each.of for each in placeholders_in(value)] == [Need(7, "0")]
    made = {Need(7, "0"): {"flow_id": "f-7"}}
    sent = fill({"Content": value}, saved={}, secret=str, token="", made=made)["Content"]
    assert parameters(sent)["ContactFlowId"].endswith(f"instance/{PROD}/contact-flow/f-7")


def test_an_id_without_an_arn_becomes_an_id_and_its_alias_stays():
    text = flow(action("InvokeFlowModule", FlowModuleId=f"{FLOW}:live"))
    row = MappingRow("contact-flow-module", FLOW, "Hours")
    value, _ = carried(text, row, things=[("contact-flow-module", HELP, "Hours")])
    assert parameters(value) == {"FlowModuleId": f"{HELP}:live"}


def function(account=ACCOUNT, region=REGION, name="look-up"):
    return f"arn:aws:lambda:{region}:{account}:function:{name}"


def test_a_version_is_another_one_in_each_instance():
    text = flow(action("InvokeFlowModule", FlowModuleId=f"{FLOW}:3"))
    row = MappingRow("contact-flow-module", FLOW, "Hours")
    things = [("contact-flow-module", HELP, "Hours")]
    _, (flaw,) = carried(text, row, things=things)
    assert "it is version 3, which is another one in each instance" in flaw.message
    assert carried(text, row._replace(target="keep"), things=things) == (text, [])


HERE = {"account": "999999999999", "region": "us-east-1"}


@pytest.mark.parametrize(
    ("target", "name"),
    [("", "look-up"), ("find", "find"), (function(**HERE, name="other"), "other")],
)
def test_a_function_is_the_one_of_that_name_in_the_target_s_account(target, name):
    text = flow(action("InvokeLambdaFunction", LambdaFunctionARN=f"{function()}:live"))
    row = MappingRow("lambda-function", function(), "look-up", target)
    there = function(**HERE, name=name)
    value, flaws = carried(text, row, things=[("lambda-function", there, there)])
    assert flaws == []
    assert parameters(value) == {"LambdaFunctionARN": f"{there}:live"}


def test_a_function_that_is_not_associated_is_said_with_those_that_are():
    text = flow(action("InvokeLambdaFunction", LambdaFunctionARN=function()))
    other = function(**HERE, name="other")
    _, (flaw,) = carried(text, things=[("lambda-function", other, other)])
    assert "look-up is not associated with this instance" in flaw.message
    assert flaw.allowed == other
    _, (flaw,) = carried(text)
    assert flaw.allowed == "none is"
    own = flow(action("InvokeLambdaFunction", LambdaFunctionARN=function(**HERE)))
    there = function(**HERE)
    assert carried(own, things=[("lambda-function", there, f"{there}:live")])[1] == []
    assert carried(own, things=[("lambda-function", there, there)]) == (own, [])


def test_what_is_elsewhere_or_dynamic_stays_but_for_its_place():
    view = f"arn:aws:connect:{REGION}:aws:view/form:1"
    half = f"arn:aws:lambda:$.AwsRegion:{ACCOUNT}:function:x"
    values = {
        "view": view,
        "half": half,
        "other": function(account="555555555555"),
        "all": "$.External.queue",
        "part": f"the account {ACCOUNT}",
    }
    value, flaws = carried(flow(action("UpdateContactAttributes", Attributes=values)))
    assert flaws == []
    assert parameters(value)["Attributes"] == {
        **values,
        "view": view.replace(REGION, "us-east-1"),
        "half": half.replace(ACCOUNT, "999999999999"),
        "part": "the account 999999999999",
    }


def test_what_is_elsewhere_is_mapped_where_a_row_says_so():
    other = function(account="555555555555")
    said = MappingRow("lambda-function", other, "", function(**HERE))
    text = flow(action("UpdateContactAttributes", Attributes={"a": other}))
    assert parameters(carried(text, said)[0])["Attributes"] == {"a": function(**HERE)}


def test_an_account_or_a_function_of_nobody_s_account_is_left_alone():
    dynamic = flow(action("UpdateContactTargetQueue", QueueId="$.External.queue"))
    assert carried(dynamic) == (dynamic, [])
    plain = flow(action("ShowView", ViewResource={"Id": "form", "Version": "1"}))
    assert carried(plain) == (plain, [])
    text = flow(action("InvokeLambdaFunction", LambdaFunctionARN="look-up"))
    assert "look-up is not associated" in carried(text)[1][0].message


def test_what_another_tool_has_not_filled_in_is_said_of_what_is_published():
    text = flow(action("UpdateContactTargetQueue", QueueId="{{queue}}"))
    _, (flaw,) = carried(text)
    assert "another tool was to put something in its place" in flaw.message
    assert carried(text, is_draft=True) == (text, [])
    value, _ = carried(text, MappingRow("queue", "{{queue}}", "", HELP))
    assert parameters(value) == {"QueueId": HELP}


def test_texts_that_mean_the_same_everywhere_stay_unless_a_row_says_otherwise():
    text = flow(action("StartOutboundEmailContact", FromEmailAddress={"EmailAddress": "a@b.ie"}))
    assert carried(text) == (text, [])
    value, _ = carried(text, MappingRow("email-address", "a@b.ie", "", "c@d.ie"))
    assert parameters(value) == {"FromEmailAddress": {"EmailAddress": "c@d.ie"}}
    sound = flow(action("MessageParticipant", Media={"Uri": "s3://dev/x.wav"}))
    assert carried(sound) == (sound, [])
    value, _ = carried(sound, MappingRow("s3-object", "s3://dev/x.wav", "", "s3://prod/x.wav"))
    assert parameters(value) == {"Media": {"Uri": "s3://prod/x.wav"}}


def test_a_number_that_is_shown_to_callers_must_be_the_target_s():
    text = flow(action("TransferParticipantToThirdParty", CallerId={"Number": "+35315550100"}))
    _, (flaw,) = carried(text)
    assert "+35315550100" in flaw.message
    assert carried(text, things=[("phone-number", "n-1", "+35315550100")])[1] == []


def test_what_no_list_tells_must_be_mapped_where_it_comes_from_elsewhere():
    assistant = f"arn:aws:wisdom:{REGION}:{ACCOUNT}:assistant/{SUPPORT}"
    text = flow(action("CreateWisdomSession", WisdomAssistantArn=assistant))
    _, (flaw,) = carried(text)
    assert "no row of Mapping says what stands for it" in flaw.message
    assert carried(text, source=()) == (text, [])
    mine = assistant.replace(ACCOUNT, "999999999999").replace(REGION, "us-east-1")
    value, _ = carried(text, MappingRow("assistant", assistant, "", mine))
    assert parameters(value) == {"WisdomAssistantArn": mine}


def test_what_only_the_designer_keeps_stops_nothing():
    kept = {"ActionMetadata": {"One": {"queue": {"id": arn(f"queue/{SUPPORT}"), "text": "Desk"}}}}
    text = flow(action("MessageParticipant", Text="Hello"), Metadata=kept)
    assert carried(text) == (text, [])
    value, _ = carried(text, NAMED, things=[THERE])
    held = json.loads(value)["Metadata"]["ActionMetadata"]["One"]["queue"]
    assert held["id"].endswith(HELP)
    assert held["text"] == "Support"


def test_the_region_of_a_bot_is_the_target_s():
    text = flow(action("ConnectParticipantWithLexBot", LexBot={"Name": "Old", "Region": REGION}))
    value, _ = carried(text)
    assert parameters(value) == {"LexBot": {"Name": "Old", "Region": "us-east-1"}}
