from __future__ import annotations

import pytest

from bulkops.sim.core.seed import BEGUN
from bulkops.sim.services.qconnect.uploads import LARGEST, UPLOADED_TO, Uploads
from bulkops.sim.state.refusals import ServiceError
from tests.sim.test_quick_responses import Desk as QuickDesk

TEXT = b"Returns are free."


class Desk(QuickDesk):
    """The knowledge base of articles."""

    def __init__(self, centre):
        super().__init__(centre, "Articles")
        self.uploads = Uploads(centre.world)

    def started(self, kind="text/plain", **more):
        return self.ask("StartContentUpload", contentType=kind, **more)

    def put(self, place, body=TEXT, **headers):
        params = {
            "target": place["url"].removeprefix(UPLOADED_TO),
            "headers": {**place["headersToInclude"], **headers},
            "body": body,
        }
        self.uploads.respond("PutObject", params, BEGUN + self.now, self.centre.caller)

    def unput(self, *args, **headers):
        with pytest.raises(ServiceError) as caught:
            self.put(*args, **headers)
        return caught.value.code

    def uploaded(self, body=TEXT, **more):
        place = self.started(**more)
        self.put(place, body)
        return place["uploadId"]

    def content(self, name="Fees", body=TEXT, **more):
        asked = {"name": name, "uploadId": self.uploaded(body), **more}
        return self.ask("CreateContent", **asked)["content"]

    def names(self):
        return [each["name"] for each in self.ask("ListContents")["contentSummaries"]]


@pytest.fixture
def desk(centre):
    return Desk(centre)


def test_a_file_is_put_and_becomes_a_content(desk):
    made = desk.content(metadata={"a": "b"}, tags={"c": "d"}, overrideLinkOutUri="https://x")
    assert made["status"] == "CREATE_IN_PROGRESS"
    asked = {"contentId": made["contentId"]}
    assert desk.code("DeleteContent", **asked) == "409 ConflictException"
    desk.now += 2
    told = desk.ask("GetContent", **asked)["content"]
    assert (told["status"], told["title"], told["contentType"]) == ("ACTIVE", "Fees", "text/plain")
    assert (told["metadata"], told["tags"], told["linkOutUri"]) == (
        {"a": "b"},
        {"c": "d"},
        "https://x",
    )
    assert desk.names() == ["Returns", "Opening hours", "Old prices", "Fees"]
    desk.ask("DeleteContent", **asked)
    assert desk.code("GetContent", **asked) == "404 ResourceNotFoundException"


def test_an_empty_file_fails_later(desk):
    made = desk.content(body=b"")
    desk.now += 2
    told = desk.ask("GetContent", contentId=made["contentId"])["content"]
    assert told["status"] == "CREATE_FAILED"


def test_a_file_is_taken_with_its_headers_alone_and_for_a_time(desk):
    place = desk.started(presignedUrlTimeToLive=1)
    assert desk.unput(place, **{"content-type": "text/html"}) == "SignatureDoesNotMatch"
    assert desk.unput({**place, "url": f"{place['url']}0"}) == "SignatureDoesNotMatch"
    assert desk.unput(place, b"x" * (LARGEST + 1)) == "EntityTooLarge"
    desk.put(place)
    desk.put(place)  # again, for whoever lost the answer
    desk.now += 61
    assert desk.unput(place) == "AccessDenied"


def test_what_was_not_put_makes_no_content(desk):
    asked = {"name": "Fees", "uploadId": desk.started()["uploadId"]}
    assert desk.code("CreateContent", **asked) == "400 ValidationException"
    asked["uploadId"] = "none"
    assert desk.code("CreateContent", **asked) == "400 ValidationException"


def test_a_name_is_one_contents_and_a_token_makes_one(desk):
    asked = {"name": "Fees", "uploadId": desk.uploaded(), "clientToken": "t"}
    first = desk.ask("CreateContent", **asked)["content"]
    assert desk.ask("CreateContent", **asked)["content"]["contentId"] == first["contentId"]
    other = {**asked, "clientToken": "u"}
    assert desk.code("CreateContent", **other) == "409 ConflictException"


def test_a_change_keeps_to_the_revision_that_was_read(desk):
    made = desk.content(overrideLinkOutUri="https://x")
    asked = {"contentId": made["contentId"], "revisionId": made["revisionId"]}
    changed = desk.ask("UpdateContent", **asked, title="Costs", uploadId=desk.uploaded(b"More"))
    assert changed["content"]["title"] == "Costs"
    assert desk.code("UpdateContent", **asked, title="C") == "412 PreconditionFailedException"
    asked["revisionId"] = changed["content"]["revisionId"]
    both = {"overrideLinkOutUri": "https://y", "removeOverrideLinkOutUri": True}
    assert desk.code("UpdateContent", **asked, **both) == "400 ValidationException"
    bare = desk.ask("UpdateContent", **asked, removeOverrideLinkOutUri=True)["content"]
    assert "linkOutUri" not in bare


def search(value):
    return {
        "searchExpression": {"filters": [{"field": "NAME", "operator": "EQUALS", "value": value}]}
    }


def test_a_content_is_found_by_its_name(desk, centre):
    found = desk.ask("SearchContent", **search("Returns"))["contentSummaries"]
    assert [each["name"] for each in found] == ["Returns"]
    nothing = {"searchExpression": {"filters": []}}
    assert desk.code("SearchContent", **nothing) == "400 ValidationException"
    assert QuickDesk(centre).code("SearchContent", **search("x")) == "400 ValidationException"


def test_there_is_room_for_so_many(desk, centre):
    centre.world.limits = {"content": 3}
    asked = {"name": "Fees", "uploadId": desk.uploaded()}
    assert desk.code("CreateContent", **asked) == "402 ServiceQuotaExceededException"
