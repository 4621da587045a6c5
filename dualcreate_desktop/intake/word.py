"""Word documents (.docx): every table as a grid with its merged cells, and the text between them as one more.

Runs in the child process. The XML is read without python-docx, whose `cell.text` loses content controls, tracked
insertions and ticked boxes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE_WORD, Source
from dualcreate_desktop.intake.grid import Grid, Merge
from dualcreate_desktop.intake.word_text import attribute, child, local, text_of

BODY = "正文"
"""Name of the grid with the paragraphs outside tables, one a row."""

_PART = "word/document.xml"
_LARGEST = 80 * 1024 * 1024
_MOST_CELLS = 200_000
_MOST_COLUMNS = 200
_DEEPEST = 6


def read_docx(source: Source) -> tuple[Grid, ...]:
    """The text between the tables, then the tables in reading order, nested ones after the table they stand in.

    Raises:
        FileRefused: damaged, or far larger than a form.
    """
    reader = _Reader(source.name)
    reader.read_blocks(_body(source), 0)
    texts = tuple((text,) for text in reader.texts)
    return (Grid(BODY, texts), *reader.grids)


def _body(source: Source) -> Element:
    from defusedxml.ElementTree import parse

    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        if archive.getinfo(_PART).file_size > _LARGEST:
            raise FileRefused("文档内容过大", where=source.name, todo="请删去图片等无关内容后再导入")
        try:
            with archive.open(_PART) as stream:
                root: Element = parse(stream, forbid_dtd=True).getroot()
        except (SyntaxError, UnicodeError, ValueError) as error:
            raise FileRefused("Word 文档内部的 XML 已损坏", where=source.name, todo=RESAVE_WORD) from error
    body = child(root, "body")
    if body is None:
        raise FileRefused("Word 文档没有正文", where=source.name, todo=RESAVE_WORD)
    return body


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell as it is written: its place in the grid of columns, and whether it continues the one above."""

    column: int
    across: int
    continued: bool
    text: str


@dataclass(slots=True)
class _Reader:
    """Gathers paragraphs and tables while it walks through a document."""

    file: str
    texts: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    cells: int = 0

    def read_blocks(self, parent: Element, depth: int) -> None:
        """Paragraphs and tables below an element that may wrap them in content controls and the like."""
        for block in _blocks(parent):
            if local(block) == "tbl":
                self.read_table(block, depth)
            else:
                self.texts.extend(line for line in text_of(block).splitlines() if line.strip())
                for table in _tables_in(block):
                    self.read_table(table, depth + 1)

    def read_table(self, table: Element, depth: int) -> None:
        """One table, then those inside its cells."""
        if depth > _DEEPEST:
            raise FileRefused("表格嵌套过深", where=self.file, todo=RESAVE_WORD)
        number = len(self.grids) + 1
        self.grids.append(Grid(f"表格 {number}", ()))
        inner: list[Element] = []
        rows = [self._read_row(row, inner) for row in _rows(table)]
        self.grids[number - 1] = _grid(f"表格 {number}", rows)
        for nested in inner:
            self.read_table(nested, depth + 1)

    def _read_row(self, row: Element, inner: list[Element]) -> list[_Cell]:
        column = _skipped_columns(row)
        cells = []
        for cell in _wrapped(row, "tc"):
            across = min(max(_number(cell, "tcPr", "gridSpan", 1), 1), _MOST_COLUMNS)
            cells.append(_Cell(column, across, _continues(cell), self._text(cell, inner)))
            column += across
        self.cells += len(cells)
        if self.cells > _MOST_CELLS or column > _MOST_COLUMNS:
            raise FileRefused(
                "表格过大，不像申报表", where=self.file, todo="请把表格复制到 Excel 中另存后再导入"
            )
        return cells

    def _text(self, cell: Element, inner: list[Element]) -> str:
        """The paragraphs of a cell; a table among them is read by itself."""
        lines = []
        for block in _blocks(cell):
            if local(block) == "tbl":
                inner.append(block)
            else:
                lines.append(text_of(block))
                inner.extend(_tables_in(block))
        return "\n".join(lines).strip()


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also inside content controls, custom XML and tracked insertions."""
    for element in parent:
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _blocks(element)


def _tables_in(parent: Element) -> Iterator[Element]:
    """The tables in the text boxes of a paragraph, without those inside another one."""
    for element in parent:
        if local(element) == "tbl":
            yield element
        elif local(element) != "Fallback":
            yield from _tables_in(element)


def _rows(table: Element) -> Iterator[Element]:
    """The rows that were not deleted."""
    for row in _wrapped(table, "tr"):
        properties = child(row, "trPr")
        if properties is None or child(properties, "del") is None:
            yield row


def _wrapped(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also inside content controls."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _wrapped(element, name)


def _number(element: Element, properties: str, name: str, default: int) -> int:
    found = child(child(element, properties), name)
    text = attribute(found, "val") if found is not None else ""
    return int(text) if text.isdigit() else default


def _skipped_columns(row: Element) -> int:
    return min(_number(row, "trPr", "gridBefore", 0), _MOST_COLUMNS)


def _continues(cell: Element) -> bool:
    """Whether the cell belongs to the one above; WPS writes the word that Word leaves out."""
    merge = child(child(cell, "tcPr"), "vMerge")
    return merge is not None and attribute(merge, "val") in ("", "continue")


def _grid(name: str, rows: list[list[_Cell]]) -> Grid:
    """Only the first cell of a merged range holds its text; what a continued cell says anyway is added to it."""
    width = max((cell.column + cell.across for row in rows for cell in row), default=0)
    texts = [[""] * width for _ in rows]
    merges: list[Merge] = []
    open_above: dict[int, int] = {}
    for number, row in enumerate(rows):
        for cell in row:
            place = open_above.get(cell.column) if cell.continued else None
            if place is None:
                texts[number][cell.column] = cell.text
                merges.append(Merge(number, cell.column, number, cell.column + cell.across - 1))
                open_above[cell.column] = len(merges) - 1
                continue
            above = merges[place]
            merges[place] = replace(above, bottom=number)
            texts[above.top][above.left] = f"{texts[above.top][above.left]}\n{cell.text}".strip()
    wide = tuple(merge for merge in merges if (merge.top, merge.left) != (merge.bottom, merge.right))
    return Grid(name, tuple(map(tuple, texts)), wide)
