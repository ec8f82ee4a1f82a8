from __future__ import annotations

import os
from pathlib import Path

import bulkops.jobs as jobs_package
import pytest

from bulkops.definition import catalogue
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.job_digest import digest
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.errors import JobError

SOURCE = '''"""Move users."""
from bulkops.definition import Again, Col, Column, Find, Job, Step

USER = Find("user", Col("username"))
JOB = Job(
    name="move",
    summary="Move users.",
    key=("username",),
    columns=(
        Column(name="username", required=True, help="Who."),
        Column(name="profile", required=True, help="Where to."),
    ),
    steps=(
        Step(
            operation="UpdateUserRoutingProfile",
            subject=USER,
            args={
                "UserId": USER,
                "RoutingProfileId": Find("routing-profile", Col("profile")),
            },
            settle=Again(),
        ),
    ),
)
'''


@pytest.fixture
def job_file(tmp_path):
    def write(source):
        path = tmp_path / "move.py"
        path.write_text(source, encoding="utf-8")
        return str(path)

    return write


def _faults(reference):
    with pytest.raises(JobError) as raised:
        catalogue.load(reference)
    return raised.value.faults


def test_the_catalogue_names_every_job_file():
    assert "create-users" in catalogue.names()
    assert catalogue.names() == tuple(sorted(catalogue.names()))


def test_a_job_is_loaded_by_its_name():
    loaded = catalogue.load("create-users")
    assert loaded.job.name == "create-users"
    assert loaded.sha256 == digest(loaded.job)
    assert loaded.source == "the catalogue"


def test_an_unknown_name_gets_the_nearest_or_all():
    assert _faults("create-user") == (
        'There is no job "create-user". Did you mean "create-users"?',
    )
    (fault,) = _faults("zzz")
    assert fault == f'There is no job "zzz". There are {", ".join(catalogue.names())}.'


def test_a_job_of_ones_own_is_loaded_by_its_path(job_file):
    path = job_file(SOURCE)
    loaded = catalogue.load(path)
    assert loaded.job.name == "move"
    assert loaded.source == path


def test_the_digest_of_a_file_does_not_depend_on_how_it_is_written(job_file):
    first = catalogue.load(job_file(SOURCE)).sha256
    spaced = SOURCE.replace("\n", "\n\n").replace("    ", "        ")
    assert catalogue.load(job_file(spaced)).sha256 == first
    assert catalogue.load(job_file(SOURCE.replace("Who.", "Whom."))).sha256 != first


def test_a_file_that_changed_within_the_same_second_is_read_anew(job_file):
    path = job_file(SOURCE)
    stamp = Path(path).stat()
    first = catalogue.load(path).sha256
    Path(path).write_text(SOURCE.replace("Who.", "Oho."), encoding="utf-8")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert catalogue.load(path).sha256 != first
    assert [found.name for found in Path(path).parent.iterdir()] == ["move.py"]


def test_a_file_that_is_not_there_is_said(tmp_path):
    assert _faults(str(tmp_path / "none.py")) == (f"There is no job file {tmp_path / 'none.py'}.",)


def test_a_file_that_is_not_python_is_said_with_its_line(job_file):
    path = job_file("JOB = (\n  Job(\n")
    (fault,) = _faults(path)
    assert fault.startswith(f"{path}, line ")


def test_whatever_goes_wrong_in_a_file_is_a_fault_of_the_job(job_file):
    path = job_file("1 / 0\n")
    assert _faults(path) == (f"{path} can't be run: ZeroDivisionError: division by zero",)


def test_a_file_without_a_job_is_said(job_file):
    for source in ("", "JOB = 5\n"):
        path = job_file(source)
        assert _faults(path) == (f"{path} holds no JOB: a job file ends in `JOB = Job(…)`.",)


def test_a_file_of_another_suffix_is_no_job(tmp_path):
    path = tmp_path / "users.csv"
    path.write_text("username\n", encoding="utf-8")
    (fault,) = _faults(str(path))
    assert "holds no JOB" in fault or "can't be run" in fault


def test_every_fault_of_a_job_comes_with_its_reference(job_file):
    path = job_file(SOURCE.replace('"UserId"', '"User"').replace('name="move"', 'name="Move"'))
    step = f"{path}: step 0 (UpdateUserRoutingProfile)"
    assert _faults(path) == (
        f'{path}: job name "Move": small letters and digits with hyphens between them only.',
        f"{step}: UserId must be given.",
        f'{step}: there is no member User. Did you mean "UserId"?',
    )


def test_an_operation_becomes_a_job():
    loaded = catalogue.load("connect:UpdateUserRoutingProfile")
    assert loaded.source == "the service model of connect:UpdateUserRoutingProfile"
    assert loaded.job.steps[0].operation == "UpdateUserRoutingProfile"


def test_a_file_of_the_catalogue_bears_its_jobs_name(monkeypatch, tmp_path):
    (tmp_path / "wander.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(jobs_package, "__path__", [*jobs_package.__path__, str(tmp_path)])
    assert "wander" in catalogue.names()
    assert _faults("wander") == ("wander: the file and the job must bear one name, not move.",)


def test_what_no_job_of_the_catalogue_makes_has_no_maker():
    flow = Find("outbound-whisper-flow", Col("flow"))
    job = Job(
        name="delete-flows",
        summary="Delete flows.",
        key=("flow",),
        columns=(Column(name="flow", required=True, help="The flow to delete."),),
        steps=(
            Step(
                operation="DeleteContactFlow",
                subject=flow,
                args={"ContactFlowId": flow},
                irreversible="x",
            ),
        ),
    )
    assert catalogue.maker_of(job) is None
    deletes, creates = (catalogue.load(name).job for name in ("delete-users", "create-users"))
    assert catalogue.maker_of(deletes) == creates


@pytest.mark.parametrize(("code", "shown"), [("3", "3"), ("", "None"), ("'no'", "'no'")])
def test_a_file_that_exits_is_said_with_its_code(job_file, code, shown):
    path = job_file(f"import sys\nsys.exit({code})\n")
    assert _faults(path) == (
        f"{path} exits when it is read, with code {shown}: a job file only makes a JOB.",
    )


def test_a_file_that_fails_in_any_way_is_said_and_ctrl_c_stays_ctrl_c(job_file):
    path = job_file("class Odd(BaseException): pass\nraise Odd('so')\n")
    assert _faults(path) == (f"{path} can't be run: Odd: so",)
    with pytest.raises(KeyboardInterrupt):
        catalogue.load(job_file("raise KeyboardInterrupt\n"))


def test_what_could_not_be_derived_at_first_has_the_later_form_alone():
    assert len([*catalogue.load_earlier("connect:UpdateQueueName")]) == 2
    assert len([*catalogue.load_earlier("s3:PutObject")]) == 1
