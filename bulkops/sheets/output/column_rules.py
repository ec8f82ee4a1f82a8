"""What a column of a sheet says to who fills it in: notes, drop-downs, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.definition.column_kinds import COLUMN_KINDS, written
from bulkops.definition.job_description import ColumnDescription
from bulkops.problems import letters
from bulkops.sheets.input.sheet_xml import MOST_ROWS

Sheet = Any
"""An openpyxl worksheet; its type stubs lack much of what is used here."""

_MOST_PROMPT = 255
"""Characters of a drop-down's prompt (Excel specifications and limits)."""


def explained(description: ColumnDescription) -> list[str]:
    """Return what a column is, a sentence or two a line."""
    column = description.column
    lines = [f"{needed_word(description)}. {column.help}"]
    if description.allowed:
        lines.append(f"Allowed: {description.allowed}.")
    if column.split:
        lines.append(f"Several values: separated by {' or '.join(column.split)}")
    if column.default is not None:
        lines.append(f"Left empty: {written(column.default)}.")
    if column.example:
        lines.append(f"Example: {column.example}")
    return lines


def needed_word(description: ColumnDescription) -> str:
    """Return when a value must be given, in words."""
    match description.needed:
        case "always":
            return "Required"
        case "no":
            return "Optional"
        case case:
            return f"Required {case}"


def choices_of(description: ColumnDescription, names: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return what a cell may hold, of the live names by kind or of what the model lists."""
    facts = description.facts
    if facts.finds:
        return names.get(facts.finds, ())
    return COLUMN_KINDS[facts.kind].choices or facts.value.one_of


def add_drop_down(
    sheet: Sheet,
    index: int,
    description: ColumnDescription,
    formula: str,
    *,
    is_open: bool = False,
) -> None:
    """Put a drop-down on a column; `is_open`: what is not on its list may be right too."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - heavy

    column, letter = description.column, letters(index)
    own = COLUMN_KINDS[column.kind].choices
    loose = bool(column.split or column.spellings or own) or is_open
    rule = DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        errorStyle="warning" if loose else "stop",
        showErrorMessage=True,
        showInputMessage=True,
        errorTitle="Not in the list",
        error=_loosely(description) if loose else "Choose one of the list.",
        promptTitle=column.name[:32],
        prompt=" ".join(explained(description))[:_MOST_PROMPT],
    )
    rule.add(f"{letter}2:{letter}{MOST_ROWS}")
    sheet.add_data_validation(rule)


def _loosely(description: ColumnDescription) -> str:
    if description.column.split:
        return f"Several values are fine, separated by {' or '.join(description.column.split)}."
    return "Another way to write a value of the list is fine."


def mark_missing(sheet: Sheet, index: int, columns: Sequence[ColumnDescription]) -> None:
    """Turn a cell red where a row that was begun lacks a value that must be given."""
    from openpyxl.formatting.rule import Rule  # noqa: PLC0415 - heavy
    from openpyxl.styles.differential import DifferentialStyle  # noqa: PLC0415 - heavy

    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    column, letter = columns[index - 1].column, letters(index)
    empty = f"LEN(TRIM(${letter}2))=0"
    if column.required:
        when = f"COUNTA($A2:${letters(len(columns))}2)>0"
    elif column.required_if is not None:
        when = _equals(column.required_if, columns)
    else:
        return
    rule = Rule(
        type="expression",
        formula=[f"AND({empty},{when})"],
        dxf=DifferentialStyle(fill=styles.MISSING),
    )
    sheet.conditional_formatting.add(f"{letter}2:{letter}{MOST_ROWS}", rule)


def _equals(condition: tuple[str, str], columns: Sequence[ColumnDescription]) -> str:
    """Return the formula that tells whether a column has a value, however it is spelt."""
    name, value = condition
    at = next(place for place, each in enumerate(columns, 1) if each.column.name == name)
    spellings = (value, *columns[at - 1].column.spellings.get(value, ()))
    tests = [f'LOWER(TRIM(${letters(at)}2))="{text.casefold()}"' for text in spellings]
    return f"OR({','.join(tests)})"


def add_list(sheet: Sheet, index: int, formula: str) -> None:
    """Put a drop-down on a column that is no job's own."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - heavy

    letter = letters(index)
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.add(f"{letter}2:{letter}{MOST_ROWS}")
    sheet.add_data_validation(rule)
