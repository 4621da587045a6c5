"""Excel 2003 XML tables, usually named .xls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from xml.parsers import expat

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, Source, refuse_doctype
from dualcreate_desktop.intake.grid import Cell, Grid, SheetState
from dualcreate_desktop.intake.growing import LONGEST_SPAN, GrowingSheet
from dualcreate_desktop.intake.shown import show

_STATES = {"SheetHidden": SheetState.HIDDEN, "SheetVeryHidden": SheetState.VERY_HIDDEN}
_NAMED_FORMATS = {"Fixed": "0.00"}


def read_xml2003(source: Source) -> tuple[Grid, ...]:
    """The worksheets of an Excel 2003 XML file; FileRefused when it declares a document type."""
    refuse_doctype(source.name, source.data)
    parser = _Parser(source.name)
    try:
        parser.expat.Parse(source.data, True)
    except expat.ExpatError as error:
        raise FileRefused(
            "XML 表格已损坏", where=f"{source.name} 第 {error.lineno} 行", todo=RESAVE
        ) from error
    return tuple(sheet.grid() for sheet in parser.sheets)


class _Parser:
    """The expat handlers. A cell has the style that itself, else its row, else its column names."""

    def __init__(self, file: str) -> None:
        self.sheets: list[GrowingSheet] = []
        self._file = file
        self._formats: dict[str, str] = {}
        self._style = ""
        self._row_style = ""
        self._column_styles: dict[int, str] = {}
        self._column = 0
        self._rows_to_skip = 0
        self._place = (0, 0)
        self._in_comment = False
        self._type = ""
        self._text: list[str] | None = None
        self.expat = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._data
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "Style": self._on_style,
            "NumberFormat": self._on_format,
            "Worksheet": self._on_sheet,
            "Column": self._on_column,
            "Row": self._on_row,
            "Cell": self._on_cell,
            "Comment": self._on_comment,
            "Data": self._on_data,
            "Visible": self._on_visible,
        }

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        handle = self._starts.get(local)
        if handle is not None and (self.sheets or local in ("Style", "NumberFormat", "Worksheet")):
            handle({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _on_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("ID", "")

    def _on_format(self, attributes: dict[str, str]) -> None:
        code = attributes.get("Format", "")
        self._formats[self._style] = _NAMED_FORMATS.get(code, code)

    def _on_sheet(self, attributes: dict[str, str]) -> None:
        self.sheets.append(GrowingSheet(attributes.get("Name", f"表 {len(self.sheets) + 1}"), self._file))
        self._column = self._rows_to_skip = 0
        self._column_styles = {}

    def _on_column(self, attributes: dict[str, str]) -> None:
        index = _index(attributes)
        first = self._column if index is None else index
        self._column = first + 1 + _count(attributes.get("Span"))
        columns = range(first, self._column)
        self._column_styles.update(dict.fromkeys(columns, attributes.get("StyleID", "")))
        if attributes.get("Hidden") == "1":
            self.sheets[-1].hidden_columns.update(columns)

    def _on_row(self, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        index = _index(attributes)
        sheet.next_row(sheet.row + 1 + self._rows_to_skip if index is None else index)
        self._rows_to_skip = _count(attributes.get("Span"))
        self._row_style = attributes.get("StyleID", "")
        if attributes.get("Hidden") == "1":
            sheet.hidden_rows.update(range(sheet.row, sheet.row + 1 + self._rows_to_skip))

    def _on_cell(self, attributes: dict[str, str]) -> None:
        down, right = (_count(attributes.get(key)) for key in ("MergeDown", "MergeAcross"))
        self._place = self.sheets[-1].place(_index(attributes), down=down, right=right)
        inherited = self._row_style or self._column_styles.get(self._place[1], "")
        self._style = attributes.get("StyleID", inherited)
        if "Formula" in attributes:
            self.sheets[-1].uncalculated.add(self._place)
            self.sheets[-1].put(self._place, "")

    def _on_comment(self, _: dict[str, str]) -> None:
        self._in_comment = True

    def _on_data(self, attributes: dict[str, str]) -> None:
        if not self._in_comment:
            self._type = attributes.get("Type", "String")
            self._text = []

    def _on_visible(self, _: dict[str, str]) -> None:
        self._text = []

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "Comment":
            self._in_comment = False
        elif local in ("Data", "Visible") and self._text is not None:
            text = "".join(self._text)
            self._text = None
            if local == "Data":
                self._put(text)
            else:
                self.sheets[-1].state = _STATES.get(text, SheetState.VISIBLE)

    def _put(self, text: str) -> None:
        sheet, place = self.sheets[-1], self._place
        sheet.uncalculated.discard(place)
        value = _typed(self._type, text)
        sheet.put(place, value)
        if self._type == "Error":
            sheet.errors[place] = text
        if seen := show(value, self._formats.get(self._style, "")):
            sheet.shown[place] = seen


def _count(text: str | None) -> int:
    return min(int(text), LONGEST_SPAN) if text and text.isdecimal() else 0


def _index(attributes: dict[str, str]) -> int | None:
    text = attributes.get("Index", "")
    return max(int(text) - 1, 0) if text.isdecimal() else None


def _typed(kind: str, text: str) -> Cell:
    """A value as its type says; the text itself where it is none of that type."""
    try:
        if kind == "DateTime":
            return _moment(datetime.fromisoformat(text))
        if kind == "Number":
            return float(text)
    except ValueError:
        return text
    if kind == "Error":
        return ""
    return text == "1" if kind == "Boolean" else text


def _moment(moment: datetime) -> Cell:
    """A date, a date with its clock, or a time of day, which stands on the day before 1900."""
    if moment.year < 1900:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
