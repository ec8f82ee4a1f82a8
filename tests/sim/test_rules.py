from __future__ import annotations

import json

import pytest

from bulkops.sim.core.seed_rules import CATEGORY, conditions

SOURCE = {"EventSourceName": "OnPostCallAnalysisAvailable"}


def rule(name="New-rule", function=None, actions=(CATEGORY,), **more):
    asked = {"Name": name, "Function": function or conditions(["refund"]), "Actions": [*actions]}
    return {**asked, "TriggerEventSource": SOURCE, "PublishStatus": "DRAFT", **more}


def described(centre, name):
    return centre.ask("DescribeRule", RuleId=centre.id("rule", name))["Rule"]


def test_a_rule_is_made_once_for_a_token_and_told_whole(centre):
    made = centre.ask("CreateRule", **rule(ClientToken="t"))
    assert centre.ask("CreateRule", **rule(ClientToken="t")) == made
    told = described(centre, "New-rule")
    assert (told["RuleId"], told["RuleArn"]) == (made["RuleId"], made["RuleArn"])
    assert json.loads(told["Function"])["Version"] == "2022-11-25"
    assert (told["Actions"], told["PublishStatus"]) == ([CATEGORY], "DRAFT")


def test_rules_are_listed_without_their_conditions_by_event_and_status(centre):
    listed = centre.ask("ListRules", PublishStatus="PUBLISHED")["RuleSummaryList"]
    assert [each["Name"] for each in listed] == ["Refund-mentioned", "Outage-escalated"]
    assert "Function" not in listed[0]
    assert [each["ActionType"] for each in listed[1]["ActionSummaries"]] == [
        "ASSIGN_CONTACT_CATEGORY", "GENERATE_EVENTBRIDGE_EVENT"
    ]  # fmt: skip
    assert centre.ask("ListRules", EventSourceName="OnCaseCreate")["RuleSummaryList"] == []
    assert len(centre.ask("ListRules", MaxResults=2)["RuleSummaryList"]) == 2
    assert centre.code("ListRules", MaxResults=201) == "InvalidParameterException"


def test_an_update_sets_all_but_the_event_and_the_name(centre):
    rule_id = centre.id("rule", "Old-alert")
    whole = {name: value for name, value in rule().items() if name != "TriggerEventSource"}
    centre.ask("UpdateRule", RuleId=rule_id, **whole | {"Name": "Old-alert"})
    assert described(centre, "Old-alert")["Actions"] == [CATEGORY]
    assert centre.code("UpdateRule", RuleId=rule_id, **whole) == "InvalidRequestException"
    del whole["Actions"]
    assert centre.code("UpdateRule", RuleId=rule_id, **whole) == "InvalidRequestException"


def test_a_name_is_one_rules_own(centre):
    taken = centre.code("CreateRule", **rule("refund-MENTIONED"))
    assert taken == "ResourceConflictException"
    assert centre.code("CreateRule", **rule("with spaces")) == "InvalidParameterException"
    centre.ask("DeleteRule", RuleId=centre.id("rule", "Refund-mentioned"))
    centre.ask("CreateRule", **rule("refund-MENTIONED"))
    assert centre.code("DeleteRule", RuleId="none") == "ResourceNotFoundException"


@pytest.mark.parametrize(
    "function",
    [
        "refund",
        "{}",
        json.dumps({"Version": "2020-01-01", "RuleFunction": {"Operator": "AND"}}),
        json.dumps({"Version": "2022-11-25", "RuleFunction": {"Operator": "NOT"}}),
        json.dumps({"Version": "2022-11-25", "RuleFunction": {"Operator": "OR", "Operands": []}}),
        json.dumps(
            {"Version": "2022-11-25", "RuleFunction": {"Operator": "OR", "Operands": ["x"]}}
        ),
        json.dumps(
            {
                "Version": "2022-11-25",
                "RuleFunction": {
                    "Operator": "OR",
                    "Operands": [
                        {
                            "Operator": "AND",
                            "Operands": [{"Operator": "CONTAINS_ANY", "Operands": ["x"]}],
                        }
                    ],
                },
            }
        ),
    ],
)
def test_conditions_are_in_their_language(centre, function):
    assert centre.code("CreateRule", **rule(function=function)) == "InvalidRequestException"


@pytest.mark.parametrize(
    ("actions", "code"),
    [
        ([], "InvalidRequestException"),
        ([{"ActionType": "CREATE_TASK"}], "InvalidRequestException"),
        ([{**CATEGORY, "EventBridgeAction": {"Name": "x"}}], "InvalidRequestException"),
        (
            [{"ActionType": "CREATE_TASK", "TaskAction": {"Name": "T", "ContactFlowId": "none"}}],
            "ResourceNotFoundException",
        ),
        (
            [
                {
                    "ActionType": "SUBMIT_AUTO_EVALUATION",
                    "SubmitAutoEvaluationAction": {"EvaluationFormId": "none"},
                }
            ],
            "ResourceNotFoundException",
        ),
    ],
)
def test_an_action_is_whole_and_names_what_is_there(centre, actions, code):
    assert centre.code("CreateRule", **rule(actions=actions)) == code


def test_a_notification_has_somebody_to_go_to(centre):
    def sent(recipient):
        mail = {"DeliveryMethod": "EMAIL", "Content": "Look", "ContentType": "PLAIN_TEXT"}
        part = {**mail, "Recipient": recipient}
        return rule(actions=[{"ActionType": "SEND_NOTIFICATION", "SendNotificationAction": part}])

    assert centre.code("CreateRule", **sent({})) == "InvalidRequestException"
    assert centre.code("CreateRule", **sent({"UserIds": ["none"]})) == "ResourceNotFoundException"
    centre.ask("CreateRule", **sent({"UserIds": [centre.id("user", "admin")]}))


def test_a_queue_of_a_condition_is_there(centre):
    there = conditions(["x"], centre.id("queue", "Billing"))
    centre.ask("CreateRule", **rule(function=there))
    nowhere = rule("Other", function=conditions(["x"], "none"))
    assert centre.code("CreateRule", **nowhere) == "ResourceNotFoundException"


def test_an_event_of_another_service_comes_by_an_integration(centre):
    ticket = {"EventSourceName": "OnZendeskTicketCreate"}
    assert centre.code("CreateRule", **rule(TriggerEventSource=ticket)) == (
        "InvalidRequestException"
    )
    made = centre.ask(
        "CreateRule", **rule(TriggerEventSource={**ticket, "IntegrationAssociationId": "i"})
    )
    whole = {name: value for name, value in rule("Named").items() if name != "TriggerEventSource"}
    centre.ask("UpdateRule", RuleId=made["RuleId"], **whole)
    assert described(centre, "Named")["RuleId"] == made["RuleId"]
