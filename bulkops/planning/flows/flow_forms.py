"""The forms in which files hold a flow, and what a file says of it beside its content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bulkops.planning.flows.flow_flaws import FlowFlaw
from bulkops.planning.flows.flow_types import DESIGNER_TYPES
from bulkops.planning.flows.strict_json import read_json

_ENVELOPES = ("ContactFlow", "ContactFlowModule", "Properties")
"""Members that hold a wrapped flow: in what the AWS CLI prints, and in templates."""
_LANGUAGE = ("Actions", "StartAction", "Version")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSaid:
    """What a file says of a flow beside its content; empty where it says nothing.

    `type` is as the service names it, `status` PUBLISHED or SAVED, `state` ACTIVE or ARCHIVED.
    """

    name: str = ""
    type: str = ""
    status: str = ""
    state: str = ""
    description: str = ""
    tags: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    is_module: bool = False


def unwrapped(value: Any) -> tuple[Any, FlowSaid, tuple[FlowFlaw, ...]]:  # noqa: ANN401  # JSON
    """Return the content in what a file holds, with what the file says of it.

    Where there are flaws, the content is nothing to go on with.
    """
    said, is_module = FlowSaid(), False
    while isinstance(value, dict) and not any(name in value for name in (*_LANGUAGE, "Content")):
        inner = next((name for name in _ENVELOPES if isinstance(value.get(name), dict)), None)
        if inner is None:
            break
        value, is_module = value[inner], inner == "ContactFlowModule"
    if isinstance(value, dict) and "Content" in value and "Actions" not in value:
        said = _of_wrapping(value, is_module=is_module)
        value, flaws = _content(value["Content"])
        if flaws:
            return None, said, flaws
    if not isinstance(value, dict):
        return None, said, (_flaw("no-flow", _NO_FLOW),)
    if "modules" in value and "start" in value:
        return None, said, (_flaw("old-export", _OLD),)
    if not any(name in value for name in _LANGUAGE):
        return None, said, (_flaw("no-flow", _NO_FLOW),)
    return value, _with_metadata(said, value), ()


def _content(content: Any) -> tuple[Any, tuple[FlowFlaw, ...]]:  # noqa: ANN401  # any JSON value
    if not isinstance(content, str):
        return content, ()
    read = read_json(content)
    flaws = (_flaw(code, f"Content: {said}") for code, said, _ in read.faults)
    return read.value, tuple(flaws)


def _of_wrapping(wrapping: Mapping[str, Any], *, is_module: bool) -> FlowSaid:
    tags = wrapping.get("Tags")
    if isinstance(tags, list):  # as templates write them
        pairs = (each for each in tags if isinstance(each, Mapping) and "Key" in each)
        tags = {str(each["Key"]): each.get("Value", "") for each in pairs}
    return FlowSaid(
        name=_text(wrapping, "Name"),
        type=_text(wrapping, "Type"),
        status=_text(wrapping, "Status"),
        state=_text(wrapping, "State"),
        description=_text(wrapping, "Description"),
        tags=MappingProxyType({key: str(value) for key, value in _members(tags)}),
        is_module=is_module,
    )


def _with_metadata(said: FlowSaid, content: Mapping[str, Any]) -> FlowSaid:
    """Return what is said of a flow, completed by what the designer wrote into its content."""
    held = content.get("Metadata")
    metadata = held if isinstance(held, Mapping) else {}
    return FlowSaid(
        name=said.name or _text(metadata, "name"),
        type=said.type or DESIGNER_TYPES.get(_text(metadata, "type"), ""),
        status=said.status or _text(metadata, "status").upper(),
        state=said.state,
        description=said.description or _text(metadata, "description"),
        tags=said.tags,
        is_module=said.is_module or "Settings" in content,
    )


def _members(value: Any) -> Iterable[tuple[str, Any]]:  # noqa: ANN401  # any JSON value
    return value.items() if isinstance(value, dict) else ()


def _text(held: Mapping[str, Any], name: str) -> str:
    value = held.get(name)
    return value if isinstance(value, str) else ""


def _flaw(code: str, message: str) -> FlowFlaw:
    return FlowFlaw(code=code, message=message)


_NO_FLOW = (
    "this is JSON, but no flow: a flow has Version, StartAction and Actions, or stands in Content"
)
_OLD = (
    "this is an export in the old form (modules and start), which the service takes no longer: "
    "import it in the flow designer of Amazon Connect, save it there and export it again"
)
