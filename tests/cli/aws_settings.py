"""Settings of AWS's own that can't be used, and what is said of each: a table for tests.

Each has what differs from settings that are good: variables, the files `config` and `credentials`,
and flags.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class BadSetting:
    """One setting, what must be said of it, and how `doctor`, `plan` and `run` must end."""

    name: str
    says: str
    environment: Mapping[str, str | None] = field(default_factory=dict)
    config: str = ""
    credentials: str = ""
    logged_in: str = ""
    """What the log-in to the sso-session `s` has left."""
    flags: tuple[str, ...] = ()
    exit_code: int = 6
    usage_of: tuple[str, ...] = ()
    """Commands that have a flag for it, and so call it a wrong use of themselves."""


NO_KEYS: Mapping[str, str | None] = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
ASKED = {**NO_KEYS, "AWS_PROFILE": "p"}
PROFILE = "[profile p]\nregion = us-east-1\n"
SSO = (
    "sso_account_id = 123456789012\nsso_role_name = r\n"
    "[sso-session s]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n"
)
ROLE = "role_arn = arn:aws:iam::123456789012:role/r\n"


def process(command: str) -> str:
    """Return a profile whose credentials a program gives."""
    return f"{PROFILE}credential_process = {command}\n"


BAD_SETTINGS = (
    BadSetting(
        name="attempts",
        environment={"AWS_MAX_ATTEMPTS": "x"},
        says="AWS_MAX_ATTEMPTS",
        usage_of=("run",),
    ),
    BadSetting(
        name="attempts-0",
        environment={"AWS_MAX_ATTEMPTS": "0"},
        says="AWS_MAX_ATTEMPTS",
        usage_of=("run",),
    ),
    BadSetting(
        name="attempts-file", config="[default]\nmax_attempts = many\n", says="max_attempts"
    ),
    BadSetting(name="mode", environment={"AWS_RETRY_MODE": "foo"}, says="AWS_RETRY_MODE"),
    BadSetting(name="mode-file", config="[default]\nretry_mode = foo\n", says="retry_mode"),
    BadSetting(name="config-noise", config="region = us-east-1\n[default\n", says="config"),
    BadSetting(name="config-twice", config="[default]\n[default]\n", says="config"),
    BadSetting(name="config-binary", config="\x00\ufffd[default]", says="config"),
    BadSetting(name="config-nested", config="[default]\ns3 =\n  junk\n", says="config"),
    BadSetting(name="credentials-noise", credentials="[default\nx", says="credentials"),
    BadSetting(
        name="credentials-half",
        credentials="[default]\naws_access_key_id = a\n",
        environment=NO_KEYS,
        says="aws_secret_access_key",
    ),
    BadSetting(name="keys-half", environment={"AWS_SECRET_ACCESS_KEY": None}, says="SECRET"),
    BadSetting(name="no-keys", environment=NO_KEYS, says="No AWS credentials were found"),
    BadSetting(name="profile", environment={"AWS_PROFILE": "nobody"}, says='profile "nobody"'),
    BadSetting(
        name="process-text", config=process("echo hello"), environment=ASKED, says="not JSON"
    ),
    BadSetting(
        name="process-version",
        config=process("""echo '{"AccessKeyId": "a"}'"""),
        environment=ASKED,
        says="Version 1",
    ),
    BadSetting(name="process-1", config=process("false"), environment=ASKED, says="exit code 1"),
    BadSetting(
        name="process-gone", config=process("/no/such"), environment=ASKED, says="can't be started"
    ),
    BadSetting(
        name="process-quote",
        config=process("echo 'x"),
        environment=ASKED,
        says="credential_process",
    ),
    BadSetting(name="process-hangs", config=process("sleep 9"), environment=ASKED, says="within"),
    BadSetting(
        name="sso-no-cache",
        config=f"{PROFILE}sso_session = s\n{SSO}",
        environment=ASKED,
        says="aws sso login",
    ),
    BadSetting(
        name="sso-expired",
        config=f"{PROFILE}sso_session = s\n{SSO}",
        environment=ASKED,
        logged_in='{"accessToken": "Sesame", "expiresAt": "2020-01-01T00:00:00Z"}',
        says="aws sso login",
    ),
    BadSetting(
        name="sso-junk",
        config=f"{PROFILE}sso_session = s\n{SSO}",
        environment=ASKED,
        logged_in="Sesame",
        says="aws sso login",
    ),
    BadSetting(
        name="sso-no-session",
        config=f"{PROFILE}sso_session = t\n{SSO}",
        environment=ASKED,
        says="sso-session",
    ),
    BadSetting(
        name="sso-part",
        config=f"{PROFILE}sso_session = s\n[sso-session s]\nsso_region = us-east-1\n",
        environment=ASKED,
        says="sso_start_url",
    ),
    BadSetting(
        name="role-refused",
        flags=("--role-arn", "arn:aws:iam::999999999999:role/r"),
        says="The role may not be assumed",
    ),
    BadSetting(name="role-no-arn", flags=("--role-arn", "r"), says="--role-arn", exit_code=2),
    BadSetting(
        name="role-no-source", config=f"{PROFILE}{ROLE}", environment=ASKED, says="source_profile"
    ),
    BadSetting(
        name="role-loop",
        config=f"{PROFILE}{ROLE}source_profile = q\n[profile q]\n{ROLE}source_profile = p\n",
        environment=ASKED,
        says="source_profile",
    ),
    BadSetting(
        name="role-source-gone",
        config=f"{PROFILE}{ROLE}source_profile = q\n",
        environment=ASKED,
        says='"q"',
    ),
    BadSetting(
        name="role-odd-source",
        config=f"{PROFILE}{ROLE}credential_source = Moon\n",
        environment=ASKED,
        says="credential_source",
    ),
    BadSetting(
        name="web-identity",
        environment={
            **NO_KEYS,
            "AWS_WEB_IDENTITY_TOKEN_FILE": "/no/such/token",
            "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/r",
        },
        says="/no/such/token",
    ),
    BadSetting(
        name="bundle",
        environment={"AWS_CA_BUNDLE": "/no/such.pem", "AWS_ENDPOINT_URL": "https://127.0.0.1:9"},
        says="AWS_CA_BUNDLE",
    ),
    BadSetting(
        name="endpoint", environment={"AWS_ENDPOINT_URL": "nowhere"}, says="AWS_ENDPOINT_URL"
    ),
    BadSetting(
        name="endpoint-service",
        environment={"AWS_ENDPOINT_URL_CONNECT": "http://"},
        says="AWS_ENDPOINT_URL_CONNECT",
    ),
    BadSetting(
        name="endpoint-file",
        config="[default]\nendpoint_url = nowhere\n",
        environment={"AWS_ENDPOINT_URL": None},
        says="endpoint_url",
    ),
    BadSetting(
        name="proxy",
        environment={"HTTP_PROXY": "http://[", "http_proxy": "http://["},
        says="HTTP_PROXY",
    ),
    BadSetting(
        name="proxy-port",
        environment={
            "HTTPS_PROXY": "http://127.0.0.1:port",
            "AWS_ENDPOINT_URL": "https://127.0.0.1:9",
        },
        says="HTTPS_PROXY",
    ),
    BadSetting(name="region", environment={"AWS_REGION": "eu west"}, says="Region"),
    BadSetting(name="region-flag", flags=("--region", "eu/west"), says="--region", exit_code=2),
    BadSetting(
        name="region-file",
        config="[default]\nregion = eu west 1\n",
        environment={"AWS_REGION": None},
        says="Region",
    ),
    BadSetting(name="no-region", environment={"AWS_REGION": None}, says="No AWS Region"),
    BadSetting(
        name="metadata-number",
        environment={
            **NO_KEYS,
            "AWS_EC2_METADATA_DISABLED": "false",
            "AWS_METADATA_SERVICE_TIMEOUT": "x",
        },
        says="AWS_METADATA_SERVICE_TIMEOUT",
    ),
    BadSetting(
        name="metadata-endpoint",
        environment={
            **NO_KEYS,
            "AWS_EC2_METADATA_DISABLED": "false",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "nowhere",
        },
        says="AWS_EC2_METADATA_SERVICE_ENDPOINT",
    ),
    BadSetting(
        name="metadata-silent",
        environment={
            **NO_KEYS,
            "AWS_EC2_METADATA_DISABLED": "false",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9/",
        },
        says="No AWS credentials were found",
    ),
    BadSetting(
        name="container",
        environment={**NO_KEYS, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/x"},
        says="AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ),
    BadSetting(
        name="container-silent",
        environment={**NO_KEYS, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/x"},
        says="127.0.0.1:9",
    ),
    BadSetting(
        name="checksum",
        environment={"AWS_REQUEST_CHECKSUM_CALCULATION": "never"},
        says="AWS_REQUEST_CHECKSUM_CALCULATION",
    ),
    BadSetting(
        name="fips", environment={"AWS_USE_FIPS_ENDPOINT": "maybe"}, says="AWS_USE_FIPS_ENDPOINT"
    ),
    BadSetting(
        name="defaults-mode", environment={"AWS_DEFAULTS_MODE": "fast"}, says="AWS_DEFAULTS_MODE"
    ),
    BadSetting(
        name="endpoint-mode",
        environment={"AWS_STS_REGIONAL_ENDPOINTS": "everywhere"},
        says="AWS_STS_REGIONAL_ENDPOINTS",
    ),
    BadSetting(
        name="account-mode",
        environment={"AWS_ACCOUNT_ID_ENDPOINT_MODE": "often"},
        says="AWS_ACCOUNT_ID_ENDPOINT_MODE",
    ),
)
