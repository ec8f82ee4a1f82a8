"""AWS_DATA_PATH: the folders in which a person has service models, as botocore means it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bulkops.definition.model.model_files import look_first_in

DATA_PATH = "AWS_DATA_PATH"


def folders_in(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the folders of AWS_DATA_PATH in its order; `~` and variables in them are told."""
    given = environment.get(DATA_PATH)
    if given is None:
        return ()
    told = map(os.path.expandvars, given.split(os.pathsep))
    return tuple(Path(os.path.expanduser(each)) for each in told)  # noqa: PTH111  # pathlib raises for a user who is not there


def look_in_data_path(environment: Mapping[str, str]) -> None:
    """Have the models in AWS_DATA_PATH read before all others, as botocore's clients do."""
    look_first_in(folders_in(environment))
