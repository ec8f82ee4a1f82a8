"""What a profile of AWS's config file says of where credentials are from, looked at beforehand."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.errors import TargetError
from bulkops.suggestions import nearest_hint
from bulkops.visible_text import visible

SOURCES = ("Environment", "Ec2InstanceMetadata", "EcsContainer")
"""What credential_source may be (AWS SDKs and Tools reference guide)."""
OF_SESSION = ("sso_start_url", "sso_region")
OF_LOGIN = ("sso_account_id", "sso_role_name")


def check_profile(name: str, config: Mapping[str, Any]) -> None:
    """Raise TargetError for what is wrong with a profile; `config` is botocore's whole one.

    Roles lead from profile to profile: each one on the way is looked at.
    """
    profiles = config.get("profiles", {})
    way: list[str] = []
    while name in profiles:
        if name in way:
            raise TargetError(
                f"source_profile leads from profile {' to '.join(map(visible, [*way, name]))}, and "
                "so never to keys: let one of them have keys, or a credential_source."
            )
        way.append(name)
        fault = next(filter(None, _faults(profiles[name], config)), "")
        if fault:
            raise TargetError(f'The AWS profile "{visible(name)}" {fault}')
        said = profiles[name]
        is_its_own = said.get("source_profile") == name and "aws_access_key_id" in said
        if "role_arn" not in said or is_its_own:
            return
        name = said.get("source_profile", "")


def _faults(profile: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[str]:
    yield _process(profile.get("credential_process", ""))
    yield _source(profile.get("credential_source"))
    if "sso_session" in profile:
        yield _session(str(profile["sso_session"]), config.get("sso_sessions", {}))
        missing = [each for each in OF_LOGIN if each not in profile]
        yield _lacking(missing, "and so can't be logged in to")


def _process(command: str) -> str:
    try:
        fine = bool(shlex.split(command)) or not command
    except ValueError:  # its text may hold a secret, and is not repeated
        fine = False
    return "" if fine else "has a credential_process that is no command: a quote is not closed."


def _source(given: str | None) -> str:
    if given is None or given in SOURCES:
        return ""
    hint = nearest_hint(given, SOURCES)
    named = f'has the credential_source "{visible(given)}"; it is one of {", ".join(SOURCES)}.'
    return f"{named} {hint}".rstrip()


def _session(name: str, sessions: Mapping[str, Any]) -> str:
    if name not in sessions:
        hint = nearest_hint(name, tuple(sessions))
        named = f'names the sso-session "{visible(name)}", which the config file does not have.'
        return f"{named} {hint or 'Add it with `aws configure sso-session`.'}"
    missing = [each for each in OF_SESSION if each not in sessions[name]]
    return _lacking(missing, f"in its sso-session {visible(name)}")


def _lacking(missing: list[str], where: str) -> str:
    if not missing:
        return ""
    return f"lacks {' and '.join(missing)} {where}: run `aws configure sso`."
