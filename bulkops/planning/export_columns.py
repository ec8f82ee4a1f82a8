"""One column of a job's sheet on its way out: where its values stand, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass

from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Column, Identity, Job
from bulkops.planning.cell_writer import CellWriter
from bulkops.planning.export_scope import ExportPlace, places_of
from bulkops.planning.rows.cell_reader import CLEAR_WORD
from bulkops.planning.rows.clear_values import uncleared
from bulkops.planning.rows.needed_columns import always_required


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column on its way out: where its value stands, and what writes its cells.

    `never`: they stay blank. `in_list`: each is of one element of a list that rows make together,
    of which `nothing` says that it has none. `emptied` says that there is nothing, where a row with
    a blank cell would ask for nothing. `needed`: without a value a row can't be run.
    """

    column: Column
    places: tuple[ExportPlace, ...]
    never: bool
    cells: CellWriter
    in_list: bool
    nothing: str
    emptied: str = ""
    needed: bool = False


def export_column(job: Job, column: Column, identity: Identity | None) -> ExportColumn:
    """Return what writes a column's cells under an identity management type."""
    facts, places = facts_of(job, column.name, identity), tuple(places_of(job, column))
    return ExportColumn(
        column=column,
        places=places,
        never=facts.secret or identity in column.refused_for,
        cells=CellWriter(column, facts),
        in_list=any(place.inside is not None for place in places),
        nothing=next((word for word, means in column.sets.items() if not means), ""),
        needed=always_required(job, column, "update"),
        emptied=CLEAR_WORD if _sets_all(job, column) and not uncleared(job, column.name) else "",
    )


def _sets_all(job: Job, column: Column) -> bool:
    """Tell whether a column is the only one by which exported rows set something."""
    others = (each for each in job.columns if each.name not in {*job.key, column.name})
    return not any(any(places_of(job, each)) for each in others)
