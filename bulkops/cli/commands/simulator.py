"""`bulkops simulator`: a Connect to try things on, for any AWS client."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli.error_output import documented_exits
from bulkops.cli.output import say

if TYPE_CHECKING:
    from bulkops.sim.core.fault_injection import Faults
    from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
    from bulkops.sim.http.server import ServerConfig
    from bulkops.sim.state.throttle import Allowance
    from bulkops.sim.state.world import SimulatedInstance

KEY = "test"
"""An access key that the server knows, and its secret."""


class Managed(StrEnum):
    """How the users of a simulated instance are managed."""

    CONNECT_MANAGED = "CONNECT_MANAGED"
    SAML = "SAML"
    EXISTING_DIRECTORY = "EXISTING_DIRECTORY"


@dataclass(frozen=True, slots=True)
class SimulatorFlags:
    """What is simulated, and how it behaves."""

    users: Annotated[
        int,
        typer.Option(
            min=0, max=1_000_000, help="Numbered users beside the four of the demonstration."
        ),
    ] = 0
    identity: Annotated[Managed, typer.Option(help="How users are managed.")] = (
        Managed.CONNECT_MANAGED
    )
    alias: Annotated[
        str | None, typer.Option(help="What the instance is called, in place of bulkops-demo.")
    ] = None
    full: Annotated[
        bool, typer.Option("--full", help="With flows that need one another, to carry elsewhere.")
    ] = False
    big: Annotated[
        bool, typer.Option("--big", help="With 5,000 agents, and all that such a centre has.")
    ] = False
    empty: Annotated[
        list[str] | None,
        typer.Option(help="A new instance beside it: prod, or prod@210987654321/eu-west-1."),
    ] = None
    lag: Annotated[
        float, typer.Option(min=0, max=86_400, help="Seconds by which reads trail writes.")
    ] = 0.0
    search_lag: Annotated[
        float,
        typer.Option(min=0, max=86_400, help="Seconds by which searches do, where that is more."),
    ] = 0.0
    speed: Annotated[float, typer.Option(min=0.01, max=1e6, help="Quotas times this.")] = 1.0
    rate: Annotated[
        list[str] | None, typer.Option(help="Calls a second of an operation: CreateUser=10.")
    ] = None
    burst: Annotated[
        list[str] | None, typer.Option(help="Calls at once of an operation: CreateUser=50.")
    ] = None
    faults: Annotated[Path | None, typer.Option(help="JSON file of faults to inject.")] = None


def simulator(
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for a free one.")
    ] = 8377,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    wishes: SimulatorFlags,
) -> None:
    """Serve a simulation until Ctrl-C."""
    import anyio

    from bulkops.sim.http.server import ServerConfig

    with documented_exits():
        config = ServerConfig(host=host, port=port, simulation=simulation(wishes))
        try:
            anyio.run(_serve, config)
        except OSError as error:
            number = error.errno or 0  # below 0 where a name can't be resolved
            reason = os.strerror(number) if number > 0 else error.strerror or str(error)
            said = f"{host}:{port} can't be listened on: {reason}; 0 takes a free port"
            raise typer.BadParameter(said, param_hint="--port") from error
        except KeyboardInterrupt:
            say()
            say("Stopped.")


async def _serve(config: ServerConfig) -> None:
    import anyio

    from bulkops.sim.core.simulator import Simulator
    from bulkops.sim.http.server import serve

    simulator = Simulator(config.simulation)
    async with serve(config, simulator) as url:
        instance, *others = simulator.world.instances.values()
        for line in welcome(url, instance, *others):
            say(line)
        await anyio.sleep_forever()


def welcome(url: str, instance: SimulatedInstance, *others: SimulatedInstance) -> Iterator[str]:
    """Yield what a person needs to know to use a simulator that is ready."""
    word = "set" if os.name == "nt" else "export"
    yield f"Endpoint {url}"
    yield f"Instance {instance.alias} ({instance.id}), {instance.identity}"
    for other in others:
        yield f"Instance {other.alias} ({other.id}) {_way_to(other, instance)}"
    yield ""
    yield "For every AWS client of this shell:"
    for name, value in environment(url, instance.region).items():
        yield f"  {word} {name}={value}"
    yield ""
    yield "Then, for example:"
    yield (
        f"  bulkops run create-users samples/create-users.csv --instance {instance.alias} "
        "--on-exists skip"
    )
    yield f"  aws connect list-users --instance-id {instance.id}"
    yield ""
    yield f"What it was asked: {url}/_sim/record. Ctrl-C ends it; it keeps nothing."


def _way_to(other: SimulatedInstance, first: SimulatedInstance) -> str:
    """Return how a client that reaches the first instance reaches another one."""
    ways = []
    if other.region != first.region:
        ways.append(f"in Region {other.region}")
    if other.account != first.account:
        ways.append(f"with the access key {other.account} and the secret {KEY}")
    return " ".join(ways) or "beside it"


def environment(url: str, region: str) -> Mapping[str, str]:
    """Return the variables by which AWS's clients find the simulator and are let in."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": KEY,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
    }


def simulation(wishes: SimulatorFlags) -> SimConfig:
    """Return the configuration that a person's wishes make; typer.BadParameter for a wrong one."""
    from bulkops.sim.core.simulation_config import ALIAS, InstanceConfig, SimConfig

    first = InstanceConfig(
        alias=wishes.alias or ALIAS,
        identity=wishes.identity.value,
        users=wishes.users,
        contents="full" if wishes.full else "demonstration",
        big=wishes.big,
    )
    return SimConfig(
        instances=(first, *(_empty(text, first) for text in wishes.empty or ())),
        lag=wishes.lag,
        search_lag=wishes.search_lag,
        speed=wishes.speed,
        rates=_allowances(wishes),
        faults=_faults(wishes.faults),
    )


def _empty(text: str, first: InstanceConfig) -> InstanceConfig:
    """Return the new instance that "prod" or "prod@210987654321/eu-west-1" asks for."""
    found = _EMPTY.fullmatch(text.strip())
    if found is None or found["alias"] == first.alias:
        raise typer.BadParameter(
            f'"{text}" is not of the form prod, or prod@210987654321/eu-west-1',
            param_hint="--empty",
        )
    return replace(
        first,
        alias=found["alias"],
        account=found["account"] or first.account,
        region=found["region"] or first.region,
        users=0,
        contents="new",
        big=False,
    )


_EMPTY = re.compile(
    r"(?P<alias>[A-Za-z0-9-]{1,62})(@(?P<account>\d{12})/(?P<region>[a-z]{2}(-[a-z]+)+-\d))?"
)


def _faults(path: Path | None) -> Faults:
    from bulkops.sim.core.fault_injection import Faults, FaultsError

    if path is None:
        return Faults()
    try:
        return Faults.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, FaultsError) as error:
        raise typer.BadParameter(f"{path}: {error}", param_hint="--faults") from error


def _allowances(wishes: SimulatorFlags) -> dict[str, Allowance]:
    """Return the quotas that are not the default ones, by operation."""
    from bulkops.sim.state.throttle import DEFAULTS, Allowance

    rates = dict(_figure(text, "--rate") for text in wishes.rate or ())
    bursts = dict(_figure(text, "--burst") for text in wishes.burst or ())
    usual = DEFAULTS["connect"]
    return {
        name: Allowance(rate=rates.get(name, usual.rate), burst=bursts.get(name, usual.burst))
        for name in (*rates, *bursts)
    }


def _figure(text: str, flag: str) -> tuple[str, float]:
    """Return the operation and the number of "CreateUser=10"."""
    from bulkops.sim.services.connect_service import OPERATIONS
    from bulkops.suggestions import nearest_hint

    operation, _, number = (part.strip() for part in text.partition("="))
    try:
        figure = float(number)
    except ValueError:
        figure = 0.0
    least = 1.0 if flag == "--burst" else 0.0
    if not (figure > 0 and figure >= least and figure < float("inf")):
        raise typer.BadParameter(
            f'"{text}" is not of the form CreateUser=10, with a number'
            f"{' of 1 or more' if least else ' above 0'}",
            param_hint=flag,
        )
    if operation not in OPERATIONS:
        hint = nearest_hint(operation, OPERATIONS)
        said = f'"{operation}" is not an operation that is simulated. {hint}'
        raise typer.BadParameter(said.rstrip(), param_hint=flag)
    return operation, figure
