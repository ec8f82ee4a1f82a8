"""A workbook's styles with the looks that marks need: each marked cell keeps its own beside."""

from __future__ import annotations

from bulkops.sheets.output.patching.xml_text import (
    UnpatchableError,
    attribute,
    element,
    elements,
    with_attribute,
    with_content,
)

_FACE = "Calibri"
_TEXT = 49
"""The built-in number format of text, `@`."""


class StylePart:
    """The text of styles.xml, to which looks are added as they are asked for."""

    def __init__(self, xml: str, colours: dict[str, str]) -> None:
        self._xml = xml
        self._colours = colours
        whole = element(xml, "cellXfs")
        self._looks = [
            (each.attributes, each.content) for each in elements(whole.content, "xf", whole.prefix)
        ]
        self._old = len(self._looks)
        self._prefix = whole.prefix
        self._fills = _Additions(xml, "fills", "fill")
        self._fonts = _Additions(xml, "fonts", "font")
        self._known: dict[tuple[str, int], int] = {}
        if not self._looks:
            raise UnpatchableError

    def filled(self, style: int, fill: str) -> int:
        """Return the number of a look that is another one with a fill."""
        key = (fill, style)
        if key not in self._known:
            if not 0 <= style < self._old:
                raise UnpatchableError
            attributes, content = self._looks[style]
            attributes = with_attribute(attributes, "fillId", str(self._fill(fill)))
            attributes = with_attribute(attributes, "applyFill", "1")
            self._known[key] = self._add(attributes, content)
        return self._known[key]

    def text(self) -> int:
        """Return the number of the look of plain text."""
        return self._lettered("", "")

    def heading(self, fill: str) -> int:
        """Return the number of the look of white, bold text on a fill."""
        return self._lettered(fill, "b")

    def xml(self) -> str:
        """Return the text with all that was added."""
        new = "".join(
            f"<{self._prefix}xf{attributes}>{content}</{self._prefix}xf>"
            if content
            else f"<{self._prefix}xf{attributes}/>"
            for attributes, content in self._looks[self._old :]
        )
        xml = _appended(self._xml, "cellXfs", new, len(self._looks))
        return self._fonts.put_into(self._fills.put_into(xml))

    def _lettered(self, fill: str, bold: str) -> int:
        key = (f"{bold} on {fill}", -1)
        if key not in self._known:
            font = self._fonts.add(self._font(bold))
            fill_id = self._fill(fill) if fill else 0
            self._known[key] = self._add(
                f' numFmtId="{_TEXT}" fontId="{font}" fillId="{fill_id}" borderId="0" xfId="0"'
                ' applyNumberFormat="1" applyFont="1" applyFill="1"',
                "",
            )
        return self._known[key]

    def _font(self, bold: str) -> str:
        p = self._prefix
        looks = f'<{p}b/><{p}sz val="11"/><{p}color rgb="FFFFFFFF"/>' if bold else ""
        return f'<{p}font>{looks or f"""<{p}sz val="11"/>"""}<{p}name val="{_FACE}"/></{p}font>'

    def _fill(self, name: str) -> int:
        p = self._prefix
        return self._fills.add(
            f'<{p}fill><{p}patternFill patternType="solid">'
            f'<{p}fgColor rgb="FF{self._colours[name]}"/></{p}patternFill></{p}fill>'
        )

    def _add(self, attributes: str, content: str) -> int:
        self._looks.append((attributes, content))
        return len(self._looks) - 1


class _Additions:
    """What is to be added to one list of the styles."""

    def __init__(self, xml: str, name: str, item: str) -> None:
        whole = element(xml, name)
        self._name = name
        self._count = sum(1 for _ in elements(whole.content, item, whole.prefix))
        self._new: dict[str, int] = {}

    def add(self, item: str) -> int:
        """Return the number of an item, added unless it was."""
        return self._new.setdefault(item, self._count + len(self._new))

    def put_into(self, xml: str) -> str:
        """Return the styles with the additions."""
        return _appended(xml, self._name, "".join(self._new), self._count + len(self._new))


def _appended(xml: str, name: str, new: str, count: int) -> str:
    whole = element(xml, name)
    if attribute(whole.attributes, "count") is not None:
        whole = whole._replace(attributes=with_attribute(whole.attributes, "count", str(count)))
    return with_content(xml, whole, name, whole.content + new) if new else xml
