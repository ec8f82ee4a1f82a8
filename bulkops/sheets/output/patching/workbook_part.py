"""The workbook's own part: its list of sheets, its names, and when it is calculated."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from bulkops.sheets.output.patching.xml_text import (
    attribute,
    element,
    elements,
    with_attribute,
    with_content,
)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FILTER = "_xlnm._FilterDatabase"
_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")


def with_sheet(xml: str, name: str, relation: str) -> str:
    """Return the workbook with one more sheet, after all others. Raises UnpatchableError."""
    whole = element(xml, "sheets")
    ids = (attribute(each.attributes, "sheetId") for each in elements(whole.content, "sheet"))
    number = max((int(each) for each in ids if each and each.isdecimal()), default=0) + 1
    new = (
        f'<{whole.prefix}sheet name={quoteattr(name)} sheetId="{number}"'
        f' xmlns:r="{_OFFICE}" r:id="{relation}"/>'
    )
    return with_content(xml, whole, "sheets", whole.content + new)


def filtered(xml: str, sheet: str, area: str) -> str:
    """Return the workbook in which the filter of a sheet, if it is named, has this area."""
    names = [attribute(each.attributes, "name") for each in elements(xml, "sheet")]
    index = names.index(sheet)
    for each in reversed(list(elements(xml, "definedName"))):
        name, local = (attribute(each.attributes, key) for key in ("name", "localSheetId"))
        if (name, local) == (_FILTER, str(index)):
            quoted = sheet.replace("'", "''")
            xml = with_content(xml, each, "definedName", escape(f"'{quoted}'!{area}"))
    return xml


def calculated_when_opened(xml: str) -> str:
    """Return the workbook with the wish that formulas are calculated when it is opened."""
    old = next(elements(xml, "calcPr"), None)
    if old is not None:
        attributes = with_attribute(old.attributes, "fullCalcOnLoad", "1")
        return with_content(xml, old._replace(attributes=attributes), "calcPr", old.content)
    last = next(found for name in _BEFORE_CALCULATION if (found := next(elements(xml, name), None)))
    return f'{xml[: last.end]}<{last.prefix}calcPr fullCalcOnLoad="1"/>{xml[last.end :]}'
