"""What can be done in bulk beside the catalogue's jobs: the operations of AWS, listed and found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bulkops.definition.job import Job
from bulkops.definition.model.operation_names import every_operation
from bulkops.definition.model.operation_words import words_in
from bulkops.definition.model.operations import operation_model, operations
from bulkops.definition.verbs import only_reads
from bulkops.suggestions import plain

_FAMILY = (
    "connect", "connectcases", "customer-profiles", "qconnect", "connectcampaignsv2",
    "connectparticipant", "connect-contact-lens",
)  # fmt: skip
"""Services that are shown before all others."""
_TAGS = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r"^.+?[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOperation:
    """An operation that changes something, in one sentence, with the catalogue's jobs for it."""

    service: str
    name: str
    summary: str = ""
    jobs: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """What a person types for it."""
        return f"{self.service}:{self.name}"


def listed_operations(service: str, jobs: Iterable[Job]) -> list[ListedOperation]:
    """Return a service's operations that change something; JobError where there is no such service.

    `jobs` are those of the catalogue.
    """
    known = jobs_by_operation(jobs)
    return [
        ListedOperation(
            service=service,
            name=name,
            summary=_what_it_does(operation_model(service, name).documentation),
            jobs=known.get((service, name), ()),
        )
        for name in sorted(operations(service))
        if not only_reads(name)
    ]


def found_operations(word: str, jobs: Iterable[Job]) -> list[ListedOperation]:
    """Return the operations in whose names a word stands, those of Amazon Connect's family first.

    Several words must all stand there, or in the service's name.
    """
    known = jobs_by_operation(jobs)
    words = [plain(each) for each in word.split()]
    found = [
        (service, name)
        for service, name in every_operation()
        if not only_reads(name) and all(_is_said(each, service, name) for each in words)
    ]
    return [
        ListedOperation(service=service, name=name, jobs=known.get((service, name), ()))
        for service, name in sorted(found, key=_rank)
    ]


def found_jobs(word: str, jobs: Iterable[Job]) -> Iterator[Job]:
    """Yield the jobs in whose name or summary all words stand."""
    words = [plain(each) for each in word.split()]
    for job in jobs:
        if all(each in plain(f"{job.name} {job.summary}") for each in words):
            yield job


def jobs_by_operation(jobs: Iterable[Job]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return (service, operation) → the names of the jobs whose steps send it."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for job in jobs:
        for operation in dict.fromkeys(step.operation for step in job.steps):
            key = (job.service, operation)
            found[key] = (*found.get(key, ()), job.name)
    return found


def _is_said(word: str, service: str, name: str) -> bool:
    """Tell whether a word begins one of an operation's name, or stands in the service's."""
    said = name.casefold()
    return word in plain(service) or (
        word in said and any(each.casefold().startswith(word) for each in _from_each_word(name))
    )


def _from_each_word(name: str) -> Iterator[str]:
    words = words_in(name)
    yield from ("".join(words[number:]) for number in range(len(words)))


def _what_it_does(documentation: str) -> str:
    """Return the first sentence that is not about the operation's stage of release."""
    said = first_sentence(documentation)
    if not said.startswith("This API is in preview"):
        return said
    return first_sentence(documentation.partition("subject to change.")[2]) or said


def first_sentence(documentation: str) -> str:
    """Return the first sentence of a model's documentation, without its markup."""
    import html  # noqa: PLC0415  # only where it is shown

    text = " ".join(html.unescape(_TAGS.sub(" ", documentation)).split())
    found = _SENTENCE.match(text)
    return found.group() if found else text


def _rank(found: tuple[str, str]) -> tuple[int, str, str]:
    service, name = found
    return (_FAMILY.index(service) if service in _FAMILY else len(_FAMILY), service, name)
