"""An empty workbook for a whole centre: a sheet for each kind of thing, and how to fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bulkops import __version__
from bulkops.definition.catalogue import load
from bulkops.definition.job_description import describe
from bulkops.definition.workbook_job import workbook_job
from bulkops.engine.ports import World
from bulkops.engine.reads.inventory_reader import look_up
from bulkops.planning.inventory import Wants
from bulkops.planning.spoken_names import distinct_names
from bulkops.planning.target import Target
from bulkops.sheets.input.worksheet import GUIDE
from bulkops.sheets.output.column_rules import needed_word
from bulkops.sheets.output.table_writer import WorkbookWriter
from bulkops.sheets.output.template_workbook import TEMPLATE_PROPERTY
from bulkops.targets.connect import connect
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice
from bulkops.transfer.centre_book import CentreBook, actions_of
from bulkops.transfer.centre_export import FORM
from bulkops.transfer.centre_sheets import SheetScope, scopes_of
from bulkops.transfer.export import require_form
from bulkops.transfer.flow_files import content_member
from bulkops.transfer.mapping_rows import MAPPING, MAPPING_HEADERS, MAPPING_NOTES
from bulkops.transfer.sheet_choice import chosen_sheets
from bulkops.transfer.template import template_wants

_GUIDE_HEADERS = ("sheet", "column", "needed", "what it is", "allowed", "example")
_GUIDE_WIDTHS = (22, 24, 26, 56, 48, 30)


async def centre_template(
    path: Path,
    *,
    target: TargetChoice | None,
    pace: PaceChoice,
    world: World,
    only: Sequence[str] = (),
) -> tuple[Target, ...]:
    """Write an empty workbook with a sheet for each kind; with a target, its names as drop-downs.

    `only` are sheets, kinds or jobs. Returns the targets that were asked. Raises JobError,
    SheetError, UsageError, TargetError and ReadError.
    """
    require_form(path, FORM)
    sheets = chosen_sheets(only)
    jobs = {sheet.job: load(sheet.job).job for sheet in sheets}
    scopes = scopes_of(sheets, jobs)
    if target is None:
        _write(path, scopes, {})
        return ()
    request = Request(job="", sheet=SheetChoice(path=None), target=target, pace=pace)
    async with connect(request, workbook_job(jobs.values()), world=world) as connection:
        wants = Wants(
            kinds={
                kind: want
                for job in jobs.values()
                for kind, want in template_wants(job).kinds.items()
            }
        )
        names: dict[str, set[str]] = {kind: set() for kind in wants.kinds}
        for name in connection.targets:
            inventory = await look_up(connection.reader(name), wants)
            for kind, known in names.items():
                known.update(distinct_names(inventory, kind))
        _write(path, scopes, {kind: sorted(each, key=str.casefold) for kind, each in names.items()})
        return tuple(connection.targets.values())


def _write(path: Path, scopes: Sequence[SheetScope], names: Mapping[str, Sequence[str]]) -> None:
    properties = {TEMPLATE_PROPERTY: f"workbook/{__version__}"}
    with WorkbookWriter(path, properties=properties) as book:
        looks = CentreBook(book, scopes, names, is_empty=True)
        for scope in scopes:
            looks.begin(scope)
        if any(content_member(scope.job) for scope in scopes):
            looks.plain(MAPPING, MAPPING_HEADERS, notes=MAPPING_NOTES)
        guide = book.sheet(GUIDE, _GUIDE_HEADERS, widths=_GUIDE_WIDTHS)
        for scope in scopes:
            guide.row((scope.sheet.name, "", "", scope.job.summary, "", ""))
            for each in describe(scope.job).columns:
                column = each.column
                said = (column.name, needed_word(each), column.help, each.allowed, column.example)
                guide.row((scope.sheet.name, *said))
            verbs = ", ".join(actions_of(scope))
            guide.row((scope.sheet.name, scope.headers[-1], "Optional", "", verbs, ""))
        looks.close()
