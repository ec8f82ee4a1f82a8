"""What the Service Authorization Reference says of each service, from one packed table.

`service_authorization.zip` is written by `tests/renew_iam.py`, a JSON file for each prefix of IAM.
Only the one that is asked for is unpacked. "resources" are the ARNs of its types of resource;
"actions" say `on` which types an action acts (none where IAM lets it name no resource), what the
service checks `with` it, and which of the `keys` that policies here use it knows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zipfile import ZipFile

PACKED = "service_authorization.zip"
SERVICES = "services"
"""The member that names the prefixes of services which sign under another name."""
_PLACES: Mapping[str, str] = {
    "${Partition}": "{partition}",
    "${Region}": "{region}",
    "${Account}": "{account}",
}
HOME = "{home}"
"""Stands for what the things of a service lie in, of which the target has one."""
_OWN_PLACES: Mapping[str, Mapping[str, str]] = {
    "connect": {"${InstanceId}": "{instance_id}"},
    "cases": {"${DomainId}": HOME},
    "profile": {"${DomainName}": HOME},
    "wisdom": {"${KnowledgeBaseId}": HOME},
}
_VARIABLE = re.compile(r"\$?\{[\w-]+\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEntry:
    """One action: the types of resource that it acts on, what is checked with it, and its keys."""

    on: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReference:
    """What IAM knows of one prefix. `resources` have the target's places open, * for any id."""

    resources: Mapping[str, str]
    actions: Mapping[str, ReferenceEntry]

    @property
    def has_regions(self) -> bool:
        """Whether what the service holds lies in a Region: a worldwide one says none."""
        return any("{region}" in arn for arn in self.resources.values())


@cache
def reference(prefix: str) -> ServiceReference | None:
    """Return what IAM knows of a prefix; None of one that the table lacks."""
    if prefix not in _prefixes():
        return None
    said = _member(prefix)
    actions = {
        name: ReferenceEntry(
            on=tuple(entry.get("on", ())),
            along=tuple(entry.get("with", ())),
            keys=tuple(entry.get("keys", ())),
        )
        for name, entry in said["actions"].items()
    }
    arns = {kind: template(arn, prefix) for kind, arn in said["resources"].items()}
    return ServiceReference(resources=arns, actions=actions)


@cache
def other_prefixes() -> Mapping[str, str]:
    """Return the prefix of each service, by botocore's name, that signs under another name."""
    return _member(SERVICES)  # type: ignore[no-any-return]


def template(arn: str, prefix: str) -> str:
    """Return an ARN with the target's places open, and * for the id of any thing."""
    for variable, place in {**_PLACES, **_OWN_PLACES.get(prefix, {})}.items():
        arn = arn.replace(variable, place)
    parts = re.split(r"(\{(?:partition|region|account|instance_id|home)\})", arn)
    return "".join(part if at % 2 else _VARIABLE.sub("*", part) for at, part in enumerate(parts))


@cache
def _archive() -> ZipFile:
    from zipfile import ZipFile  # noqa: PLC0415  # few commands ask for it

    return ZipFile(Path(__file__).with_name(PACKED))


@cache
def _prefixes() -> frozenset[str]:
    names = (name.removesuffix(".json") for name in _archive().namelist())
    return frozenset(names) - {SERVICES}


def _member(name: str) -> Any:  # noqa: ANN401  # JSON
    return json.loads(_archive().read(f"{name}.json"))
