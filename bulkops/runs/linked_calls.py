"""What follows for a plan from calls that wait for others: its least time, and who goes first."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from bulkops.engine.lanes import Lane
from bulkops.ledger.records import Turn
from bulkops.pacing.chains.least_course import Link, PacedCalls, least_course
from bulkops.pacing.chains.plan_course import CourseLink, PlanCourse
from bulkops.pacing.chains.sending_turns import turns
from bulkops.planning.call_links import CallLinks
from bulkops.targets.connect import Connection


def plan_course(links: CallLinks | None, connection: Connection) -> PlanCourse | None:
    """Return where a plan's least time goes; None where no row of it needs another."""
    if links is None or not links.linked:
        return None
    paced, lanes = _paced(links, connection)
    course = least_course(paced)
    said = tuple(_said(link, lanes[link.lane]) for link in course.links)
    return PlanCourse(course.seconds, said)


def sending_turns(links: CallLinks | None, connection: Connection) -> Iterator[Turn]:
    """Yield when the calls are to go that others wait for; none where no row needs another."""
    if links is not None and links.linked:
        for key, turn in turns(_paced(links, connection)[0]):
            yield Turn(links.need_of(key), turn)


def _paced(links: CallLinks, connection: Connection) -> tuple[PacedCalls, list[Lane]]:
    """Return calls in their lanes: targets of one account and Region share them."""
    found = [connection.lane(*key) for key in links.lanes]
    lanes = [*dict.fromkeys(found)]
    numbers = [lanes.index(lane) for lane in found]
    shared = array("l", (numbers[each] for each in links.graph.lane_of))
    return PacedCalls(links.graph, shared, [lane.quota for lane in lanes]), lanes


def _said(link: Link, lane: Lane) -> CourseLink:
    return CourseLink(lane.id.operation, link.calls, lane.quota.rate if link.paced else 0.0)
