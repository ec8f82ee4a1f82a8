from __future__ import annotations

from types import SimpleNamespace

import pytest

from bulkops.definition.catalogue import load
from bulkops.errors import RefusedError
from bulkops.targets.defined_job import defined_there

SEVERAL = SimpleNamespace(targets={"dublin": None, "lisbon": None})


@pytest.mark.anyio
async def test_of_several_targets_each_has_columns_of_its_own():
    with pytest.raises(RefusedError, match=r"one target at a time.*dublin, lisbon"):
        await defined_there(load("update-cases"), SEVERAL, lambda _: True)


@pytest.mark.anyio
async def test_any_other_job_is_the_same_everywhere():
    users = load("create-users")
    assert await defined_there(users, SEVERAL, lambda _: True) is users
