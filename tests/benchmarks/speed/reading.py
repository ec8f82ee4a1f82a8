"""Reading a sheet of 100,000 users, checking it, and marking its problems in a copy."""

from __future__ import annotations

import csv
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.speed.scene import Scene, Usage, measure

ROWS = 100_000
HEADERS = (
    "username", "password", "first_name", "last_name", "email", "security_profiles",
    "routing_profile", "phone_type", "desk_phone", "auto_accept", "acw_seconds",
)  # fmt: skip
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PROBLEMS = 3


def users(rows: int, *, faulty: int = 0, seed: int = 7) -> Iterator[list[str | int]]:
    """Yield rows of made-up users; every so many has a wrong phone type where `faulty`."""
    lots = random.Random(seed)
    for number in range(rows):
        soft = number % 2 == 0
        wrong = faulty and number % faulty == 0
        yield [
            f"user{number}",
            f"Harbour-Light-{number}Aa",
            lots.choice(("Ana", "Bob", "Zoë", "Seán", "Aoife")),
            lots.choice(("Byrne", "O'Brien", "Müller", "Smith & Sons")),
            f"user{number}@example.com",
            "Agent" if number % 3 else "Agent;QualityAnalyst",
            f"Support Tier {number % 9}",
            "pigeon" if wrong else "soft" if soft else "desk",
            "" if soft else f"+1555{number:07}",
            "yes" if soft else "no",
            30 + number % 60,
        ]


def write_csv_sheet(path: Path, rows: Iterator[list[str | int]]) -> None:
    """Write rows below the headers as CSV."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADERS)
        writer.writerows(rows)


def write_workbook(path: Path, rows: Iterator[list[str | int]]) -> None:
    """Write rows as Excel does: texts shared, numbers as they are, empty cells left out."""
    shared: dict[str, int] = {}
    lines = []
    for number, values in enumerate((HEADERS, *rows), 1):
        cells = (
            _cell(f"{chr(65 + at)}{number}", value, shared)
            for at, value in enumerate(values)
            if value != ""
        )
        lines.append(f'<row r="{number}" spans="1:{len(HEADERS)}">{"".join(cells)}</row>')
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _frame().items():
            archive.writestr(name, data)
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
        )
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{texts}</sst>')


def _cell(place: str, value: str | int, shared: dict[str, int]) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'


def _frame() -> dict[str, str]:
    kinds = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            (
                ("worksheet", "worksheets/sheet1"),
                ("styles", "styles"),
                ("sharedStrings", "sharedStrings"),
            ),
            1,
        )
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{targets}'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/>'
        '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill'
        ' patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>',
    }


def _checked(scene: Scene, name: str) -> Usage:
    path = scene.folder / name
    write = write_csv_sheet if path.suffix == ".csv" else write_workbook
    write(path, users(ROWS))
    return scene.bulkops("check", "create-users", name)


def _annotated(scene: Scene, name: str, target: str) -> Usage:
    path = scene.folder / name
    write = write_csv_sheet if path.suffix == ".csv" else write_workbook
    write(path, users(ROWS, faulty=ROWS // 200))
    return scene.bulkops("check", "create-users", name, "--annotate", target, expect=_PROBLEMS)


@measure("check of 100,000 users as CSV", unit="CPU s", goal=8)
def check_csv(scene: Scene) -> float:
    """Check a CSV offline."""
    return _checked(scene, "users.csv").cpu_seconds


@measure("check of 100,000 users as workbook", unit="CPU s", goal=15)
def check_workbook(scene: Scene) -> float:
    """Check a workbook offline."""
    return _checked(scene, "users.xlsx").cpu_seconds


@measure("memory of a check of 100,000 users as CSV", unit="MB")
def check_csv_memory(scene: Scene) -> float:
    """Check a CSV offline."""
    return _checked(scene, "users.csv").memory_mb


@measure("memory of a check of 100,000 users as workbook", unit="MB")
def check_workbook_memory(scene: Scene) -> float:
    """Check a workbook offline."""
    return _checked(scene, "users.xlsx").memory_mb


@measure("reading of 100,000 users from a workbook", unit="CPU s")
def read_workbook(scene: Scene) -> float:
    """Read a workbook alone, in a process of its own."""
    write_workbook(scene.folder / "users.xlsx", users(ROWS))
    return scene.python("tests.benchmarks.speed.reading", "users.xlsx").cpu_seconds


@measure("memory of an annotated workbook of 100,000 users", unit="MB", goal=150)
def annotate_memory(scene: Scene) -> float:
    """Check a workbook with 200 faults, and mark them in a copy."""
    return _annotated(scene, "users.xlsx", "marked.xlsx").memory_mb


@measure("annotated workbook of 100,000 users", unit="CPU s")
def annotate_seconds(scene: Scene) -> float:
    """Check a workbook with 200 faults, and mark them in a copy."""
    return _annotated(scene, "users.xlsx", "marked.xlsx").cpu_seconds


if __name__ == "__main__":
    import sys

    from bulkops.sheets.input.reader import read_table

    print(len(read_table(Path(sys.argv[1]), known_headers=HEADERS)))
