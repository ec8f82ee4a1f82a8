"""Custom vocabularies: made and deleted by work that goes on after the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.listing import Handler, Members, same, shown
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import ServiceError, not_found
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

KIND = "vocabulary"
LEAVING = "leaving-vocabulary"
"""Vocabularies that are being deleted: seen, and of a taken name, until that is over."""
WORK_SECONDS = 1.5
HEADER = "Phrase"
"""What the first line of a vocabulary's table begins with."""
SUMMARY = {**same("Id", "Arn", "Name", "LanguageCode"), "LastModifiedTime": "LastModifiedTime"}
WHOLE = {**SUMMARY, **same("Content", "Tags")}


def create(session: WorldSession, params: Members) -> Members:
    """Accept a vocabulary; whether its table can be read shows only later."""
    name = params["VocabularyName"]
    taken = {str(record["Name"]).casefold() for record in (*session.all(KIND), *_leaving(session))}
    if name.casefold() in taken:
        raise ServiceError("ResourceConflictException", "The name is taken.", 409)
    check_count(session, KIND, len(session.table(KIND)))
    readable = params["Content"].startswith(HEADER)
    record = session.create(
        KIND,
        {
            "Name": name,
            "LanguageCode": params["LanguageCode"],
            "Content": params["Content"],
            "Tags": checked_tags(params.get("Tags", {})),
            "WorkedOnUntil": session.now + WORK_SECONDS,
            "Failure": None if readable else f"The first line does not begin with {HEADER}.",
        },
    )
    return _answer(session, record)


def _answer(session: WorldSession, record: StoredThing) -> Members:
    ids = {"VocabularyArn": record["Arn"], "VocabularyId": record["Id"]}
    return {**ids, "State": _state(session, record)["State"]}


def delete(session: WorldSession, params: Members) -> Members:
    """Accept that a vocabulary is to go; asked again while it goes, it answers the same."""
    record = session.table(KIND).get(params["VocabularyId"])
    if record is None:
        return _answer(session, _found(session, params["VocabularyId"]))
    leaving = {"Record": dict(record), "GoneAt": session.now + WORK_SECONDS}
    session.put_named(LEAVING, record["Id"], leaving)
    session.delete(KIND, record["Id"])
    return {**_answer(session, record), "State": "DELETE_IN_PROGRESS"}


def _leaving(session: WorldSession) -> Iterator[StoredThing]:
    for each in session.all(LEAVING):
        if session.now < each["GoneAt"]:
            yield {**each["Record"], "GoneAt": each["GoneAt"]}


def _found(session: WorldSession, vocabulary_id: str) -> StoredThing:
    for record in (*session.all(KIND), *_leaving(session)):
        if record["Id"] == vocabulary_id:
            return record
    raise not_found("vocabulary")


def _state(session: WorldSession, record: StoredThing) -> Members:
    if "GoneAt" in record:
        return {"State": "DELETE_IN_PROGRESS"}
    if session.now < record.get("WorkedOnUntil", 0.0):
        return {"State": "CREATION_IN_PROGRESS"}
    if "Failure" in record:
        return {"State": "CREATION_FAILED", "FailureReason": record["Failure"]}
    return {"State": "ACTIVE"}


def describe(session: WorldSession, params: Members) -> Members:
    """Return a vocabulary with its table, and how far its making or its deletion is."""
    record = _found(session, params["VocabularyId"])
    return {"Vocabulary": {**shown(record, WHOLE), **_state(session, record)}}


def search(session: WorldSession, params: Members) -> Members:
    """Return the vocabularies, those that are being deleted among them, page by page."""
    seen = [record for _, record in session.see_all(KIND)]
    found = [
        {**shown(each, SUMMARY), **_state(session, each)} for each in (*seen, *_leaving(session))
    ]
    for argument, member in (("State", "State"), ("LanguageCode", "LanguageCode")):
        if argument in params:
            found = [each for each in found if each[member] == params[argument]]
    begins = str(params.get("NameStartsWith", ""))
    found = [each for each in found if each["Name"].startswith(begins)]
    page = page_of(list(enumerate(found, start=1)), "SearchVocabularies", params, session.now)
    return page.reply("VocabularySummaryList", list(page.items))


OPERATIONS: Mapping[str, Handler] = {
    "CreateVocabulary": once(create, differs="InvalidRequestException"),
    "DeleteVocabulary": delete,
    "DescribeVocabulary": describe,
    "SearchVocabularies": search,
}
