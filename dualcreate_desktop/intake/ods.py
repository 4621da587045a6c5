"""OpenDocument spreadsheets, in one pass over their content: values, errors, merges, what is hidden and what is shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, Source, forbid_doctype
from dualcreate_desktop.intake.grid import Cell, Grid, Merge, Place, SheetState
from dualcreate_desktop.intake.xlsx import check_area

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0 "
_TABLE, _OFFICE, _TEXT, _STYLE, _DRAW = map(_SPACE.format, ("table", "office", "text", "style", "drawing"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_HIDDEN = frozenset({"collapse", "filter"})
_NO_CELLS = (
    *(_DRAW, f"{_OFFICE}annotation", f"{_TEXT}ruby-text"),
    *(f"{_TABLE}shapes", f"{_TABLE}tracked-changes", f"{_TABLE}dde-link"),
)
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read_ods(source: Source) -> tuple[Grid, ...]:
    """The sheets of an OpenDocument spreadsheet; FileRefused when its XML is broken."""
    content = _Content(source.name)
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive, archive.open("content.xml") as stream:
            content.parser.ParseFile(stream)
    except (expat.ExpatError, ValueError) as error:
        raise FileRefused("工作簿内部的 XML 已损坏", where=source.name, todo=RESAVE) from error
    return tuple(sheet.grid() for sheet in content.sheets if not sheet.is_copy)


class _Sheet:
    """A sheet while it is read: blank rows and cells, which are repeated by the million, take no room."""

    def __init__(self, name: str, state: SheetState) -> None:
        self.name, self.state = name, state
        self.is_copy = False
        self.rows: dict[int, dict[int, Cell]] = {}
        self.row = self.column = self.columns_told = 0
        self.merges: list[Merge] = []
        self.hidden_rows: list[range] = []
        self.hidden_columns: list[range] = []
        self.errors: dict[Place, str] = {}
        self.uncalculated: set[Place] = set()
        self.shown: dict[Place, str] = {}

    def grid(self) -> Grid:
        """What was read; what is hidden only as far as there are cells."""
        height = max(self.rows, default=-1) + 1
        rows = tuple(_whole_row(self.rows.get(row, {})) for row in range(height))
        return Grid(
            self.name,
            rows,
            tuple(self.merges),
            _within(self.hidden_rows, height),
            _within(self.hidden_columns, max(map(len, rows), default=0)),
            self.state,
            self.errors,
            frozenset(self.uncalculated),
            self.shown,
        )


def _within(ranges: Iterable[range], end: int) -> frozenset[int]:
    return frozenset(index for each in ranges for index in range(each.start, min(each.stop, end)))


def _whole_row(cells: dict[int, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(column, "") for column in range(max(cells, default=-1) + 1))


class _Content:
    """The expat handlers."""

    def __init__(self, file: str) -> None:
        self.sheets: list[_Sheet] = []
        self._file = file
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._skipped = 0
        self._repeated_rows = 1
        self._cell: dict[str, str] | None = None
        self._lines: list[list[str]] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        forbid_doctype(file, self.parser)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            f"{_STYLE}style": self._on_style,
            f"{_STYLE}table-properties": self._on_table_style,
            f"{_TABLE}table": self._on_table,
            f"{_TABLE}table-source": self._on_copy,
            f"{_TABLE}table-column": self._on_column,
            f"{_TABLE}table-row": self._on_row,
            f"{_TABLE}table-cell": self._on_cell,
            f"{_TABLE}covered-table-cell": self._on_cell,
            f"{_TEXT}p": self._on_line,
            f"{_TEXT}s": self._on_spaces,
            f"{_TEXT}tab": self._on_tab,
            f"{_TEXT}line-break": self._on_line,
        }
        self._ends: dict[str, Callable[[], None]] = {
            f"{_TABLE}table-cell": self._on_cell_end,
            f"{_TABLE}covered-table-cell": self._on_cell_end,
            f"{_TABLE}table-row": self._on_row_end,
        }

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name.startswith(_NO_CELLS):
            self._skipped += 1
        elif handle := self._starts.get(name):
            handle(attributes)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif handle := self._ends.get(name):
            handle()

    def _data(self, text: str) -> None:
        if self._lines and not self._skipped:
            self._lines[-1].append(text)

    def _on_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(f"{_STYLE}name", "")

    def _on_table_style(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _on_table(self, attributes: dict[str, str]) -> None:
        hidden = attributes.get(f"{_TABLE}style-name") in self._hidden_styles
        name = attributes.get(f"{_TABLE}name", f"表 {len(self.sheets) + 1}")
        self.sheets.append(_Sheet(name, SheetState.HIDDEN if hidden else SheetState.VISIBLE))

    def _on_copy(self, _: dict[str, str]) -> None:
        """The sheet is a copy of one in another file, kept for a formula."""
        self.sheets[-1].is_copy = True

    def _on_column(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        last = sheet.columns_told + _count(attributes, "number-columns-repeated")
        if attributes.get(f"{_TABLE}visibility") in _HIDDEN:
            sheet.hidden_columns.append(range(sheet.columns_told, last))
        sheet.columns_told = last

    def _on_row(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        self._repeated_rows = _count(attributes, "number-rows-repeated")
        sheet.column = 0
        if attributes.get(f"{_TABLE}visibility") in _HIDDEN:
            sheet.hidden_rows.append(range(sheet.row, sheet.row + self._repeated_rows))

    def _on_row_end(self) -> None:
        self.sheets[-1].row += self._repeated_rows

    def _on_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._lines = []

    def _on_line(self, _: dict[str, str]) -> None:
        if self._cell is not None:
            self._lines.append([])

    def _on_spaces(self, attributes: dict[str, str]) -> None:
        self._data(" " * int(attributes.get(f"{_TEXT}c", "1")))

    def _on_tab(self, _: dict[str, str]) -> None:
        self._data("\t")

    def _on_cell_end(self) -> None:
        attributes, text = self._cell or {}, "\n".join(map("".join, self._lines))
        sheet = self.sheets[-1]
        columns = _count(attributes, "number-columns-repeated")
        self._merge(attributes)
        if f"{_TABLE}formula" in attributes or f"{_OFFICE}value-type" in attributes or text:
            check_area(self._file, sheet.name, sheet.row + self._repeated_rows, sheet.column + columns)
            told = bool(self._lines)
            for row in range(sheet.row, sheet.row + self._repeated_rows):
                for column in range(sheet.column, sheet.column + columns):
                    _put(sheet, (row, column), attributes, text, told=told)
        sheet.column += columns
        self._cell, self._lines = None, []

    def _merge(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        down, right = (_count(attributes, f"number-{what}-spanned") - 1 for what in ("rows", "columns"))
        if down or right:
            sheet.merges.append(Merge(sheet.row, sheet.column, sheet.row + down, sheet.column + right))


def _count(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(_TABLE + name, "1")), 1)


def _put(sheet: _Sheet, place: Place, attributes: dict[str, str], text: str, *, told: bool) -> None:
    """Set a cell; `told` says that the file shows something, if only an empty text."""
    is_error = attributes.get(f"{_CALC}value-type") == "error"
    value = "" if is_error else _value(attributes, text)
    sheet.rows.setdefault(place[0], {})[place[1]] = value
    if is_error:
        sheet.errors[place] = text or "#?"
    elif value == "" and f"{_TABLE}formula" in attributes and not told:
        sheet.uncalculated.add(place)
    if shown := _shown(value, text):
        sheet.shown[place] = shown


def _value(attributes: dict[str, str], text: str) -> Cell:
    """A value as its type says; the text of the cell where it is none of that type."""
    kind = attributes.get(f"{_OFFICE}value-type", "")
    with suppress(ValueError):
        if kind in ("float", "percentage", "currency"):
            return float(attributes[f"{_OFFICE}value"])
        if kind == "date":
            return _moment(datetime.fromisoformat(attributes[f"{_OFFICE}date-value"]))
        if kind == "time" and (found := _DURATION.fullmatch(attributes[f"{_OFFICE}time-value"])):
            hours, minutes, seconds = map(int, found.groups())
            return time(hours, minutes, seconds) if hours < 24 else timedelta(hours=hours, minutes=minutes)
    if kind == "boolean":
        return attributes.get(f"{_OFFICE}boolean-value") == "true"
    return text or attributes.get(f"{_OFFICE}string-value", "")


def _moment(moment: datetime) -> Cell:
    return moment.date() if moment.time() == time() else moment


def _shown(value: Cell, text: str) -> str:
    """What the cell shows where that says more than its value: 000123, 2019.10, a month or a year without a day."""
    if isinstance(value, float):
        grown = _PLAIN_NUMBER.fullmatch(text) and float(text) == value and text != f"{value:.15g}"
        return text if grown else ""
    if not isinstance(value, date):
        return ""
    parts = [int(digits) for digits in re.findall(r"\d+", text)]
    if parts == [value.year, value.month]:
        return f"{value.year}年{value.month}月"
    return f"{value.year}年" if parts == [value.year] else ""
