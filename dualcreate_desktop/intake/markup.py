"""Tables of web pages, which many programs save under the name .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, Source
from dualcreate_desktop.intake.grid import Grid, Place
from dualcreate_desktop.intake.growing import LONGEST_SPAN, GrowingSheet
from dualcreate_desktop.intake.text import encoding_of

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def read_html(source: Source) -> tuple[Grid, ...]:
    """The tables of a page, one sheet each; a table inside a cell is a sheet of its own."""
    parser = _TableParser(source.name)
    parser.feed(source.data.decode(html_encoding(source), errors="replace"))
    parser.close()
    grids = tuple(sheet.grid() for sheet in parser.sheets)
    if not any(grid.rows for grid in grids):
        raise FileRefused("网页文件中没有表格", where=source.name, todo=RESAVE)
    return grids


def html_encoding(source: Source) -> str:
    """By mark, zero bytes or strict UTF-8, else as declared; a `gb2312` label stands over GBK text."""
    encoding = encoding_of(source.data)
    declared = _CHARSET.search(source.data[:4096])
    if encoding == "gb18030" and declared and b"big5" in declared[1].lower():
        return "big5"
    return encoding


class _TableParser(HTMLParser):
    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[GrowingSheet] = []
        self._file = file
        self._open: list[GrowingSheet] = []
        self._columns = 0
        self._cells: list[tuple[GrowingSheet, Place, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(GrowingSheet(f"表 {len(self.sheets) + 1}", self._file))
            self.sheets.append(self._open[-1])
            self._columns = 0
        elif tag == "col" and self._open:
            self._on_column(dict(attrs))
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].next_row()
            if _is_hidden(dict(attrs)):
                self._open[-1].hidden_rows.add(self._open[-1].row)
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            sheet = self._open[-1]
            spans = {name: _span(value) - 1 for name, value in attrs if name in ("rowspan", "colspan")}
            place = sheet.place(down=spans.get("rowspan", 0), right=spans.get("colspan", 0))
            self._cells.append((sheet, place, []))
        elif tag == "br" and self._cells:
            self._cells[-1][2].append("\n")

    def _on_column(self, attributes: dict[str, str | None]) -> None:
        last = self._columns + _span(attributes.get("span"))
        if _is_hidden(attributes):
            self._open[-1].hidden_columns.update(range(self._columns, last))
        self._columns = last

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        in_script = self.cdata_elem is not None
        if self._cells and not in_script:
            self._cells[-1][2].append(_SPACE.sub(" ", data))

    def _end_cell(self) -> None:
        """Close the open cell of the innermost table."""
        if self._cells and self._open and self._cells[-1][0] is self._open[-1]:
            sheet, place, parts = self._cells.pop()
            lines = "".join(parts).split("\n")
            sheet.put(place, "\n".join(_SPACE.sub(" ", line).strip() for line in lines).strip())


def _span(text: str | None) -> int:
    return min(max(int(text), 1), LONGEST_SPAN) if text and text.strip().isdecimal() else 1


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
