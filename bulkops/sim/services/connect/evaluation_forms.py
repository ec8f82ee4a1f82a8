"""Evaluation forms: versions of sections and questions, of which one at most is active."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.state.refusals import ServiceError, invalid, not_found
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

KIND = "evaluation-form"
NOUN = "evaluation form"
MOST = 100
"""Sections, and questions, that a form may have (service model, CreateEvaluationForm)."""
CONTENT = ("Title", "Description", "Items", "ScoringStrategy")
DRAFT, ACTIVE = "DRAFT", "ACTIVE"


def create(session: WorldSession, params: Members) -> Members:
    """Make a form with a first version, a draft; several forms may have one title."""
    _check_items(params["Items"])
    check_count(session, KIND, len(session.table(KIND)))
    version = {**_content(params), **_stamps(session)}
    made = session.create(KIND, {"Name": params["Title"], "Latest": 1, "Versions": {"1": version}})
    return _ids(made)


def update(session: WorldSession, params: Members) -> Members:
    """Replace all of a version, or make a new one beside it; an active one is not replaced."""
    form, number = _form(session, params), str(params["EvaluationFormVersion"])
    before = _version(form, number)
    _check_items(params["Items"])
    if params.get("CreateNewVersion"):
        number = str(form["Latest"] + 1)
    elif form.get("Active") == number:
        raise _conflict("An active version can't be changed: make a new version.")
    made = {"Created": before["Created"]} if number in form["Versions"] else {}
    version = {**_content(params), **_stamps(session), **made}
    latest = max(form["Latest"], int(number))
    session.update(
        KIND,
        form,
        Name=params["Title"] if int(number) == latest else form["Name"],
        Latest=latest,
        Versions={**form["Versions"], number: version},
    )
    return {**_ids(form), "EvaluationFormVersion": int(number)}


def activate(session: WorldSession, params: Members) -> Members:
    """Make a version the one by which contacts are evaluated; the one before is it no more."""
    form, number = _form(session, params), str(params["EvaluationFormVersion"])
    _version(form, number)
    if form.get("Active") == number:
        raise _conflict("The version is active already.")
    session.update(KIND, form, Active=number)
    return {**_ids(form), "EvaluationFormVersion": int(number)}


def deactivate(session: WorldSession, params: Members) -> Members:
    """Take a version out of use."""
    form, number = _form(session, params), str(params["EvaluationFormVersion"])
    _version(form, number)
    if form.get("Active") != number:
        raise _conflict("The version is not active.")
    session.update(KIND, form, Active=None)
    return {**_ids(form), "EvaluationFormVersion": int(number)}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a version, or the form with all of them; the last version takes the form with it."""
    form = _form(session, params)
    if "EvaluationFormVersion" not in params:
        session.delete(KIND, form["Id"])
        return {}
    number = str(params["EvaluationFormVersion"])
    _version(form, number)
    if form.get("Active") == number:
        raise _conflict("An active version can't be deleted.")
    left = {each: version for each, version in form["Versions"].items() if each != number}
    if not left:
        session.delete(KIND, form["Id"])
        return {}
    latest = max(map(int, left))
    session.update(KIND, form, Versions=left, Latest=latest, Name=left[str(latest)]["Title"])
    return {}


def describe(session: WorldSession, params: Members) -> Members:
    """Return a version of a form, the latest where none is named."""
    form = session.see(KIND, params["EvaluationFormId"])
    number = str(params.get("EvaluationFormVersion", form["Latest"]))
    version = _version(form, number)
    return {
        "EvaluationForm": {
            **_ids(form),
            **{name: version[name] for name in CONTENT if name in version},
            "EvaluationFormVersion": int(number),
            "Locked": False,
            "Status": ACTIVE if form.get("Active") == number else DRAFT,
            **_shown_stamps(session, version),
            "Tags": {},
        }
    }


def list_forms(session: WorldSession, params: Members) -> Members:
    """Return the forms page by page, with the numbers of their latest and active versions."""
    page = page_of(session.see_all(KIND), "ListEvaluationForms", params, session.now)
    shown = [_summary(session, form) for form in page.items]
    return page.reply("EvaluationFormSummaryList", shown)


def list_versions(session: WorldSession, params: Members) -> Members:
    """Return the versions of a form, the newest first."""
    form = session.see(KIND, params["EvaluationFormId"])
    numbered = list(enumerate(sorted(map(int, form["Versions"]), reverse=True), start=1))
    page = page_of(numbered, "ListEvaluationFormVersions", params, session.now)
    shown = [
        {
            **_ids(form),
            "EvaluationFormVersion": number,
            "Locked": False,
            "Status": ACTIVE if form.get("Active") == str(number) else DRAFT,
            **_shown_stamps(session, form["Versions"][str(number)]),
        }
        for number in page.items
    ]
    return page.reply("EvaluationFormVersionSummaryList", shown)


def _summary(session: WorldSession, form: StoredThing) -> Members:
    versions = form["Versions"]
    first, latest = versions[min(versions, key=int)], versions[str(form["Latest"])]
    active = {"ActiveVersion": int(form["Active"])} if "Active" in form else {}
    return {
        **_ids(form),
        "Title": form["Name"],
        "LatestVersion": form["Latest"],
        **active,
        **_shown_stamps(session, {**latest, "Created": first["Created"]}),
    }


def _ids(form: StoredThing) -> Members:
    return {"EvaluationFormId": form["Id"], "EvaluationFormArn": form["Arn"]}


def _form(session: WorldSession, params: Members) -> StoredThing:
    return session.need(KIND, params["EvaluationFormId"])


def _version(form: StoredThing, number: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] | None = form["Versions"].get(number)
    if found is None:
        raise not_found("version of the evaluation form")
    return found


def _content(params: Members) -> dict[str, Any]:
    return {name: params[name] for name in CONTENT if params.get(name) not in (None, "")}


def _stamps(session: WorldSession) -> dict[str, Any]:
    return {"Created": session.now, "Changed": session.now}


def _shown_stamps(session: WorldSession, version: Mapping[str, Any]) -> Members:
    who = f"arn:aws:iam::{session.instance.account}:user/operator"
    return {
        "CreatedTime": moment(version["Created"]),
        "CreatedBy": who,
        "LastModifiedTime": moment(version["Changed"]),
        "LastModifiedBy": who,
    }


def _conflict(message: str) -> ServiceError:
    return ServiceError("ResourceConflictException", message, 409)


def _check_items(items: Iterable[Members]) -> None:
    """Refuse items that are no form: questions outside of sections, too many, or one id twice."""
    sections: list[Members] = []
    questions: list[Members] = []
    for item in items:
        if "Section" not in item:
            raise invalid("Questions must be contained in a section.")
        for kind, each in _within(item):
            (sections if kind == "Section" else questions).append(each)
    if len(sections) > MOST or len(questions) > MOST:
        raise invalid(f"A form has at most {MOST} sections and {MOST} questions.")
    ids = Counter(each["RefId"] for each in (*sections, *questions))
    if any(times > 1 for times in ids.values()):
        raise invalid("Question and section identifiers cannot be duplicated.")
    for question in questions:
        _check_question(question)


def _within(item: Members) -> Iterator[tuple[str, Members]]:
    for kind, each in item.items():
        yield kind, each
        for inner in each.get("Items", ()) if kind == "Section" else ():
            yield from _within(inner)


_PROPERTIES = {"SINGLESELECT": "SingleSelect", "NUMERIC": "Numeric"}


def _check_question(question: Members) -> None:
    wanted = _PROPERTIES.get(question["QuestionType"])
    given = set(question.get("QuestionTypeProperties", {}))
    if wanted is not None and given != {wanted}:
        raise invalid(f"A {question['QuestionType']} question needs its {wanted} properties.")
    if wanted is None and given:
        raise invalid("A TEXT question has no properties.")
    numeric = question.get("QuestionTypeProperties", {}).get("Numeric")
    if numeric is not None and numeric["MinValue"] > numeric["MaxValue"]:
        raise invalid("MinValue is greater than MaxValue.")


OPERATIONS: Mapping[str, Handler] = {
    "CreateEvaluationForm": once(create, differs="ResourceConflictException"),
    "UpdateEvaluationForm": once(update, differs="ResourceConflictException"),
    "ActivateEvaluationForm": activate,
    "DeactivateEvaluationForm": deactivate,
    "DeleteEvaluationForm": delete,
    "DescribeEvaluationForm": describe,
    "ListEvaluationForms": list_forms,
    "ListEvaluationFormVersions": list_versions,
}
