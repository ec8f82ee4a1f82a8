"""`bulkops models`: service models newer than the SDK's, let in and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_values import Output
from bulkops.cli.output import count, print_json, say

if TYPE_CHECKING:
    from bulkops.aws.own_models import KnownModel

_FEW = 8


def models(
    *,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[add FILE|FOLDER|PACKAGE... | rm SERVICE...]",
            help="Let in a model, botocore's data or a wheel of botocore; or remove one.",
        ),
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option(help="Take this service's model; again for others. Else the family's."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="Another folder than ~/.aws/models; name it in AWS_DATA_PATH to use it."),
    ] = None,
    output: f.OutputFlag = Output.TEXT,
) -> None:
    """List models beside the SDK's, let newer ones in, or remove what was let in."""
    from bulkops.aws.own_models import home_of_models

    does, *what = words or ["list"]
    with documented_exits(output):
        if does == "list" and not what:
            _list(output)
        elif does == "add" and what:
            _add(what, service or [], to or home_of_models(), output)
        elif does == "rm" and what:
            _remove(what, to or home_of_models(), output)
        else:
            raise typer.BadParameter("say `models`, `models add FILE`, or `models rm SERVICE`")


def _list(output: Output) -> None:
    from bulkops.aws.own_models import known_models

    found = list(known_models())
    if output is Output.JSON:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        _print(each)
    if not found:
        say("All models are those of the installed botocore.")


def _print(known: KnownModel) -> None:
    say(f"{known.service}  {known.version}, {known.operations:,} operations")
    say(f"  from     {known.source}")
    for name, brought in (
        ("brings", known.brought.operations),
        ("members", known.brought.members),
        ("lacks", known.brought.lost),
    ):
        if brought:
            say(f"  {name:8} {_some(brought)}")


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW:,} more (--output json)" if len(names) > _FEW else ""
    return f"{len(names):,}: {', '.join(names[:_FEW])}{more}"


def _add(what: Sequence[str], wanted: Sequence[str], folder: Path, output: Output) -> None:
    from bulkops.aws.model_sources import models_in
    from bulkops.aws.own_models import put
    from bulkops.definition.model.model_differences import brought
    from bulkops.definition.model.model_files import sdk_model_description

    # all that is wrong is known before the first of them is put in its place
    found = [model for each in what for model in models_in(each, wanted)]
    placed: list[dict[str, object]] = []
    for model in found:
        news = brought(sdk_model_description(model.service), model.description)
        if not (news.operations or news.members or news.lost):
            placed.append({"service": model.service, "version": model.version, "folder": ""})
            if output is Output.TEXT:
                say(f"{model.service}  {model.version} brings nothing that is not known: left out")
            continue
        place = put(model, folder)
        placed.append(
            {"service": model.service, "version": model.version, "folder": str(place)}
            | {"operations": news.operations, "members": news.members}
        )
        if output is Output.TEXT:
            brings = count(len(news.operations), "new operation")
            say(f"{model.service}  {model.version} is in {place}: {brings},")
            say(f"  {count(len(news.members), 'new member')} of what was known")
    if output is Output.JSON:
        print_json({"added": placed})
    elif any(each["folder"] for each in placed):
        say()
        say("The AWS CLI and every program with the AWS SDK for Python read models there too.")


def _remove(services: Sequence[str], folder: Path, output: Output) -> None:
    from bulkops.aws.own_models import remove

    removed = [str(place) for service in services for place in remove(service, folder)]
    if output is Output.JSON:
        print_json({"removed": removed})
        return
    for each in removed:
        say(f"Removed  {each}")
