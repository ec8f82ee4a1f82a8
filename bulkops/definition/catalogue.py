"""Jobs by what a person types: a name of the catalogue, a path, or `service:Operation`."""

from __future__ import annotations

import importlib
import importlib.machinery
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any

from bulkops.definition.earlier_jobs import earlier_form
from bulkops.definition.job import Job
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_digest import digest
from bulkops.definition.job_references import is_path
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.verbs import verb
from bulkops.definition.workbook_job import NAME, workbook_job
from bulkops.definition.workbook_sheets import SHEETS
from bulkops.errors import JobError
from bulkops.suggestions import nearest_hint

if TYPE_CHECKING:
    from bulkops.definition.derived_job import Form

PACKAGE = "bulkops.jobs"
_OPERATION = re.compile(r"[a-z][a-z0-9-]+:[A-Za-z0-9]+(?:\+\w+(?:=[\w:.-]+)?)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedJob:
    """A job that was found without fault. `source` says where: the catalogue, a file, a model."""

    job: Job
    sha256: str
    source: str
    definitions: tuple[Any, ...] | None = None
    """What a target has added to the job (`definition.defined_columns`); None: nothing was read."""


def names() -> tuple[str, ...]:
    """Return the names of the catalogue's jobs, sorted, without loading them."""
    return _names_in(tuple(importlib.import_module(PACKAGE).__path__))


@cache
def _names_in(folders: tuple[str, ...]) -> tuple[str, ...]:
    found = pkgutil.iter_modules(folders)
    return tuple(sorted(module.name.replace("_", "-") for module in found))


def listed() -> Iterator[Job]:
    """Yield the catalogue's jobs in the order of their names, not verified: `load` does that."""
    return map(_from_catalogue, names())


def load(reference: str) -> LoadedJob:
    """Load a job and verify it. Raises JobError with everything that is wrong.

    `reference` is a name of the catalogue, the path of a .py file that holds a JOB, an AWS
    operation such as `connect:UpdateUserRoutingProfile`, or `workbook`: all that its sheets do.
    """
    if reference == NAME:
        return load_workbook(sheet.job for sheet in SHEETS)
    if is_path(reference):
        job, source = _from_file(Path(reference)), reference
    elif _OPERATION.fullmatch(reference):
        job, source = _derived(reference, "now"), f"the service model of {reference}"
    else:
        job, source = _from_catalogue(reference), "the catalogue"
    faults = faults_of(job)
    if faults:
        raise JobError(*(f"{reference}: {fault}" for fault in faults))
    return LoadedJob(job=job, sha256=digest(job), source=source)


def load_workbook(jobs: Iterable[str]) -> LoadedJob:
    """Load the job of a workbook, made of some of the catalogue's. Raises JobError."""
    job = workbook_job(load(name).job for name in jobs)
    return LoadedJob(job=job, sha256=digest(job), source="the sheets of a workbook")


def load_earlier(reference: str) -> Iterator[LoadedJob]:
    """Load a job as earlier versions had it or derived it, for runs that they began."""
    if is_path(reference):
        return
    if not _OPERATION.fullmatch(reference):
        job = earlier_form(_from_catalogue(reference))
        if job is not None:
            yield LoadedJob(job=job, sha256=digest(job), source="the catalogue")
        return
    forms: tuple[Form, ...] = ("unseen", "first")
    for form in forms:
        try:
            job = _derived(reference, form)
        except JobError:  # it could not be derived then
            continue
        yield LoadedJob(job=job, sha256=digest(job), source=f"the service model of {reference}")


def _derived(reference: str, form: Form) -> Job:
    """Return the job of an operation, with the members that are found by names: `+GroupId`."""
    from bulkops.definition.derived_finds import found_by_name  # noqa: PLC0415  # for operations
    from bulkops.definition.derived_job import derived  # noqa: PLC0415  # only for operations

    operation, *finds = reference.split("+")
    job = derived(operation, form=form)
    return found_by_name(job, derived(operation, form="unseen"), finds) if finds else job


@cache
def _from_catalogue(name: str) -> Job:
    if name not in names():
        hint = nearest_hint(name, names()) or f"There are {', '.join(names())}."
        raise JobError(f'There is no job "{name}". {hint}')
    module = importlib.import_module(f"{PACKAGE}.{name.replace('-', '_')}")
    job = _job_of(module, name)
    if job.name != name:
        raise JobError(f"{name}: the file and the job must bear one name, not {job.name}.")
    return job


def _from_file(path: Path) -> Job:
    """Run a job file. Whatever goes wrong in it is a fault of the job, said with its line."""
    if not path.is_file():
        raise JobError(f"There is no job file {path}.")
    module = ModuleType(f"bulkops_job_{path.stem}")
    loader = _Fresh(module.__name__, str(path))
    try:
        loader.exec_module(module)
    except SyntaxError as error:
        raise JobError(f"{path}, line {error.lineno}: {error.msg}.") from error
    except KeyboardInterrupt:
        raise  # a person's own wish
    except SystemExit as error:
        raise JobError(
            f"{path} exits when it is read, with code {error.code!r}: a job file only makes a JOB."
        ) from error
    except BaseException as error:  # a person's own file can fail in any way
        raise JobError(f"{path} can't be run: {type(error).__name__}: {error}") from error
    return _job_of(module, str(path))


class _Fresh(importlib.machinery.SourceFileLoader):
    """Reads the source each time: nothing is written beside a person's file, nothing is stale."""

    def get_code(self, fullname: str) -> CodeType:
        """Compile the file as it is now."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _job_of(module: ModuleType, name: str) -> Job:
    job = getattr(module, "JOB", None)
    if not isinstance(job, Job):
        raise JobError(f"{name} holds no JOB: a job file ends in `JOB = Job(…)`.")
    return job


def maker_of(job: Job) -> Job | None:
    """Return the catalogue's job that makes what a job deletes; None where there is none.

    What the plan keeps whole, so that undo makes it again, needs none.
    """
    doomed = {
        step.subject.kind
        for step in job.steps
        if verb(step.operation) == "delete" and isinstance(step.subject, Find)
        if not step.remakes
    }
    return next((maker for maker, kind in _makers() if kind in doomed), None) if doomed else None


def _makers() -> Iterator[tuple[Job, str]]:
    """Yield the catalogue's jobs that make things, each with the kind of thing."""
    for job in listed():
        first = job.steps[0]
        if verb(first.operation) == "create" and isinstance(first.subject, Find):
            yield job, first.subject.kind
