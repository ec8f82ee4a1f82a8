"""`simulator`: a Connect to try things on, for any AWS client."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import typer

from bulkops.cli.flags import SimulatorFlags
from bulkops.cli.printing import say
from bulkops.definition.suggestions import nearest_hint

if TYPE_CHECKING:
    from bulkops.sim.core.config import SimConfig
    from bulkops.sim.core.fault_injection import Faults
    from bulkops.sim.http.server import ServerConfig
    from bulkops.sim.state.throttle import Allowance
    from bulkops.sim.state.world import Instance

KEY = "test"
"""An access key that the server knows, and its secret."""


def serve(host: str, port: int, wishes: SimulatorFlags) -> None:
    """Serve a simulation until Ctrl-C."""
    from bulkops.sim.http.server import ServerConfig  # noqa: PLC0415  # only for this command

    config = ServerConfig(host=host, port=port, simulation=simulation(wishes))
    try:
        anyio.run(_serve, config)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        said = f"{host}:{port} can't be listened on: {reason}; 0 takes a free port"
        raise typer.BadParameter(said, param_hint="--port") from error
    except KeyboardInterrupt:
        say("\nStopped.")


async def _serve(config: ServerConfig) -> None:
    from bulkops.sim.core.simulator import Simulator  # noqa: PLC0415  # as above
    from bulkops.sim.http.server import serve as serving  # noqa: PLC0415  # as above

    simulator = Simulator(config.simulation)
    async with serving(config, simulator) as url:
        (instance,) = simulator.world.instances.values()
        for line in welcome(url, instance):
            say(line)
        await anyio.sleep_forever()


def welcome(url: str, instance: Instance) -> Iterator[str]:
    """Yield what a person needs to know to use a simulator that is ready."""
    word = "set" if os.name == "nt" else "export"
    yield f"Endpoint {url}"
    yield f"Instance {instance.alias} ({instance.id}), {instance.identity}"
    yield "\nFor every AWS client of this shell:"
    for name, value in environment(url, instance.region).items():
        yield f"  {word} {name}={value}"
    yield "\nThen, for example:"
    yield (
        f"  bulkops run create-users samples/create-users.csv --instance {instance.alias} "
        "--on-exists skip"
    )
    yield f"  aws connect list-users --instance-id {instance.id}"
    yield f"\nWhat it was asked: {url}/_sim/record. Ctrl-C ends it; it keeps nothing."


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
    from bulkops.sim.core.config import InstanceConfig, SimConfig  # noqa: PLC0415  # as above

    return SimConfig(
        instances=(InstanceConfig(identity=wishes.identity.value, users=wishes.users),),
        lag=wishes.lag,
        speed=wishes.speed,
        rates=_allowances(wishes),
        faults=_faults(wishes.faults),
    )


def _faults(path: Path | None) -> Faults:
    from bulkops.sim.core.fault_injection import Faults, FaultsError  # noqa: PLC0415  # as above

    if path is None:
        return Faults()
    try:
        return Faults.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, FaultsError) as error:
        raise typer.BadParameter(f"{path}: {error}", param_hint="--faults") from error


def _allowances(wishes: SimulatorFlags) -> dict[str, Allowance]:
    """Return the quotas that are not the default ones, by operation."""
    from bulkops.sim.state.throttle import DEFAULTS, Allowance  # noqa: PLC0415  # as above

    rates = dict(_figure(text, "--rate") for text in wishes.rate or ())
    bursts = dict(_figure(text, "--burst") for text in wishes.burst or ())
    usual = DEFAULTS["connect"]
    return {
        name: Allowance(rate=rates.get(name, usual.rate), burst=bursts.get(name, usual.burst))
        for name in (*rates, *bursts)
    }


def _figure(text: str, flag: str) -> tuple[str, float]:
    """Return the operation and the number of "CreateUser=10"."""
    from bulkops.sim.services.connect_service import OPERATIONS  # noqa: PLC0415  # as above

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
