"""Settings of AWS's own libraries, in variables and in the config file, and what each may be.

The libraries stumble over a wrong one where they first use it, each in words of its own, or take
it for something else without a word: `AWS_USE_FIPS_ENDPOINT=yes` is off to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from bulkops.aws.endpoint_urls import url_fault
from bulkops.aws.max_attempts import ATTEMPTS, number_fault
from bulkops.errors import TargetError
from bulkops.suggestions import nearest_hint
from bulkops.visible_text import visible

Fault = Callable[[str], str]
"""From a setting's text to what is wrong with it, as a sentence's end; empty where nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkSetting:
    """One setting: its variable, its name in the config file, and what finds it wrong."""

    variable: str
    name: str = ""
    fault: Fault
    without_keys: bool = False
    """Whether it counts only where the environment holds no keys itself."""


def check_settings(environment: Mapping[str, str], profile: Mapping[str, object]) -> None:
    """Raise TargetError for the first setting that can't be used, with what it may be.

    `profile` is the part of the config file that counts. A variable goes before it.
    """
    has_keys = bool(environment.get(KEY))
    for setting in SETTINGS:
        if has_keys and setting.without_keys:
            continue
        given: object = environment.get(setting.variable)
        said = setting.variable
        if not given and setting.name:
            given, said = profile.get(setting.name), f"{setting.name} in the AWS config file"
        if not isinstance(given, str) or not given.strip():
            continue
        fault = setting.fault(given.strip())
        if fault:
            raise TargetError(f"{said} {fault}")


def _one_of(allowed: tuple[str, ...], given: str) -> str:
    if given.lower() in allowed:
        return ""
    hint = nearest_hint(given.lower(), allowed)
    return f'is "{visible(given)}"; it is one of {", ".join(allowed)}. {hint}'.rstrip()


def _seconds(given: str) -> str:
    try:
        fine = 0 < float(given) < float("inf")
    except ValueError:
        fine = False
    return "" if fine else f'is "{visible(given)}"; it is a number of seconds above 0.'


def _file(given: str) -> str:
    if Path(given).expanduser().exists():
        return ""
    return f'names "{visible(given)}", which is not there: name one that is, or unset it.'


def _proxy(given: str) -> str:
    """Return what is wrong with a proxy's URL, without it: it may hold a password."""
    url = given if "://" in given else f"http://{given}"
    try:
        parts = urlsplit(url)
        fine = bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    return "" if fine else "is no URL of a proxy, such as http://proxy.example:8080."


def _container(given: str) -> str:
    fault = url_fault(given)
    if fault:
        return fault
    parts = urlsplit(given)
    if parts.scheme == "https" or (parts.hostname or "") in CONTAINER_HOSTS:
        return ""
    return (
        f'is "{visible(given)}", where no credentials are asked for over http: use https, or one '
        f"of {', '.join(CONTAINER_HOSTS)}."
    )


KEY = "AWS_ACCESS_KEY_ID"
CONTAINER_HOSTS = ("localhost", "127.0.0.1", "169.254.170.2", "169.254.170.23", "fd00:ec2::23")
"""Hosts that give a container's credentials over http (AWS SDKs and Tools reference guide)."""
_TRUTH = partial(_one_of, ("true", "false"))
_CHECKSUM = partial(_one_of, ("when_supported", "when_required"))
SETTINGS = (
    SdkSetting(variable=ATTEMPTS, name="max_attempts", fault=number_fault),
    SdkSetting(
        variable="AWS_RETRY_MODE",
        name="retry_mode",
        fault=partial(_one_of, ("legacy", "standard", "adaptive")),
    ),
    SdkSetting(variable="AWS_ENDPOINT_URL", name="endpoint_url", fault=url_fault),
    SdkSetting(variable="AWS_CA_BUNDLE", name="ca_bundle", fault=_file),
    SdkSetting(variable="HTTP_PROXY", fault=_proxy),
    SdkSetting(variable="HTTPS_PROXY", fault=_proxy),
    SdkSetting(variable="http_proxy", fault=_proxy),
    SdkSetting(variable="https_proxy", fault=_proxy),
    SdkSetting(variable="AWS_USE_FIPS_ENDPOINT", name="use_fips_endpoint", fault=_TRUTH),
    SdkSetting(variable="AWS_USE_DUALSTACK_ENDPOINT", name="use_dualstack_endpoint", fault=_TRUTH),
    SdkSetting(
        variable="AWS_REQUEST_CHECKSUM_CALCULATION",
        name="request_checksum_calculation",
        fault=_CHECKSUM,
    ),
    SdkSetting(
        variable="AWS_RESPONSE_CHECKSUM_VALIDATION",
        name="response_checksum_validation",
        fault=_CHECKSUM,
    ),
    SdkSetting(
        variable="AWS_DEFAULTS_MODE",
        name="defaults_mode",
        fault=partial(
            _one_of, ("legacy", "auto", "standard", "in-region", "cross-region", "mobile")
        ),
    ),
    SdkSetting(
        variable="AWS_STS_REGIONAL_ENDPOINTS",
        name="sts_regional_endpoints",
        fault=partial(_one_of, ("regional", "legacy")),
    ),
    SdkSetting(
        variable="AWS_ACCOUNT_ID_ENDPOINT_MODE",
        name="account_id_endpoint_mode",
        fault=partial(_one_of, ("preferred", "disabled", "required")),
    ),
    SdkSetting(
        variable="AWS_METADATA_SERVICE_TIMEOUT",
        name="metadata_service_timeout",
        fault=_seconds,
        without_keys=True,
    ),
    SdkSetting(
        variable="AWS_METADATA_SERVICE_NUM_ATTEMPTS",
        name="metadata_service_num_attempts",
        fault=number_fault,
        without_keys=True,
    ),
    SdkSetting(
        variable="AWS_EC2_METADATA_SERVICE_ENDPOINT",
        name="ec2_metadata_service_endpoint",
        fault=url_fault,
        without_keys=True,
    ),
    SdkSetting(variable="AWS_CONTAINER_CREDENTIALS_FULL_URI", fault=_container, without_keys=True),
    SdkSetting(
        variable="AWS_WEB_IDENTITY_TOKEN_FILE",
        name="web_identity_token_file",
        fault=_file,
        without_keys=True,
    ),
)
