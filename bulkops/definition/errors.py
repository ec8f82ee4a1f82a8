"""What is raised where a job, an operation or a service can't be used at all."""

from __future__ import annotations


class JobError(Exception):
    """A job that can't be used. `faults` holds everything that is wrong with it, one text each."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
