"""Which bulkops.toml is looked for, whether it can be read, and what it protects."""

from __future__ import annotations

from bulkops.account.finding import Finding, note, ok, problem, warning
from bulkops.targets.config import ConfigurationError, named_targets
from bulkops.targets.protection import above
from bulkops.targets.request import TargetChoice


def configuration(choice: TargetChoice) -> Finding:
    """Say where targets are looked for, and which of them are protected."""
    path = choice.configuration.absolute()
    try:
        targets = named_targets(path)
    except ConfigurationError as error:
        return problem("Configuration", str(error))
    if targets is not None:
        names = ", ".join(targets) or "none"
        protected = ", ".join(each.name for each in targets.values() if each.protected) or "none"
        return ok("Configuration", f"{path}: targets {names}; protected {protected}")
    elsewhere = above(path)
    if elsewhere is not None:
        return warning(
            "Configuration",
            f"there is no {path}; {elsewhere} is not read from here, and protects nothing here",
        )
    return note("Configuration", f"there is no {path}: no targets are named, none is protected")
