from __future__ import annotations

import pytest

from bulkops.sim.core.request_log import state
from bulkops.sim.core.seed import BEGUN
from bulkops.sim.services.q_in_connect import QInConnect
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller

MARKDOWN = "application/x.quickresponse;format=markdown"


class Desk:
    """Q in Connect of the demonstration instance, and its clock."""

    def __init__(self, centre, base="Quick responses"):
        self.centre, self.now = centre, 0.0
        self.service = QInConnect(centre.world)
        self.base = centre.id("knowledge-base", base)

    def ask(self, operation, **params):
        named = {"knowledgeBaseId": self.base, **params}
        if operation == "ListKnowledgeBases":
            named.pop("knowledgeBaseId")
        return self.service.respond(operation, named, BEGUN + self.now, self.centre.caller).data

    def code(self, operation, **params):
        with pytest.raises(ServiceError) as caught:
            self.ask(operation, **params)
        return f"{caught.value.status} {caught.value.code}"

    def made(self, name="New", content="Hello", **more):
        asked = {"name": name, "content": {"content": content}, **more}
        return self.ask("CreateQuickResponse", **asked)["quickResponse"]

    def refused(self, name="New", content="Hello", **more):
        asked = {"name": name, "content": {"content": content}, **more}
        return self.code("CreateQuickResponse", **asked)

    def got(self, made):
        return self.ask("GetQuickResponse", quickResponseId=made["quickResponseId"])[
            "quickResponse"
        ]

    def changed(self, made, **more):
        asked = {"quickResponseId": made["quickResponseId"], **more}
        return self.ask("UpdateQuickResponse", **asked)["quickResponse"]

    def found(self, **expression):
        reply = self.ask("SearchQuickResponses", searchExpression=expression)
        return [each["name"] for each in reply["results"]]


@pytest.fixture
def desk(centre):
    return Desk(centre)


def test_a_response_is_accepted_and_there_some_time_later(desk):
    made = desk.made(tags={"a": "b"}, shortcutKey="n", channels=["Chat"])
    assert made["status"] == "CREATE_IN_PROGRESS"
    assert "New" not in desk.found()
    desk.now += 2
    told = desk.got(made)
    assert (told["status"], told["contents"]) == ("CREATED", {"plainText": {"content": "Hello"}})
    assert (told["tags"], told["shortcutKey"], told["isActive"]) == ({"a": "b"}, "n", True)
    assert "New" in desk.found()


def test_a_content_of_nothing_but_blanks_fails_later(desk):
    made = desk.made(content="  ")
    desk.now += 2
    assert desk.got(made)["status"] == "CREATE_FAILED"
    assert "New" not in desk.found()


def test_a_token_makes_one_response_and_no_other(desk, centre):
    first = desk.made(clientToken="t")
    desk.now += 2
    assert desk.made(clientToken="t")["quickResponseId"] == first["quickResponseId"]
    assert desk.refused(content="Other", clientToken="t") == "409 ConflictException"
    assert len(centre.instance.tables["quick-response"]) == 5
    state(centre.world)  # what a token is answered with can be kept


@pytest.mark.parametrize(
    "more",
    [
        {"channels": ["VOICE"]},
        {"channels": []},
        {"language": "xx_XX"},
        {"name": "n" * 101},
        {"content": "c" * 4001},
        {"contentType": "text/plain"},
        {"shortcutKey": "s" * 11},
        {"groupingConfiguration": {"criteria": "RoutingProfileArn"}},
        {"groupingConfiguration": {"criteria": "Team", "values": ["a"]}},
        {"groupingConfiguration": {"criteria": "RoutingProfileArn", "values": ["Billing"]}},
        {"tags": {"aws:a": "b"}},
    ],
)
def test_what_no_response_can_have_is_refused(desk, more):
    assert desk.refused(**more) == "400 ValidationException"


def test_a_shortcut_belongs_to_one_response(desk):
    assert desk.refused(shortcutKey="HI") == "409 ConflictException"
    other = desk.made(shortcutKey="other")
    desk.now += 2
    again = {"quickResponseId": other["quickResponseId"], "shortcutKey": "hi"}
    assert desk.code("UpdateQuickResponse", **again) == "409 ConflictException"
    assert desk.changed(other, shortcutKey="other")["shortcutKey"] == "other"


def test_a_change_sets_what_is_given_and_flags_take_away(desk, centre):
    arn = centre.arn("routing-profile", "Billing")
    grouping = {"criteria": "RoutingProfileArn", "values": [arn]}
    made = desk.made(description="d", shortcutKey="s", groupingConfiguration=grouping)
    asked = {"quickResponseId": made["quickResponseId"], "name": "Newer"}
    assert desk.code("UpdateQuickResponse", **asked) == "409 ConflictException"  # still being made
    desk.now += 2
    changed = desk.changed(made, name="Newer", content={"content": "*x*"}, contentType=MARKDOWN)
    assert changed["status"] == "UPDATE_IN_PROGRESS"
    assert (changed["name"], changed["description"]) == ("Newer", "d")
    assert changed["contents"] == {"markdown": {"content": "*x*"}}
    desk.now += 2
    flags = ("removeDescription", "removeShortcutKey", "removeGroupingConfiguration")
    bare = desk.changed(made, **dict.fromkeys(flags, True))
    assert not {"description", "shortcutKey", "groupingConfiguration"} & set(bare)
    desk.now += 2
    both = {**asked, "description": "e", "removeDescription": True}
    assert desk.code("UpdateQuickResponse", **both) == "400 ValidationException"


def test_a_list_leaves_out_what_a_search_tells(desk):
    listed = desk.ask("ListQuickResponses")["quickResponseSummaries"]
    assert [each["name"] for each in listed] == ["Greeting", "Goodbye", "Refund", "Old offer"]
    hidden = {"contents", "shortcutKey", "language", "groupingConfiguration"}
    assert all(not hidden & set(each) for each in listed)
    first = desk.ask("ListQuickResponses", maxResults=3)
    rest = desk.ask("ListQuickResponses", maxResults=3, nextToken=first["nextToken"])
    assert [each["name"] for each in rest["quickResponseSummaries"]] == ["Old offer"]
    assert "nextToken" not in rest


def query(name, *values, operator="CONTAINS"):
    return {"name": name, "values": list(values), "operator": operator}


def test_a_search_looks_for_words_and_for_values(desk, centre):
    arn = centre.arn("routing-profile", "Billing")
    assert desk.found(queries=[query("content", "than")]) == []
    assert desk.found(queries=[query("content", "than", operator="CONTAINS_AND_PREFIX")]) == [
        "Goodbye"
    ]
    assert desk.found(filters=[query("name", "refund", operator="EQUALS")]) == ["Refund"]
    assert desk.found(filters=[query("name", "G", operator="PREFIX")]) == ["Greeting", "Goodbye"]
    assert desk.found(filters=[query("isActive", "false", operator="EQUALS")]) == ["Old offer"]
    within = query("groupingConfiguration.values", arn, operator="EQUALS")
    assert desk.found(filters=[within]) == ["Refund"]
    everyone = [{**within, "includeNoExistence": True}]
    assert len(desk.found(filters=everyone)) == 4
    down = {"name": "name", "order": "DESC"}
    assert desk.found(orderOnField=down) == ["Refund", "Old offer", "Greeting", "Goodbye"]
    for field in ("queries", "filters"):
        wrong = {
            field: [query("colour", "x", operator="EQUALS" if field == "filters" else "CONTAINS")]
        }
        assert desk.code("SearchQuickResponses", searchExpression=wrong) == (
            "400 ValidationException"
        )
    asked = {"searchExpression": {}, "attributes": {"a": "b"}}
    assert desk.code("SearchQuickResponses", **asked) == "400 ValidationException"


def test_what_is_deleted_is_gone(desk):
    made = desk.made()
    asked = {"quickResponseId": made["quickResponseId"]}
    assert desk.ask("DeleteQuickResponse", **asked) == {}
    for operation in ("GetQuickResponse", "DeleteQuickResponse", "UpdateQuickResponse"):
        assert desk.code(operation, **asked) == "404 ResourceNotFoundException"


def test_a_knowledge_base_is_of_one_type_and_of_one_account(desk, centre):
    listed = desk.ask("ListKnowledgeBases")["knowledgeBaseSummaries"]
    assert [each["knowledgeBaseType"] for each in listed] == ["QUICK_RESPONSES", "CUSTOM"]
    told = desk.ask("GetKnowledgeBase")["knowledgeBase"]
    assert told["knowledgeBaseArn"].endswith(f":knowledge-base/{desk.base}")
    other = Desk(centre, "Articles")
    assert other.refused() == "400 ValidationException"
    assert other.code("SearchQuickResponses", searchExpression={}) == "400 ValidationException"
    assert desk.code("StartContentUpload", contentType="text/plain") == "400 ValidationException"
    assert desk.code("CreateAssistant") == "400 ValidationException"
    assert desk.code("DeleteKnowledgeBase") == "400 UnsupportedOperationException"
    lost = "0" * 8 + "-0000-0000-0000-" + "0" * 12
    assert desk.code("GetKnowledgeBase", knowledgeBaseId=lost) == "404 ResourceNotFoundException"
    centre.caller = Caller(account="999999999999", region="us-east-1")
    assert desk.code("ListKnowledgeBases") == "403 AccessDeniedException"


def test_there_is_room_for_so_many(desk, centre):
    centre.world.limits = {"quick-response": 4}
    assert desk.refused() == "402 ServiceQuotaExceededException"
