from __future__ import annotations

import pytest

from bulkops.pacing.read_retries import is_passing, is_read, reads_again
from bulkops.pacing.replies import Fault, FaultClass


@pytest.mark.parametrize(
    "operation",
    ["DescribeUser", "ListUsers", "SearchUsers", "GetContactAttributes", "BatchGetField"],
)
def test_operations_that_describe_list_search_or_get_are_reads(operation):
    assert is_read(operation)


@pytest.mark.parametrize("operation", ["CreateUser", "UpdateUserHierarchy", "BatchPutFieldOptions"])
def test_other_operations_are_not_reads(operation):
    assert not is_read(operation)


def fault(fault_class):
    return Fault(fault_class=fault_class, code="Some", message="")


@pytest.mark.parametrize(
    ("fault_class", "passing"),
    [
        (FaultClass.THROTTLED, True),
        (FaultClass.TRANSIENT, True),
        (FaultClass.IN_DOUBT, True),
        (FaultClass.REJECTED, False),
        (FaultClass.FATAL, False),
        (FaultClass.EXHAUSTED, False),
    ],
)
def test_only_what_passes_by_itself_is_worth_another_try(fault_class, passing):
    assert is_passing(fault(fault_class)) is passing
    assert reads_again(fault(fault_class), attempt=1, most=2) is passing


def test_a_read_is_given_up_after_the_last_attempt():
    assert reads_again(fault(FaultClass.TRANSIENT), attempt=2, most=3)
    assert not reads_again(fault(FaultClass.TRANSIENT), attempt=3, most=3)
