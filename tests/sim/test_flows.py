"""Flows and modules: what is published, drafted, kept in versions, and refused."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.sim.core.seed_contents import flow_content, usual_content
from bulkops.sim.services.flow_language.actions import ACTIONS, MODULE
from bulkops.sim.services.flow_language.content import MOST_LETTERS, content_problems
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import WorldSession
from tests.sim.centre import Centre
from tests.sim.examples import FLOW

LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:greet"
BOT = "arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/TSTALIASID"
OTHER = FLOW.replace('"a"', '"b"')
NOWHERE = "00000000-0000-4000-8000-000000000000"


def made(centre, content=FLOW, **more):
    given = {"Name": "New", "Type": "CONTACT_FLOW", "Content": content, **more}
    return centre.ask("CreateContactFlow", **given)["ContactFlowId"]


def described(centre, flow):
    return centre.ask("DescribeContactFlow", ContactFlowId=flow)["ContactFlow"]


def problems(centre, content, type_="CONTACT_FLOW"):
    """Return what the service finds wrong with a content, given as a text or as actions."""
    text = content if isinstance(content, str) else flow_content(*content)
    session = WorldSession(centre.world, centre.instance, "CreateContactFlow", 0.0)
    return [*content_problems(session, json.loads(text), type_)]


def test_a_flow_comes_back_byte_for_byte_with_its_digest(centre):
    text = f" {FLOW} "
    flow = made(centre, text, Description="Late", Tags={"team": "night"})
    seen = described(centre, flow)
    assert (seen["Content"], seen["Status"], seen["State"]) == (text, "PUBLISHED", "ACTIVE")
    assert seen["FlowContentSha256"] == sha256(text.encode()).hexdigest()
    assert (seen["Description"], seen["Tags"]) == ("Late", {"team": "night"})
    assert described(centre, seen["Arn"]) == seen
    elsewhere = seen["Arn"].replace(centre.instance.id, NOWHERE)
    lost = centre.code("DescribeContactFlow", ContactFlowId=elsewhere)
    assert lost == "ResourceNotFoundException"


def test_what_was_never_published_shows_only_as_a_draft(centre):
    flow = made(centre, "{}", Status="SAVED")
    assert centre.code("DescribeContactFlow", ContactFlowId=flow) == (
        "ContactFlowNotPublishedException"
    )
    draft = described(centre, f"{flow}:$SAVED")
    assert (draft["Content"], draft["Status"]) == ("{}", "SAVED")
    (listed,) = (
        each
        for each in centre.ask("ListContactFlows", MaxResults=1000)["ContactFlowSummaryList"]
        if each["Id"] == flow
    )
    assert listed["ContactFlowStatus"] == "SAVED"
    centre.ask("UpdateContactFlowContent", ContactFlowId=f"{flow}:$SAVED", Content="[]")
    assert described(centre, f"{flow}:$SAVED")["Content"] == "[]"
    centre.ask("UpdateContactFlowContent", ContactFlowId=flow, Content=FLOW)
    assert described(centre, flow)["Content"] == FLOW


def test_a_draft_lies_beside_what_is_published_until_something_is_published(centre):
    flow = made(centre)
    centre.ask("UpdateContactFlowContent", ContactFlowId=f"{flow}:$SAVED", Content="{}")
    assert described(centre, flow)["Content"] == FLOW
    assert described(centre, f"{flow}:$SAVED")["Content"] == "{}"
    centre.ask("UpdateContactFlowContent", ContactFlowId=flow, Content=OTHER)
    assert described(centre, f"{flow}:$SAVED")["Content"] == OTHER
    assert described(centre, flow)["Status"] == "PUBLISHED"


def test_a_search_leaves_the_contents_out(centre):
    for operation, member in (
        ("SearchContactFlows", "ContactFlows"),
        ("SearchContactFlowModules", "ContactFlowModules"),
    ):
        found = centre.ask(operation)[member]
        assert found
        assert not any("Content" in each for each in found)


def test_a_draft_is_json_of_a_size_and_nothing_more(centre):
    given = {"Name": "New", "Type": "CONTACT_FLOW", "Status": "SAVED"}
    assert centre.code("CreateContactFlow", **given, Content="{") == "InvalidContactFlowException"
    deep = "[" * 100_000
    assert centre.code("CreateContactFlow", **given, Content=deep) == "InvalidContactFlowException"
    for length in (0, MOST_LETTERS + 1):
        said = centre.code("CreateContactFlow", **given, Content="1" * length)
        assert said == "InvalidParameterException"
    centre.ask("CreateContactFlow", **given, Content='"' + "1" * (MOST_LETTERS - 2) + '"')
    long = centre.code("CreateContactFlow", **{**given, "Name": "n" * 128}, Content="{}")
    assert long == "InvalidParameterException"


@pytest.mark.parametrize(
    ("operation", "member"),
    [
        ("CreateContactFlow", "problems"),
        ("CreateContactFlowModule", "Problems"),
    ],
)
def test_a_refusal_lists_problems_and_has_no_message(centre, operation, member):
    type_ = {"Type": "CONTACT_FLOW"} if member == "problems" else {}
    given = {"InstanceId": centre.instance.id, "Name": "New", **type_}
    blocks = [{"Identifier": f"{number}", "Type": "x" * 300} for number in range(60)]
    content = json.dumps({"Version": "2019-10-30", "StartAction": "0", "Actions": blocks})
    with pytest.raises(ServiceError) as caught:
        centre.service.respond(operation, {**given, "Content": content}, 0.0, centre.caller)
    assert caught.value.message == ""
    listed = caught.value.more[member]
    assert len(listed) == 50
    assert all(1 <= len(each["message"]) <= 256 for each in listed)
    assert "Invalid Action type. Path: Actions[0].Type" in caught.value.said


def test_a_flow_is_checked_from_its_top(centre):
    whole = json.loads(FLOW)
    assert problems(centre, FLOW) == []
    assert problems(centre, "[]") == ["Content is not a JSON object."]
    assert problems(centre, "{}")[-1] == "Missing required property. Path: Actions"
    for wrong, said in (
        ({"Version": "2020-01-01"}, "Invalid value. Path: Version"),
        ({"StartAction": ["a"]}, "Invalid value. Path: StartAction"),
        ({"Settings": {}}, "Invalid property name. Path: Settings"),
        ({"Actions": [1]}, "Missing required property. Path: Actions"),
        (
            {"Actions": whole["Actions"] * 2},
            "Invalid Action property value. Path: Actions[0].Identifier",
        ),
    ):
        assert problems(centre, json.dumps(whole | wrong))[0] == said
    assert problems(centre, json.dumps(whole | {"Settings": {}}), MODULE) == []
    many = [{"Identifier": str(n), "Type": "DisconnectParticipant"} for n in range(251)]
    large = json.dumps(whole | {"StartAction": "0", "Actions": many})
    assert problems(centre, large) == ["Flow has more than 250 actions. Path: Actions"]


@pytest.mark.parametrize("identifier", ["", "a:b", "constructor", "x" * 51, 7, None])
def test_an_identifier_is_a_text_of_its_own(centre, identifier):
    action = {"Identifier": identifier, "Type": "DisconnectParticipant"}
    flow = {"Version": "2019-10-30", "StartAction": identifier, "Actions": [action]}
    assert any("Actions[0].Identifier" in each for each in problems(centre, json.dumps(flow)))


BRANCH = {"ErrorType": "NoMatchingError", "NextAction": "z"}


def action(type_, parameters, **leads):
    """Return a flow of one action before the end."""
    whole = {"NextAction": "z", "Errors": [BRANCH], **leads}
    first = {"Identifier": "a", "Type": type_, "Parameters": parameters, "Transitions": whole}
    last = {"Identifier": "z", "Type": "DisconnectParticipant", "Transitions": {}}
    return json.dumps({"Version": "2019-10-30", "StartAction": "a", "Actions": [first, last]})


def branch(*operands, leads="z", operator="Equals"):
    return {"Condition": {"Operator": operator, "Operands": [*operands]}, "NextAction": leads}


def error(type_):
    return {"ErrorType": type_, "NextAction": "z"}


MISSING = "Action is missing required property. Path: Actions[0]"
VALUE = "Invalid Action property value. Path: Actions[0]"
NAME = "Invalid Action property name. Path: Actions[0]"
NO_BRANCH = "Action is missing required error. Error: "
NOT_MATCHED = {"Errors": [error("NoMatchingCondition")]}
BOTH = {"Conditions": [branch("True"), branch("False")]}
WRONG = [
    ("Nothing", {}, {}, "Invalid Action type. Path: Actions[0].Type"),
    (["x"], {}, {}, "Invalid Action type. Path: Actions[0].Type"),
    ("UnTagContact", {}, {}, "Invalid Action type. Path: Actions[0].Type"),
    ("TagContact", [], {}, f"{VALUE}.Parameters"),
    ("TagContact", {}, {}, f"{MISSING}.Parameters.Tags"),
    ("TagContact", {"Tags": {}}, {}, f"{VALUE}.Parameters.Tags"),
    ("TagContact", {"Tags": True}, {}, f"{VALUE}.Parameters.Tags"),
    ("TagContact", {"Tags": {"a": "b"}}, {"Errors": []}, f"{NO_BRANCH}NoMatchingError, Path: A"),
    ("TagContact", {"Tags": {"a": "b"}}, {"NextAction": "y"}, f"{VALUE}.Transitions.NextAction"),
    ("TagContact", {"Tags": {"a": "b"}}, {"NextAction": None}, f"{MISSING}.Transitions.NextAction"),
    ("MessageParticipant", {}, {}, f"{MISSING}.Parameters.PromptId"),
    ("MessageParticipant", {"Text": "a", "SSML": "b"}, {}, f"{NAME}.Parameters.SSML"),
    ("MessageParticipant", {"PromptId": NOWHERE}, {}, f"{VALUE}.Parameters.PromptId"),
    ("TransferToFlow", {"ContactFlowId": "", "Name": "x"}, {}, f"{VALUE}.Parameters.ContactFlowId"),
    ("TransferToFlow", {"ContactFlowId": {}}, {}, f"{VALUE}.Parameters.ContactFlowId"),
    ("TransferToFlow", {"ContactFlowId": "$.a", "FlowId": "b"}, {}, f"{NAME}.Parameters.FlowId"),
    ("TransferContactToQueue", {}, {}, f"{NO_BRANCH}QueueAtCapacity"),
    ("Compare", {"ComparisonValue": "$.a"}, {}, "Invalid Action error. Error: NoMatchingError"),
    (
        "Compare",
        {"ComparisonValue": "$.a"},
        {**NOT_MATCHED, "Conditions": [branch("")]},
        "Invalid branch. Path: 0.Evaluate",
    ),
    (
        "Compare",
        {"ComparisonValue": "$.a"},
        {**NOT_MATCHED, "Conditions": [branch("x", leads="y")]},
        f"{VALUE}.Transitions.Conditions[0].NextAction",
    ),
    (
        "Compare",
        {"ComparisonValue": "$.a"},
        {"Errors": [{"ErrorType": "NoMatchingCondition", "NextAction": {}}]},
        f"{VALUE}.Transitions.Errors[0].NextAction",
    ),
    (
        "CheckHoursOfOperation",
        {},
        {"Conditions": [branch("True")]},
        f"{VALUE}.Transitions.Conditions",
    ),
    ("CheckHoursOfOperation", {"HoursOfOperationId": "x"}, BOTH, f"{VALUE}.Parameters.Hours"),
    ("GetParticipantInput", {"Text": "?"}, {}, f"{MISSING}.Parameters.InputTimeLimitSeconds"),
    (
        "GetParticipantInput",
        {"Text": "?", "InputTimeLimitSeconds": "5"},
        {},
        f"{NO_BRANCH}NoMatchingCondition",
    ),
    (
        "GetParticipantInput",
        {"Text": "?", "InputTimeLimitSeconds": "5", "StoreInput": "true"},
        {},
        f"{VALUE}.Parameters.StoreInput",
    ),
    (
        "GetParticipantInput",
        {"Text": "?", "InputTimeLimitSeconds": "5", "StoreInput": "True"},
        {},
        f"{MISSING}.Parameters.InputValidation",
    ),
    (
        "GetParticipantInput",
        {"Text": "?", "InputTimeLimitSeconds": "5", "StoreInput": "True", "InputValidation": {}},
        {"Errors": [BRANCH, error("InputTimeLimitExceeded")]},
        "Invalid Action error. Error: InputTimeLimitExceeded",
    ),
    ("DisconnectParticipant", {}, {}, f"{VALUE}.Transitions"),
    ("EndFlowModuleExecution", {}, {}, "Invalid Action type. Action is not supported in this flow"),
]


@pytest.mark.parametrize(("type_", "parameters", "leads", "said"), WRONG)
def test_an_action_is_refused_by_the_path_of_what_is_wrong(centre, type_, parameters, leads, said):
    found = problems(centre, action(type_, parameters, **leads))
    assert any(each.startswith(said) for each in found), found


@pytest.mark.parametrize("type_", sorted({each for a in ACTIONS.values() for each in a.inside}))
def test_every_type_of_flow_has_a_small_one_that_is_right(centre, type_):
    assert problems(centre, usual_content(type_), type_) == []


@pytest.mark.parametrize(
    ("kind", "name", "type_", "member"),
    [
        ("queue", "Support", "UpdateContactTargetQueue", "QueueId"),
        ("user", "j.murphy", "UpdateContactTargetQueue", "AgentId"),
        ("contact-flow", "Old menu", "TransferToFlow", "ContactFlowId"),
        ("contact-flow-module", "Old prompts", "InvokeFlowModule", "FlowModuleId"),
        ("prompt", "Welcome.wav", "MessageParticipant", "PromptId"),
        ("quick-connect", "Billing desk", "CreateTask", "QuickConnectId"),
        ("task-template", "Follow up", "CreateTask", "TaskTemplateId"),
        ("data-table", "Office hours", "ListDataTableValues", "DataTableId"),
    ],
)
def test_what_is_referred_to_is_of_this_instance_by_id_or_arn(centre, kind, name, type_, member):
    if centre.instance.tables[kind].named(name) is None:
        name = next(centre.instance.tables[kind].all())["Name"]
    arn = centre.arn(kind, name)
    for value in (centre.id(kind, name), arn, "$.Attributes.target", "arn:$.AwsRegion:x"):
        assert problems(centre, action(type_, {member: value})) == []
    for value in (NOWHERE, arn.replace(centre.instance.id, NOWHERE), f"{arn}0", "", 7):
        found = problems(centre, action(type_, {member: value}))
        assert f"{VALUE}.Parameters.{member}" in found, value


def test_event_hooks_and_messages_are_looked_into(centre):
    hooks = {"EventHooks": {"CustomerQueue": NOWHERE}}
    found = problems(centre, action("UpdateContactEventHooks", hooks))
    assert found == [f"{VALUE}.Parameters.EventHooks.CustomerQueue"]
    played = {"Messages": [{"Text": "One"}, {"PromptId": NOWHERE}]}
    found = problems(centre, [("MessageParticipantIteratively", played)], type_="CUSTOMER_QUEUE")
    assert found == [f"{VALUE}.Parameters.Messages.1.PromptId"]
    own = f"{centre.instance.arn}/queue/agent/{centre.id('user', 'j.murphy')}"
    assert problems(centre, action("UpdateContactTargetQueue", {"QueueId": own})) == []


def test_a_flow_may_lead_to_one_that_is_only_a_draft(centre):
    stub = made(centre, "{}", Status="SAVED", Name="Stub")
    made(centre, action("TransferToFlow", {"ContactFlowId": stub}))


def test_functions_and_bots_are_those_of_the_instance(centre):
    calls = action(
        "InvokeLambdaFunction",
        {"LambdaFunctionARN": f"{LAMBDA}:live", "InvocationTimeLimitSeconds": "3"},
    )
    talks = action("ConnectParticipantWithLexBot", {"Text": "?", "LexV2Bot": {"AliasArn": BOT}})
    asks = action("ConnectParticipantWithLexBot", {"LexBot": {"Name": "Orders"}})
    assert problems(centre, calls) == [f"{VALUE}.Parameters.LambdaFunctionARN"]
    assert problems(centre, talks) == [f"{VALUE}.Parameters.LexV2Bot.AliasArn"]
    assert problems(centre, asks) == [f"{VALUE}.Parameters.LexBot.Name"]
    classic = {"Name": "Orders", "LexRegion": "us-east-1"}
    centre.ask("AssociateLambdaFunction", FunctionArn=LAMBDA)
    centre.ask("AssociateBot", LexV2Bot={"AliasArn": BOT})
    centre.ask("AssociateBot", LexBot=classic)
    assert [problems(centre, each) for each in (calls, talks, asks)] == [[], [], []]
    assert LAMBDA in centre.ask("ListLambdaFunctions")["LambdaFunctions"]
    assert centre.ask("ListBots", LexVersion="V1")["LexBots"] == [{"LexBot": classic}]
    assert {"LexV2Bot": {"AliasArn": BOT}} in centre.ask("ListBots", LexVersion="V2")["LexBots"]
    centre.ask("DisassociateLambdaFunction", FunctionArn=LAMBDA)
    assert problems(centre, calls) == [f"{VALUE}.Parameters.LambdaFunctionARN"]


@pytest.mark.parametrize(
    ("operation", "params", "code"),
    [
        ("AssociateLambdaFunction", {"FunctionArn": "greet"}, "InvalidParameterException"),
        (
            "AssociateLambdaFunction",
            {"FunctionArn": LAMBDA.replace("us-east-1", "eu-west-1")},
            "InvalidRequestException",
        ),
        ("DisassociateLambdaFunction", {"FunctionArn": LAMBDA}, "ResourceNotFoundException"),
        ("AssociateBot", {}, "InvalidRequestException"),
        ("AssociateBot", {"LexV2Bot": {"AliasArn": "x"}}, "InvalidRequestException"),
        (
            "AssociateBot",
            {"LexV2Bot": {"AliasArn": BOT.replace("us-east-1", "eu-west-1")}},
            "InvalidRequestException",
        ),
        ("DisassociateBot", {"LexV2Bot": {"AliasArn": BOT}}, "ResourceNotFoundException"),
    ],
)
def test_what_can_not_be_associated_is_refused(centre, operation, params, code):
    assert centre.code(operation, **params) == code


def test_a_function_is_associated_once_and_only_so_many(centre):
    centre.ask("AssociateLambdaFunction", FunctionArn=LAMBDA, ClientToken="t")
    centre.ask("AssociateLambdaFunction", FunctionArn=LAMBDA, ClientToken="t")
    assert centre.code("AssociateLambdaFunction", FunctionArn=LAMBDA) == "ResourceConflictException"
    centre.world.limits = {"lambda-function": 1}
    another = centre.code("AssociateLambdaFunction", FunctionArn=f"{LAMBDA}2")
    assert another == "ServiceQuotaExceededException"


def test_versions_stay_as_they_were_and_aliases_lead_to_them(centre):
    flow = made(centre)
    digest = sha256(FLOW.encode()).hexdigest()
    wrong = centre.code("CreateContactFlowVersion", ContactFlowId=flow, FlowContentSha256="0" * 64)
    assert wrong == "InvalidRequestException"
    first = centre.ask("CreateContactFlowVersion", ContactFlowId=flow, FlowContentSha256=digest)
    assert first["Version"] == 1
    centre.ask("UpdateContactFlowContent", ContactFlowId=flow, Content=OTHER)
    centre.ask("CreateContactFlowVersion", ContactFlowId=flow, Description="Second")
    old = described(centre, f"{flow}:1")
    assert (old["Content"], old["Version"]) == (FLOW, 1)
    alias = centre.ask(
        "CreateContactFlowAlias", ContactFlowId=flow, AliasName="live", ContactFlowVersion=2
    )["Id"]
    taken = {"AliasName": "live", "ContactFlowVersion": 1}
    assert centre.code("CreateContactFlowAlias", ContactFlowId=flow, **taken) == (
        "DuplicateResourceException"
    )
    used = centre.code("DeleteContactFlowVersion", ContactFlowId=flow, ContactFlowVersion=2)
    assert used == "ResourceInUseException"
    centre.ask("UpdateContactFlowAlias", ContactFlowId=flow, AliasId=alias, ContactFlowVersion=1)
    centre.ask("DeleteContactFlowVersion", ContactFlowId=flow, ContactFlowVersion=2)
    listed = centre.ask("ListContactFlowVersions", ContactFlowId=flow)
    assert [each["Version"] for each in listed["ContactFlowVersionSummaryList"]] == [1]
    third = centre.ask("CreateContactFlowVersion", ContactFlowId=flow)
    assert third["Version"] == 3
    assert centre.code("DescribeContactFlow", ContactFlowId=f"{flow}:2") == (
        "ResourceNotFoundException"
    )
    draft = made(centre, "{}", Name="Draft", Status="SAVED")
    assert centre.code("CreateContactFlowVersion", ContactFlowId=draft) == (
        "InvalidRequestException"
    )


def test_a_module_may_be_called_in_a_version_or_by_an_alias(centre):
    module = {"ContactFlowModuleId": centre.id("contact-flow-module", "Old prompts")}
    arn = centre.arn("contact-flow-module", "Old prompts")

    def called(qualifier):
        return problems(centre, action("InvokeFlowModule", {"FlowModuleId": f"{arn}{qualifier}"}))

    assert [called(each) for each in ("", ":$LATEST")] == [[], []]
    assert [len(called(each)) for each in (":1", ":live", ":")] == [1, 1, 1]
    centre.ask("CreateContactFlowModuleVersion", **module)
    live = {"AliasName": "live", "ContactFlowModuleVersion": 1}
    centre.ask("CreateContactFlowModuleAlias", **module, **live)
    assert [called(each) for each in (":1", ":live")] == [[], []]
    centre.ask("DeleteContactFlowModule", **module)
    for kind in ("contact-flow-module-version", "contact-flow-module-alias"):
        assert len(centre.instance.tables[kind]) == 0


def test_a_token_of_a_module_makes_one_and_serves_no_other(centre):
    centre.ask("CreateContactFlowModule", Name="New", Content=FLOW, ClientToken="t")
    again = centre.code("CreateContactFlowModule", Name="Newer", Content=FLOW, ClientToken="t")
    assert again == "IdempotencyException"


def test_names_are_changed_by_a_call_of_their_own(centre):
    flow = made(centre)
    centre.ask("UpdateContactFlowName", ContactFlowId=flow, Name="Newer", Description="")
    assert (described(centre, flow)["Name"], described(centre, flow)["Description"]) == (
        "Newer",
        "",
    )
    assert centre.code("UpdateContactFlowName", ContactFlowId=flow, Name="old MENU") == (
        "DuplicateResourceException"
    )
    assert centre.code("UpdateContactFlowName", ContactFlowId=flow) == "InvalidRequestException"
    assert centre.code("UpdateContactFlowName", ContactFlowId=f"{flow}:$SAVED", Name="X") == (
        "InvalidParameterException"
    )
    assert (
        centre.code("UpdateContactFlowContent", ContactFlowId=f"{flow}:1", Content=FLOW)
        == "InvalidParameterException"
    )


REAL = Path(__file__).parents[1] / "fixtures" / "flows"
DRAFT, OLD = "block-defn-saved.json", "old-context-tracking-main.json"


@pytest.mark.parametrize("path", sorted(REAL.glob("*.json")), ids=lambda path: path.stem)
def test_real_flows_lack_nothing_but_what_they_refer_to(centre, path):
    whole = json.loads(path.read_text(encoding="utf-8"))
    wrapped = whole.get("Content", whole)
    flow = json.loads(wrapped) if isinstance(wrapped, str) else wrapped
    found = problems(centre, json.dumps(flow), MODULE if "Settings" in flow else "CONTACT_FLOW")
    missing = [each for each in found if not re.match(REFERRED, each)]
    assert bool(missing) is (path.name in {DRAFT, OLD}), missing


REFERRED = r"Invalid Action property value\. Path: Actions\[\d+\]\.Parameters\."


DESK = Centre()
JUNK = (None, 1, True, "", "$.a", [], {}, [1], {"a": 1}, [[]], [{}], ["", None])


@given(
    number=st.sampled_from(range(len(WRONG))),
    member=st.sampled_from(("Parameters", "Transitions", "Type", "Identifier")),
    inner=st.sampled_from(("", "Errors", "Conditions", "NextAction", "QueueId", "EventHooks")),
    junk=st.sampled_from(JUNK),
)
def test_whatever_stands_in_an_action_is_told_and_breaks_nothing(number, member, inner, junk):
    type_, parameters, leads, _ = WRONG[number]
    flow = json.loads(action(type_, parameters, **leads))
    first = flow["Actions"][0]
    if inner and isinstance(first[member], dict):
        first[member][inner] = junk
    else:
        first[member] = junk
    found = problems(DESK, json.dumps(flow))
    assert all(isinstance(each, str) for each in found)
