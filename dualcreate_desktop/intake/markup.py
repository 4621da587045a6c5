"""Tables in HTML and in Excel 2003 XML, both often named .xls."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.parsers import expat

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, Source, refuse_doctype
from dualcreate_desktop.intake.grid import Cell, Grid, Merge, SheetState
from dualcreate_desktop.intake.text import encoding_of
from dualcreate_desktop.intake.xlsx import check_area

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_LONGEST_SPAN = 1000


class _Sheet:
    """Cells placed one after the other, stepping over those that a span above has taken."""

    def __init__(self, name: str, file: str) -> None:
        self.name, self.file = name, file
        self.state = SheetState.VISIBLE
        self.hidden: set[int] = set()
        self.errors: dict[tuple[int, int], str] = {}
        self._rows: list[dict[int, Cell]] = []
        self._merges: list[Merge] = []
        self._taken: set[tuple[int, int]] = set()
        self._column = 0
        self._width = 0

    @property
    def row(self) -> int:
        """The row being filled, −1 before the first."""
        return len(self._rows) - 1

    def next_row(self, index: int | None = None) -> None:
        """Begin a row, at `index` from 0 when the file names one."""
        target = len(self._rows) if index is None else max(index, len(self._rows))
        check_area(self.file, self.name, target + 1, max(self._width, 1))
        self._rows.extend({} for _ in range(target + 1 - len(self._rows)))
        self._column = 0

    def place(self, index: int | None = None, *, down: int = 0, right: int = 0) -> tuple[int, int]:
        """The place of the next cell, which spans `down` more rows and `right` more columns."""
        if not self._rows:
            self.next_row()
        row, column = self.row, self._column if index is None else index
        while (row, column) in self._taken:
            column += 1
        if down or right:
            self._merges.append(Merge(row, column, row + down, column + right))
            self._taken.update((row + r, column + c) for r in range(down + 1) for c in range(right + 1))
        self._column = column + right + 1
        self._width = max(self._width, self._column)
        check_area(self.file, self.name, row + 1, self._width)
        return row, column

    def put(self, place: tuple[int, int], value: Cell) -> None:
        """Set a cell."""
        self._rows[place[0]][place[1]] = value

    def grid(self) -> Grid:
        """What was gathered."""
        rows = (tuple(row.get(c, "") for c in range(max(row, default=-1) + 1)) for row in self._rows)
        return Grid(
            self.name,
            tuple(rows),
            tuple(self._merges),
            frozenset(self.hidden),
            state=self.state,
            errors=self.errors,
        )


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
        self.sheets: list[_Sheet] = []
        self._file = file
        self._open: list[_Sheet] = []
        self._cells: list[tuple[_Sheet, tuple[int, int], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(_Sheet(f"表 {len(self.sheets) + 1}", self._file))
            self.sheets.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].next_row()
            if _HIDDEN.search(dict(attrs).get("style") or ""):
                self._open[-1].hidden.add(self._open[-1].row)
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            sheet = self._open[-1]
            spans = {name: _span(value) - 1 for name, value in attrs if name in ("rowspan", "colspan")}
            place = sheet.place(down=spans.get("rowspan", 0), right=spans.get("colspan", 0))
            self._cells.append((sheet, place, []))
        elif tag == "br" and self._cells:
            self._cells[-1][2].append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cells:
            self._cells[-1][2].append(_SPACE.sub(" ", data))

    def _end_cell(self) -> None:
        """Close the open cell of the innermost table."""
        if self._cells and self._open and self._cells[-1][0] is self._open[-1]:
            sheet, place, parts = self._cells.pop()
            lines = "".join(parts).split("\n")
            sheet.put(place, "\n".join(_SPACE.sub(" ", line).strip() for line in lines).strip())


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _LONGEST_SPAN) if text and text.strip().isdecimal() else 1


def read_xml2003(source: Source) -> tuple[Grid, ...]:
    """The worksheets of an Excel 2003 XML file; FileRefused when it declares a document type."""
    refuse_doctype(source.name, source.data)
    parser = _XmlParser(source.name)
    try:
        parser.expat.Parse(source.data, True)
    except expat.ExpatError as error:
        raise FileRefused(
            "XML 表格已损坏", where=f"{source.name} 第 {error.lineno} 行", todo=RESAVE
        ) from error
    return tuple(sheet.grid() for sheet in parser.sheets)


class _XmlParser:
    def __init__(self, file: str) -> None:
        self.sheets: list[_Sheet] = []
        self._file = file
        self._place = (0, 0)
        self._type = ""
        self._text: list[str] | None = None
        self.expat = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._data

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        starts: dict[str, Callable[[dict[str, str]], None]] = {
            "Worksheet": self._on_sheet,
            "Row": self._on_row,
            "Cell": self._on_cell,
            "Data": self._on_data,
        }
        handle = starts.get(name.rpartition(" ")[2])
        if handle is not None and (self.sheets or handle == self._on_sheet):
            handle(local)

    def _on_sheet(self, attributes: dict[str, str]) -> None:
        self.sheets.append(_Sheet(attributes.get("Name", f"表 {len(self.sheets) + 1}"), self._file))

    def _on_row(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        sheet.next_row(_index(attributes))
        if attributes.get("Hidden") == "1":
            sheet.hidden.add(sheet.row)

    def _on_cell(self, attributes: dict[str, str]) -> None:
        down, right = (_count(attributes.get(key)) for key in ("MergeDown", "MergeAcross"))
        self._place = self.sheets[-1].place(_index(attributes), down=down, right=right)

    def _on_data(self, attributes: dict[str, str]) -> None:
        self._type = attributes.get("Type", "String")
        self._text = []

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "Data" and self._text is not None:
            text = "".join(self._text)
            self._text = None
            if self._type == "Error":
                self.sheets[-1].errors[self._place] = text
            else:
                self.sheets[-1].put(self._place, _typed(self._type, text))
        elif local == "Visible" and self.sheets:
            self.sheets[-1].state = SheetState.HIDDEN


def _count(text: str | None) -> int:
    return min(int(text), _LONGEST_SPAN) if text and text.isdecimal() else 0


def _index(attributes: dict[str, str]) -> int | None:
    text = attributes.get("Index", "")
    return max(int(text) - 1, 0) if text.isdecimal() else None


def _typed(kind: str, text: str) -> Cell:
    """Numbers as numbers; a DateTime stays text, whose date the coercion reads."""
    if kind == "Boolean":
        return text == "1"
    if kind == "DateTime":
        return text.partition("T")[0]
    if kind != "Number":
        return text
    try:
        return float(text)
    except ValueError:
        return text
