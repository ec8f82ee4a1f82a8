"""Builders of real-world and hostile spreadsheets, for any test that needs a file to read."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = "http://purl.oclc.org/ooxml"

USERS = (("username", "phone"), ("ana", "+15551234567"), ("bob", "00123"))
"""A small table that every kind of file can hold."""

FORMATS: Mapping[str, int] = {
    "General": 0,
    "00000": 1,
    "+0": 2,
    "yyyy-mm-dd": 3,
    "h:mm": 4,
    "[h]:mm": 5,
    "0.00E+00": 6,
    "@": 7,
    '"+"0': 8,
    "yyyy-mm-dd hh:mm": 9,
}
"""Number format → the style id that `cell` takes."""


def cell(
    place: str, value: object = None, *, kind: str = "", style: int = 0, formula: str | None = None
) -> str:
    """Return a cell's XML: numbers as numbers, text inline; `kind` overrides the type."""
    text = isinstance(value, str) and kind in {"", "inlineStr"}
    type_ = kind or ("inlineStr" if text else "")
    attributes = f' r="{place}"' if place else ""
    attributes += f' s="{style}"' if style else ""
    attributes += f' t="{type_}"' if type_ else ""
    inner = "" if formula is None else f"<f>{escape(formula)}</f>"
    if text:
        inner += f'<is><t xml:space="preserve">{escape(str(value))}</t></is>'
    elif value is not None:
        inner += f"<v>{escape(str(value))}</v>"
    return f"<c{attributes}>{inner}</c>"


def row(number: int | None, cells: Iterable[str], attributes: str = "") -> str:
    """Return a row's XML; without a number it has no `r`."""
    place = f' r="{number}"' if number is not None else ""
    return f"<row{place}{attributes}>{''.join(cells)}</row>"


def grid(rows: Sequence[Sequence[object]], first: int = 1) -> str:
    """Return the XML of rows of plain values."""
    return "".join(
        row(number, [cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(values)])
        for number, values in enumerate(rows, first)
    )


def sheet_xml(rows: str, *, before: str = "", after: str = "", dimension: str = "") -> str:
    """Return a worksheet's XML around its rows."""
    size = f'<dimension ref="{dimension}"/>' if dimension else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"{size}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def xlsx(
    path: Path,
    sheets: Sequence[tuple[str, str, str | bytes]],
    *,
    calculation: str = "",
    strict: bool = False,
    parts: Mapping[str, str | bytes] | None = None,
    declaration: str = "",
) -> Path:
    """Write a workbook of (name, state, XML) by hand, so that anything can be wrong with it."""
    content = {"[Content_Types].xml": _content_types(len(sheets)), **_book(sheets, calculation)}
    content["xl/workbook.xml"] = declaration + str(content["xl/workbook.xml"])
    content["xl/styles.xml"] = _styles()
    for number, (_, _, xml) in enumerate(sheets, 1):
        content[f"xl/worksheets/sheet{number}.xml"] = xml
    if strict:
        content = {name: _strict(text) for name, text in content.items()}
    return zipped(path, {**content, **(parts or {})})


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a zip file of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def users_xlsx(path: Path, rows: Sequence[Sequence[object]] = USERS) -> Path:
    """Write a plain workbook of one sheet, Users."""
    return xlsx(path, [("Users", "visible", sheet_xml(grid(rows)))])


def one_row(path: Path, *cells: str, **options: str) -> Path:
    """Write a workbook with headers `username`, `phone`, … and one row of cells for row 2."""
    headers = ("username", "phone", "routing_profile", "email", "note")
    return xlsx(path, [("Users", "visible", sheet_xml(grid([headers]) + row(2, cells), **options))])


def ods(path: Path, tables: str, *, mime: str = "spreadsheet") -> Path:
    """Write an OpenDocument file around the XML of its tables."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        f' xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0"'
        f' xmlns:text="{office}:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = f"application/vnd.oasis.opendocument.{mime}"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry'
        f' manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(
        path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def ods_table(name: str, rows: Sequence[Sequence[str]], attributes: str = "") -> str:
    """Return the XML of a table of texts."""
    lines = "".join(
        f"<table:table-row>{''.join(ods_cell(value) for value in values)}</table:table-row>"
        for values in rows
    )
    return f'<table:table table:name="{name}"{attributes}>{lines}</table:table>'


def ods_cell(value: str, attributes: str = "") -> str:
    """Return the XML of a cell of text."""
    return (
        f'<table:table-cell office:value-type="string"{attributes}>'
        f"<text:p>{escape(value)}</text:p></table:table-cell>"
    )


def xlsb(path: Path, rows: Sequence[Sequence[str]] = USERS, *, last_row: int = 0) -> Path:
    """Write a binary workbook of one sheet, Users; `last_row` puts an `x` far down."""
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin"'
        ' ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/></Types>'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": _rels([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/_rels/workbook.bin.rels": _rels([("rId1", "worksheet", "worksheets/sheet1.bin")]),
        "xl/workbook.bin": _record(131)
        + _record(143)
        + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Users"))
        + _record(144)
        + _record(132),
        "xl/worksheets/sheet1.bin": _binary_sheet(rows, last_row),
    }
    return zipped(path, parts)


def xls(path: Path) -> Path:
    """Write an .xls: sheet Users with headers in row 2, and a hidden sheet Old.

    Row 3: ana, the number 15551234567, a date, true, the text 0017; row 5: bob, 0.5.
    """
    path.write_bytes(zlib.decompress(base64.b85decode(_XLS)))
    return path


def sprawling_xls(path: Path) -> Path:
    """Write an .xls whose last cell says that it stands in row 65,536 and column 65,536."""
    content = bytearray(xls(path).read_bytes())
    at = content.rindex(b"\x7e\x02\x0a\x00", 0, 2200) + 4  # an RK record ([MS-XLS] 2.4.220)
    content[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    return path


def encrypted(path: Path) -> Path:
    """Write the beginning of what Excel makes of a workbook with a password."""
    entry = "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry)
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    """Write a text file, line ends as given."""
    path.write_bytes(content.encode(encoding))
    return path


def _content_types(sheets: int) -> str:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        f' ContentType="{main}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{main}.styles+xml"/>'
        f"{overrides}</Types>"
    )


def _book(
    sheets: Sequence[tuple[str, str, str | bytes]], calculation: str
) -> dict[str, str | bytes]:
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, (name, state, _) in enumerate(sheets, 1)
    )
    targets = [
        (f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        for number in range(1, len(sheets) + 1)
    ]
    return {
        "_rels/.rels": _rels([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets>'
            f"{calculation}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _rels([*targets, ("rIdS", "styles", "styles.xml")]),
    }


def _rels(targets: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for id_, kind, target in targets
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _styles() -> str:
    codes = "".join(
        f'<numFmt numFmtId="{200 + id_}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for code, id_ in FORMATS.items()
    )
    looks = "".join(f'<xf numFmtId="{200 + id_ if id_ else 0}"/>' for id_ in FORMATS.values())
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS)}">{codes}</numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(FORMATS)}">{looks}</cellXfs><cellStyles count="1"><cellStyle'
        ' name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _strict(content: str | bytes) -> str:
    return (
        str(content)
        .replace(MAIN, f"{STRICT}/spreadsheetml/main")
        .replace(RELATIONS, f"{STRICT}/officeDocument/relationships")
    )


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while length >= 128:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + size + bytes([length]) + data


def _wide(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def _binary_sheet(rows: Sequence[Sequence[str]], last_row: int) -> bytes:
    buffer = io.BytesIO()
    height, width = max(len(rows), last_row), max(len(values) for values in rows)
    buffer.write(_record(129))
    buffer.write(_record(148, struct.pack("<IIII", 0, height - 1, 0, width - 1)))
    buffer.write(_record(145))
    for number, values in enumerate(rows):
        buffer.write(_record(0, struct.pack("<III", number, 0, 0) + bytes(5)))
        for column, value in enumerate(values):
            buffer.write(_record(6, struct.pack("<II", column, 0) + _wide(value)))
    if last_row:
        buffer.write(_record(0, struct.pack("<III", last_row - 1, 0, 0) + bytes(5)))
        buffer.write(_record(6, struct.pack("<II", 16_383, 0) + _wide("x")))
    buffer.write(_record(146))
    buffer.write(_record(130))
    return buffer.getvalue()


_XLS = (
    "c-rk)O-"
    "NKx6#njg?~SABIGP3;hzMDkg3=;4HYKF1%!25Lpk|y0iaI0X6xgCHn`IERD%uFPXk)eMhguZ02nvi^1VNy+Y!wu>"
    "P+#Yq_nxU4I8=i1zTuvG&bjxTd*8X|-goD{nkt(fzgs<nW!Mb^^G+c`i*$-"
    "gp)W*1?T*8&Ux%qU0oD}?!?chg3y(@(7VsMKde1=Pj`@@*@PWz+452HXvTN56?J|eB;yJV_lX6ev29*e^WM1V$dx"
    "UNjdRzKF7P?0?mxZ=b-"
    ")VImQ?agwRxgi_>N;tQ5LLJ@Ht$5!f=WE+JU)L#xqU6{&Gf|w)>%W1S&RwLl6KlDJHv7*ZlVYnAv6sRHYJnOsG#M"
    "Zz*nah_~P&DC$)ioZS@MI|GrdT@Ed)Y7IC@$sy2a9IHwdRa}FhlncQOG@UWd3&S3+Ng*Y_~92iK>qC*bxuv<=3ms"
    "EVvwt%5t+T&CYXXBYH8N_?CeP?WPl}cxAgXC14gy!a!T_hyZi6VX-$ng<fa(tA?rYa_yM5*v)vbCZ#-"
    "t4W<ulFaqV<$y3Dzk83EL->~;NSvVka0w`7U0navDhK>qIlgbe6`RD>O*yXccsU4j7gtM(ppdB>=e9-"
    "ZC%7~BR==(;Degn$Jln_Cp%}(R!qK)jiZiYlq7rpjiFIBs_WMn4`Y6<yd&tn(5hdKqp*&8PvCfO&r;0M24r2CC|r"
    "r7qZTCX#mbcol8gn(B+2wV>lHj}@yxL@bi|80&>HRiR@{D0bGxQFPd?MIbeMQUMs_XPcgXY2W9VhRP4Uf3%$`i~{"
    "erIvx*Yd-U^;St;$LTm-"
    "{R8sm>KTem&O<inITcdN>L3EAV7cs0Rja0V<@@oL9Usmch%;rT7manXO7Bz@R{Vl#UZ5Wm!-dy`;ekKgOR-"
    "QXA>;t`%<g4@xK=`j?m~C^dlkj=+8TU>8h<3KhLTSqknG;<vad-KJ)y?<NpATmJtU"
)
