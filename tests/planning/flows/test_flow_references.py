"""Everything that a flow refers to is found, and nothing that is no reference."""

from __future__ import annotations

import json

import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.flows.arns import arn_of
from bulkops.planning.flows.flow_references import references
from bulkops.planning.flows.found_texts import FlowSource, ReferenceForm
from tests.planning.flows.real_flows import (
    ACCOUNT,
    INSTANCE,
    NAMES,
    NOBODY,
    SOURCE,
    THING,
    arn,
    block,
    flow,
    real,
    text_of,
)

ID, ARN, NAME, LITERAL = (
    ReferenceForm.ID,
    ReferenceForm.ARN,
    ReferenceForm.NAME,
    ReferenceForm.LITERAL,
)
DYNAMIC, MIXED, TEMPLATE, AWS, EXTERNAL = (
    ReferenceForm.DYNAMIC,
    ReferenceForm.MIXED,
    ReferenceForm.TEMPLATE,
    ReferenceForm.AWS,
    ReferenceForm.EXTERNAL,
)


def found_in(parameters, source=SOURCE, metadata=None, **rest):
    document = flow(block("a", "Any", parameters), metadata=metadata and {"a": metadata}, **rest)
    return references(document.content, source)


def only(parameters, source=SOURCE):
    (reference,) = found_in(parameters, source)
    return reference


@pytest.mark.parametrize("name", NAMES)
def test_every_arn_of_a_real_flow_is_in_one_of_its_references(name):
    text = text_of(name)
    held = [each.raw for each in references(real(name).content, NOBODY)]
    assert text.count("arn:") == sum(each.startswith("arn:") for each in held)


def test_what_real_flows_hide_is_found_with_block_and_kind():
    scv = references(real("scv-omni-routing-with-case-creation").content, NOBODY)
    told = {(each.kind, each.form, each.found.qualifier, each.shown) for each in scv}
    assert told >= {
        ("queue", ARN, "", ""),  # among the attributes of a contact
        ("predefined-attribute", NAME, "", ""),
        (
            "lambda-function",
            ARN,
            "active",
            "shuchunorgfarm-InvokeTelephonyIntegrationApiFunction",
        ),
    }
    survey = references(real("survey-example-disconnect").content, NOBODY)
    assert [(each.kind, each.form, each.found.thing_id, each.shown) for each in survey] == [
        ("contact-flow-module", ID, "1bc263e9-09cf-432c-971c-32da62c784af", "Contact Survey")
    ]
    acme = references(real("acme-main-wrapped").content, NOBODY)
    assert {each.form for each in acme} == {DYNAMIC, TEMPLATE}
    sbs = references(real("sbs-lex-integration-handler").content, NOBODY)
    assert ("contact-flow", ID) in [(each.kind, each.form) for each in sbs]
    cases = references(real("sbs-cases").content, NOBODY)
    assert [(each.kind, each.form, each.raw) for each in cases] == [
        ("lambda-function", ID, "ENTER LAMBDA HERE"),
        ("view", AWS, "form"),
        ("case-template", ID, "f9b90c5f-5cc6-4d9b-a18d-fc14f601ef88"),
        ("view", AWS, "detail"),
    ]


@pytest.mark.parametrize(
    ("parameters", "kind", "form"),
    [
        ({"ContactFlowId": THING}, "contact-flow", ID),
        ({"ContactFlowId": arn("contact-flow")}, "contact-flow", ARN),
        ({"ContactFlowArn": arn("contact-flow")}, "contact-flow", ARN),
        ({"EventHooks": {"PauseContact": THING}}, "contact-flow", ID),
        ({"EventHooks": {"SomethingNewer": THING}}, "contact-flow", ID),
        ({"FlowModuleId": THING}, "contact-flow-module", ID),
        ({"FlowModuleId": arn("flow-module")}, "contact-flow-module", ARN),
        ({"QueueId": arn("queue")}, "queue", ARN),
        ({"QueueId": arn("queue/agent")}, "user", ARN),
        ({"AgentId": arn("agent")}, "user", ARN),
        ({"HoursOfOperationId": arn("operating-hours")}, "hours-of-operation", ARN),
        ({"PromptId": arn("prompt")}, "prompt", ARN),
        ({"Messages": [{"PromptId": THING}]}, "prompt", ID),
        ({"QuickConnectId": arn("transfer-destination")}, "quick-connect", ARN),
        ({"TaskTemplateId": THING}, "task-template", ID),
        ({"SourceEndpoint": {"Address": arn("phone-number")}}, "phone-number", ARN),
        ({"SourceEndpoint": {"Address": "a@example.com"}}, "email-address", NAME),
        ({"CallerId": {"Number": "+15551234567"}}, "phone-number", NAME),
        ({"FromEmailAddress": {"EmailAddress": "a@example.com"}}, "email-address", NAME),
        ({"LexBot": {"Name": "OrderFlowers"}}, "lex-bot", NAME),
        ({"LexBot": {"Region": "us-east-1"}}, "region", LITERAL),
        ({"ViewResource": {"Id": "form"}}, "view", AWS),
        ({"ViewResource": {"Id": "arn:aws:connect:us-east-1:aws:view/form:1"}}, "view", AWS),
        ({"ViewResource": {"Id": arn("view")}}, "view", ARN),
        ({"ViewResource": {"Id": THING}}, "view", ID),
        ({"CaseTemplateId": THING}, "case-template", ID),
        ({"CaseResponseFields": [THING, "title"]}, "case-field", ID),
        ({"DataTableId": THING}, "data-table", ID),
        ({"InputEncryption": {"EncryptionKeyId": THING}}, "security-key", ID),
        ({"CognitoConfiguration": {"AppClientId": "x1"}}, "user-pool-client", ID),
        ({"Media": {"Uri": "s3://prompts/a b.wav"}}, "s3-object", ID),
        ({"Messages": [{"Media": {"Uri": "s3://b/$.Attributes.x.wav"}}]}, "s3-object", MIXED),
        ({"LambdaFunctionARN": "$.Attributes.fn"}, "lambda-function", DYNAMIC),
        ({"LambdaFunctionARN": "$['Attributes']['fn']"}, "lambda-function", DYNAMIC),
        ({"LambdaFunctionARN": "{{lambda.arn}}"}, "lambda-function", TEMPLATE),
        ({"LambdaFunctionARN": "%LambdaArn%"}, "lambda-function", TEMPLATE),
        ({"LambdaFunctionARN": "prefix-$.Attributes.fn"}, "lambda-function", MIXED),
        ({"WisdomAssistantArn": f"arn:aws:wisdom:r:{ACCOUNT}:assistant/A"}, "assistant", ARN),
        ({"QueueId": f"arn:aws:sqs:r:{ACCOUNT}:odd"}, "queue", ARN),  # the field knows better
        (
            {"RoutingCriteria": {"Steps": [{"Expression": {"And": [{"AgentIds": [THING]}]}}]}},
            "user",
            ID,
        ),
        (
            {"RoutingCriteria": {"Steps": [{"AttributeCondition": {"Name": "Skill"}}]}},
            "predefined-attribute",
            NAME,
        ),
        ({"Attributes": {"DefaultFlowForAgentUI": THING}}, "contact-flow", ID),
    ],
)
def test_a_field_of_the_language_says_the_kind(parameters, kind, form):
    reference = only(parameters)
    assert (reference.kind, reference.form) == (kind, form)
    assert reference.is_settled == (form in (DYNAMIC, AWS))
    assert reference.is_run


@pytest.mark.parametrize(
    ("text", "kind", "thing_id", "qualifier"),
    [
        (arn("contact-flow"), "contact-flow", THING, ""),
        (f"{arn('flow-module')}:live", "contact-flow-module", THING, "live"),
        (f"{arn('flow-module')}:$LATEST", "contact-flow-module", THING, "$LATEST"),
        (f"arn:aws:connect:r:{ACCOUNT}:phone-number/{THING}", "phone-number", THING, ""),
        (f"arn:aws:connect:r:{ACCOUNT}:instance/{INSTANCE}", "instance", INSTANCE, ""),
        (arn("contact-flow-module"), "contact-flow-module", THING, ""),
        (arn("agent-group"), "hierarchy-group", THING, ""),
        (arn("contact"), "aws-resource", f"contact/{THING}", ""),
        (f"arn:aws:lambda:r:{ACCOUNT}:function:pay", "lambda-function", "pay", ""),
        (f"arn:aws-cn:lambda:r:{ACCOUNT}:function:pay:7", "lambda-function", "pay", "7"),
        (f"arn:aws:lex:r:{ACCOUNT}:bot-alias/BOT/ALIAS", "lex-bot-alias", "BOT/ALIAS", ""),
        (f"arn:aws:lex:r:{ACCOUNT}:bot:Name:Alias", "lex-bot", "Name", "Alias"),
        ("arn:aws:s3:::bucket/a:b/key.wav", "s3-object", "bucket/a:b/key.wav", ""),
        (f"arn:aws:qconnect:r:{ACCOUNT}:ai-agent/A/B:$LATEST", "ai-agent", "A/B", "$LATEST"),
        (f"arn:aws:wisdom:r:{ACCOUNT}:message-template/K/T", "message-template", "K/T", ""),
        (f"arn:aws:cognito-idp:r:{ACCOUNT}:userpool/r_1", "user-pool", "r_1", ""),
        (f"arn:aws:chime:r:{ACCOUNT}:vc/1", "voice-connector", "1", ""),
        (f"arn:aws:cases:r:{ACCOUNT}:domain/D/template/T", "case-template", "T", ""),
        (f"arn:aws:cases:r:{ACCOUNT}:domain/D/case/C", "case-domain", "D/case/C", ""),
        (f"arn:aws:profile:r:{ACCOUNT}:domains/D", "profile-domain", "D", ""),
        (f"arn:aws:dynamodb:r:{ACCOUNT}:table/T", "aws-resource", "table/T", ""),
    ],
)
def test_an_arn_anywhere_says_what_it_leads_to(text, kind, thing_id, qualifier):
    said = f'Look: "{text}", and on.'
    reference = only({"LambdaInvocationAttributes": {"x": said}})
    found = reference.found
    assert (found.kind, found.thing_id, found.qualifier) == (kind, thing_id, qualifier)
    assert found.raw + (f":{qualifier}" if qualifier else "") == text
    assert said[found.start :].startswith(found.raw)
    assert found.form is ARN


def test_the_kinds_are_those_of_the_catalogue_where_it_has_them():
    known = {
        "case-field", "case-template", "contact-flow", "contact-flow-module", "data-table",
        "hours-of-operation", "phone-number", "predefined-attribute", "prompt", "queue",
        "quick-connect", "task-template", "user",
    }  # fmt: skip
    assert known <= set(KINDS)


def test_parts_of_any_text_are_found_wherever_it_stands():
    queue, lambda_arn = arn("queue"), f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f"
    document = flow(
        block(
            "a",
            "Any",
            {"ViewData": json.dumps({"q": queue, "l": [lambda_arn]}), queue: "x"},
            Conditions=[{"NextAction": "a", "Condition": {"Operands": [queue]}}],
        ),
        metadata={"a": {"aiAgentVersionArn": f"arn:aws:wisdom:r:{ACCOUNT}:ai-agent/A/B:3"}},
        Settings={"InputParameters": [{"Default": queue}]},
    )
    document.content["Metadata"]["Annotations"] = [{"text": f"See {queue}."}]
    told = [(each.kind, each.place, each.in_key) for each in references(document.content, SOURCE)]
    at = ("Actions", 0, "Parameters")
    assert told == [
        ("queue", (*at, "ViewData"), False),
        ("lambda-function", (*at, "ViewData"), False),
        ("queue", (*at, queue), True),
        (
            "queue",
            ("Actions", 0, "Transitions", "Conditions", 0, "Condition", "Operands", 0),
            False,
        ),
        ("ai-agent", ("Metadata", "ActionMetadata", "a", "aiAgentVersionArn"), False),
        ("queue", ("Metadata", "Annotations", 0, "text"), False),
        ("queue", ("Settings", "InputParameters", 0, "Default"), False),
    ]
    assert [each.is_run for each in references(document.content, SOURCE)][-3:] == [
        False,
        False,
        True,
    ]


def test_the_sources_own_ids_are_found_in_any_text_and_nothing_that_only_looks_so():
    said = f"https://x/{INSTANCE}?account={ACCOUNT}, +{ACCOUNT}, a{ACCOUNT}, {ACCOUNT}0"
    found = found_in({"Text": said})
    assert [(each.kind, each.form, each.raw) for each in found] == [
        ("instance", LITERAL, INSTANCE),
        ("account", LITERAL, ACCOUNT),
    ]
    assert found_in({"Text": said}, NOBODY) == ()


def test_what_people_call_their_own_values_hides_nothing():
    called = {name: arn("queue") for name in ("Type", "Identifier", "NextAction", "children")}
    found = found_in({"Attributes": called, "ViewData": {"fragments": called}}, Settings=called)
    assert [each.kind for each in found] == ["queue"] * 12


def test_a_bare_uuid_outside_a_known_field_is_nobodys():
    parameters = {"Text": THING, "Attributes": {"x": THING}, "CaseRequestFields": {"title": "t"}}
    metadata = {"conditionMetadata": [{"id": THING}], "children": [arn("queue")], "title": THING}
    assert found_in(parameters, metadata=metadata) == ()
    named = flow(block(f"Call {ACCOUNT}", "Wait", NextAction=f"Call {ACCOUNT}"))
    assert references(named.content, SOURCE) == ()


@pytest.mark.parametrize("before", ["$.InstanceARN", f"instance/{THING}"])
def test_an_id_behind_an_instances_arn_that_is_put_together_is_found(before):
    reference = only({"Attributes": {"x": f"{before}/queue/{INSTANCE}"}}, NOBODY)
    assert (reference.kind, reference.form, reference.raw) == ("queue", ID, INSTANCE)
    agent = only({"Attributes": {"x": f"{before}/queue/agent/{INSTANCE}"}}, NOBODY)
    assert agent.kind == "user"
    assert found_in({"Attributes": {"x": f"{before}/nothing/{INSTANCE}"}}, NOBODY) == ()
    once = only({"Attributes": {"x": f"{before}/queue/{INSTANCE}"}})
    assert once.kind == "queue"  # and not the instance, whose id it happens to bear


def test_a_text_of_very_many_references_is_gone_through_once():
    queue = f"{arn('queue')}, {ACCOUNT} "
    found = found_in({"Text": queue * 1_000})
    assert [len(found), {each.kind for each in found}] == [2_000, {"queue", "account"}]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"arn:aws:lambda:$.AwsRegion:{ACCOUNT}:function:f", MIXED),
        ("arn:aws:lambda:r:${ACCT_ID}:function:f", TEMPLATE),
        ("arn:aws:lambda:r:999999999999:function:f", EXTERNAL),
        ("arn:aws:connect:r:999999999999:instance/i/queue/q", ARN),
        ("arn:aws:s3:::bucket/key", ARN),
        ("{{queues.sales.arn}}", TEMPLATE),
        ("${QUEUE}", TEMPLATE),
        ("%queue%", TEMPLATE),
        ("s3://bucket/key.wav", ID),
    ],
)
def test_the_form_says_how_far_a_text_is_fixed(text, form):
    reference = only({"Attributes": {"x": text}})
    assert (reference.form, reference.raw) == (form, text)


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:lambda",
        "learn:a:b:c:d:e",
        "50% off {{ or ${",
        "arn::::",
        "arn:a:b:c:d:.",
        "a/b",
        "",
        "s3://",
    ],
)
def test_what_is_no_arn_is_no_reference(text):
    assert found_in({"Attributes": {"x": text}, "QueueId": "", "Text": {}}) == ()


def test_an_arn_may_be_moved_where_it_has_a_region_and_an_account():
    there = arn_of("arn:aws:lambda:us-east-1:1:function:f:live")
    assert str(there.moved(region="eu-west-2", account="2")) == (
        "arn:aws:lambda:eu-west-2:2:function:f:live"
    )
    assert str(there.moved()) == "arn:aws:lambda:us-east-1:1:function:f:live"
    bucket = arn_of("arn:aws:s3:::bucket/key")
    assert bucket.moved(region="eu-west-2", account="2") == bucket


def test_the_names_that_the_designer_shows_are_known_with_their_reference():
    metadata = {
        "parameters": {"QueueId": {"displayName": "Sales"}},
        "queue": {"text": "Sales"},
    }
    (reference,) = found_in({"QueueId": THING}, metadata=metadata)
    assert reference.shown == "Sales"
    assert [each.place[3:] for each in reference.names] == [
        ("parameters", "QueueId", "displayName"),
        ("queue", "text"),
    ]
    assert str(reference).startswith('block "a" (Any), Actions[0].Parameters.QueueId: queue ')


def test_a_name_beside_an_id_of_its_own_belongs_to_that():
    metadata = {"queue": {"id": THING, "text": "Old"}, "parameters": {"QueueId": {}}}
    run, kept = found_in({"QueueId": arn("queue")}, metadata=metadata)
    assert (run.shown, run.names) == ("", ())
    assert (kept.kind, kept.form, kept.shown, kept.is_run) == ("queue", ID, "Old", False)
    assert [each.place[3:] for each in kept.names] == [("queue", "text")]
    (dynamic,) = found_in({}, metadata={"queue": {"id": "$.Queue.ARN", "text": 3}})
    assert (dynamic.form, dynamic.names, dynamic.shown) == (DYNAMIC, (), "")
    audio = {"audio": [{"type": "Prompt", "prompt": {"id": arn("prompt"), "text": "Beep"}}]}
    (prompt,) = found_in({}, metadata=audio)
    assert (prompt.kind, prompt.shown) == ("prompt", "Beep")


def test_a_name_for_one_of_several_hooks_is_not_taken_for_that_of_all():
    hooks = {"EventHooks": {"CustomerQueue": THING, "CustomerHold": INSTANCE}}
    first, second = found_in(hooks, NOBODY, metadata={"contactFlow": {"text": "A"}})
    assert (first.names, second.names) == ((), ())


def test_a_lex_alias_is_shown_in_two_parts():
    bot = {"LexV2Bot": {"AliasArn": f"arn:aws:lex:r:{ACCOUNT}:bot-alias/B/A"}}
    shown = {
        "parameters": {"LexV2Bot": {"AliasArn": {"displayName": "live", "lexV2BotName": "Orders"}}},
        "lexV2BotName": "Orders",
        "lexV2BotAliasName": "live",
    }
    (reference,) = found_in(bot, metadata=shown)
    assert reference.shown == "Orders/live"
    assert [each.part for each in reference.names] == [0, 0, 1, 1]
    (half,) = found_in(bot, metadata={"lexV2BotName": "Orders"})
    assert half.shown == "Orders"


def test_custom_fields_of_cases_are_keys_too():
    parameters = {"CaseRequestFields": {THING: "x"}, "CaseResponseFields": [THING, "status"]}
    metadata = {
        "parameters": {"CaseRequestFields": {THING: {"displayName": "Reason"}}, "Text": {}},
        "requestFieldsOptions": {THING: "Reason"},
        "requiredFieldsOptions": [THING],
    }
    found = found_in(parameters, NOBODY, metadata=metadata)
    assert [(each.kind, each.form, each.in_key) for each in found] == [
        ("case-field", ID, True),
        ("case-field", ID, False),
        ("case-field", ID, True),
        ("case-field", ID, True),
        ("case-field", ID, False),
    ]


def test_values_that_are_no_texts_and_blocks_without_metadata_are_gone_through():
    parameters = {"QueueId": {}, "Messages": [{"PromptId": None}, 3, [1]], "RoutingCriteria": "$.x"}
    assert found_in(parameters, metadata={"parameters": {"Messages": [{"PromptId": 1}]}}) == ()
    document = flow(block("a"), Metadata=None)
    assert references(document.content, FlowSource()) == ()
