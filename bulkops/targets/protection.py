"""What bulkops.toml protects: an instance, by whatever flag, profile or name it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bulkops.aws.instance import ARN, ID
from bulkops.planning.target import Target
from bulkops.targets.config import ConfigurationError, NamedTarget, named_targets
from bulkops.targets.request import CONFIGURATION, TargetChoice

_ACCOUNT = re.compile(r"arn:[\w-]+:iam::(\d+):")


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The protected targets that are configured. `fault` says why they can't be known."""

    targets: tuple[NamedTarget, ...] = ()
    fault: str = ""
    notes: tuple[str, ...] = ()

    def over(self, target: Target) -> Target:
        """Return a target marked protected where one of the protected ones may be the same."""
        if any(may_be(each, target) for each in self.targets):
            return replace(target, protected=True)
        return target


def protection(choice: TargetChoice) -> Protection:
    """Read what is protected: in the file that was named or remembered, and in the one here.

    The simulation that a folder keeps is nobody's instance: nothing in it is protected by likeness.
    """
    if choice.simulate is not None:
        return Protection()
    paths = dict.fromkeys(path.absolute() for path in (choice.configuration, CONFIGURATION))
    found: list[NamedTarget] = []
    notes: list[str] = []
    for path in paths:
        try:
            targets = named_targets(path)
        except ConfigurationError as error:
            return Protection(fault=str(error))
        found += (each for each in (targets or {}).values() if each.protected)
        if targets is None and (elsewhere := above(path)) is not None:
            notes.append(f"{elsewhere} is not read: bulkops looks for {path}.")
    return Protection(targets=tuple(found), notes=tuple(notes))


def above(path: Path) -> Path | None:
    """Return a file of the same name in a folder above, where one might take it to be read."""
    folders: Iterable[Path] = path.parent.parents
    return next((each / path.name for each in folders if (each / path.name).is_file()), None)


def may_be(named: NamedTarget, target: Target) -> bool:
    """Tell whether a configured target may be an instance that was reached; in doubt it may.

    Ids are unique all over the world. An alias is compared in its Region, where one is given. Of
    a target that names no instance only its Region and its role's account are known.
    """
    wanted = named.instance or ""
    arn = ARN.fullmatch(wanted)
    if arn is not None:
        return arn["id"].casefold() == target.instance_id.casefold()
    if ID.fullmatch(wanted):
        return wanted.casefold() == target.instance_id.casefold()
    if named.region not in (None, target.region):
        return False
    if wanted:
        return wanted.casefold() in (target.alias.casefold(), target.instance_id.casefold())
    role = _ACCOUNT.match(named.role_arn or "")
    return role is None or role[1] == target.account
