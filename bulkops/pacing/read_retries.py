"""Reads: which operations they are, and how often one is tried again."""

from __future__ import annotations

from bulkops.definition.verbs import only_reads
from bulkops.pacing.replies import Fault, FaultClass

READ_ATTEMPTS = 6
"""How often a read is sent through its lane; a throttle slows the lane and is not counted."""
DIRECT_ATTEMPTS = 5
"""How often one is sent before there are lanes; here throttles count."""
PASSING = frozenset({FaultClass.THROTTLED, FaultClass.TRANSIENT, FaultClass.IN_DOUBT})
"""Failures of a read that another try may not meet: a read changes nothing, so none is in doubt."""


def is_read(operation: str) -> bool:
    """Tell whether an operation only reads, so that sending it twice is harmless."""
    return only_reads(operation)


def is_passing(fault: Fault) -> bool:
    """Tell whether another try of a read may not meet a failure."""
    return fault.fault_class in PASSING


def reads_again(fault: Fault, *, attempt: int, most: int) -> bool:
    """Tell whether a read that failed at attempt number `attempt`, from 1, is tried again."""
    return attempt < most and is_passing(fault)
