"""What one text of a flow refers to: a whole value of a known field, or parts of any text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bulkops.planning.flows.arns import CONNECT_TYPES, OTHER_KIND, Arn, arn_of, target_of
from bulkops.planning.flows.flow_places import UUID


class ReferenceForm(StrEnum):
    """How a flow refers to a thing, which says what may be put in its place."""

    ID = "id"  # the bare id: an id goes in its place
    ARN = "arn"  # the whole ARN, alias or version apart: an ARN goes in its place
    NAME = "name"  # a name or a number that is the same text wherever the thing is there
    LITERAL = "literal"  # the source's instance id, account or Region inside some text
    AWS = "aws"  # AWS's own thing, there in every instance; of an ARN the Region may differ
    DYNAMIC = "dynamic"  # known only while a contact is served: left alone
    MIXED = "mixed"  # dynamic in part: what is literal of an ARN may be moved
    TEMPLATE = "template"  # another tool was to put something in its place and has not
    EXTERNAL = "external"  # an ARN of another service in an account that is not the source's


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSource:
    """The instance that a flow comes from, as far as it is known; empty for what is not."""

    instance_id: str = ""
    account: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundText:
    """A part of a text that refers to something: where it begins, and what it says.

    `raw` is what a replacement stands in place of: without the alias or version, which is
    `qualifier` and stays.
    """

    kind: str
    form: ReferenceForm
    raw: str
    thing_id: str
    start: int = 0
    instance: str = ""
    account: str = ""
    region: str = ""
    qualifier: str = ""


_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|%\w+%")
_DYNAMIC = re.compile(r"\$[.\[]")
_PART = r"(?:\$\{[^{}]*\}|\{\{[^{}]*\}\}|[^\s\"'<>\\,;|()\[\]{}`^:])*+"
_RESOURCE = r"(?:\$\{[^{}]*\}|\{\{[^{}]*\}\}|[^\s\"'<>\\,;|()\[\]{}`^])++"
_ARN = re.compile(rf"(?<![A-Za-z0-9_])arn(?::{_PART}){{4}}:{_RESOURCE}|s3://{_RESOURCE}")
_SHORT = re.compile(  # what follows an instance's ARN that is put together when a contact comes
    rf"(?:\$\.InstanceARN|instance/{UUID.pattern})/"
    rf"(queue/agent|{'|'.join(CONNECT_TYPES)})/({UUID.pattern})"
)
_SENTENCE_END = ".!?:"
_WITH_QUALIFIER = ("contact-flow", "contact-flow-module", "view")
"""Kinds whose bare ids may be followed by an alias or a version."""
_BY_NAME = ("email-address", "lex-bot", "phone-number", "predefined-attribute")


def found_in_field(kind: str, text: str, source: FlowSource) -> Iterator[FoundText]:
    """Yield what the whole value of a field of a known kind refers to; nothing for an empty one."""
    if not text:
        return
    if _DYNAMIC.match(text):
        yield FoundText(kind=kind, form=ReferenceForm.DYNAMIC, raw=text, thing_id="")
    elif (arn := arn_of(text)) is not None:
        yield _of_arn(text, arn, 0, source, kind)
    else:
        is_mail = kind == "phone-number" and "@" in text  # an endpoint may be either
        yield _of_plain("email-address" if is_mail else kind, text)


def found_within(text: str, source: FlowSource) -> Iterator[FoundText]:
    """Yield what the parts of a text refer to: ARNs, S3 places, and the source's own ids.

    A bare uuid is nothing: blocks are named by uuids too.
    """
    if _hint(source.instance_id, source.account).search(text) is None:
        return  # as most texts: what follows need not be tried
    if (template := _TEMPLATE.fullmatch(text)) is not None:
        form = ReferenceForm.TEMPLATE
        yield FoundText(kind=OTHER_KIND, form=form, raw=template[0], thing_id="")
        return
    ends: dict[int, int] = {}
    for found in _arns(text, source):
        ends[found.start] = found.start + len(found.raw)
        yield found
    starts = list(ends)
    for found in (*_put_together(text), *_literals(text, source)):
        before = bisect_right(starts, found.start)  # of the ARN that could hold it
        within = before > 0 and ends[starts[before - 1]] > found.start
        if not within and found.start not in ends:
            ends[found.start] = found.start
            yield found


def _arns(text: str, source: FlowSource) -> Iterator[FoundText]:
    for match in _ARN.finditer(text):
        raw = match[0].rstrip(_SENTENCE_END)
        if raw.startswith("s3:"):
            yield _of_plain("s3-object", raw, match.start())
        elif (arn := arn_of(raw)) is not None:
            yield _of_arn(raw, arn, match.start(), source)


def _put_together(text: str) -> Iterator[FoundText]:
    """Yield ids that follow an instance's ARN which is put together as a contact is served."""
    for match in _SHORT.finditer(text):
        kind = target_of(Arn("aws", "connect", "", "", f"{match[1]}/")).kind
        form, found = ReferenceForm.ID, match[2]
        yield FoundText(kind=kind, form=form, raw=found, thing_id=found, start=match.start(2))


def _literals(text: str, source: FlowSource) -> Iterator[FoundText]:
    for kind, literal in (("instance", source.instance_id), ("account", source.account)):
        if literal:
            for match in _literal(literal).finditer(text):
                form = ReferenceForm.LITERAL
                yield FoundText(
                    kind=kind, form=form, raw=literal, thing_id=literal, start=match.start()
                )


@lru_cache(maxsize=16)  # those of the sources that are gone through
def _hint(*literals: str) -> re.Pattern[str]:
    """Return what is found in every text that may refer to anything."""
    own = (re.escape(each) for each in literals if each)
    return re.compile("|".join(["arn:", "s3://", "/", r"\{\{", r"\$\{", r"\A%", *own]))


@lru_cache(maxsize=16)  # likewise
def _literal(text: str) -> re.Pattern[str]:
    """Return what finds a text that is not part of a longer word or number."""
    return re.compile(rf"(?<![A-Za-z0-9+]){re.escape(text)}(?![A-Za-z0-9])")


def _of_plain(kind: str, text: str, start: int = 0) -> FoundText:
    """Return what a text that is no ARN refers to."""
    if _TEMPLATE.search(text):
        form = ReferenceForm.TEMPLATE
    elif _DYNAMIC.search(text):
        form = ReferenceForm.MIXED
    elif kind == "region":
        form = ReferenceForm.LITERAL
    else:
        form = ReferenceForm.NAME if kind in _BY_NAME else ReferenceForm.ID
    raw, qualifier = text, ""
    if form is ReferenceForm.ID and kind in _WITH_QUALIFIER:
        raw, _, qualifier = text.partition(":")
        if kind == "view" and not UUID.fullmatch(raw):
            form = ReferenceForm.AWS
    thing_id = raw.removeprefix("s3://")
    return FoundText(
        kind=kind, form=form, raw=raw, thing_id=thing_id, start=start, qualifier=qualifier
    )


def _of_arn(
    text: str, arn: Arn, start: int, source: FlowSource, kind: str = OTHER_KIND
) -> FoundText:
    """Return what an ARN refers to; `kind` is that of its field, for what flows know nothing of."""
    target = target_of(arn)
    qualifier = target.qualifier
    return FoundText(
        kind=target.kind if target.kind != OTHER_KIND else kind,
        form=_form(text, arn, source),
        raw=text.removesuffix(f":{qualifier}") if qualifier else text,
        thing_id=target.thing_id,
        start=start,
        instance=target.instance,
        account=arn.account,
        region=arn.region,
        qualifier=qualifier,
    )


def _form(text: str, arn: Arn, source: FlowSource) -> ReferenceForm:
    if _TEMPLATE.search(text):
        return ReferenceForm.TEMPLATE
    if _DYNAMIC.search(text):
        return ReferenceForm.MIXED
    if arn.account == "aws":
        return ReferenceForm.AWS
    elsewhere = source.account and arn.account and arn.account != source.account
    if elsewhere and arn.service != "connect":
        return ReferenceForm.EXTERNAL
    return ReferenceForm.ARN
