"""Binary workbooks: calamine for the values, a pass over the records for what it leaves out.

A part is a row of records ([MS-XLSB] 2.1.4): a number and a size, both in groups of seven bits, then the content.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from dualcreate_desktop.intake.containers import Source
from dualcreate_desktop.intake.grid import Grid, Merge
from dualcreate_desktop.intake.ooxml_facts import SheetFacts, related, workbook_part
from dualcreate_desktop.intake.shown import BUILT_IN, matters
from dualcreate_desktop.intake.xlsx import check_area, read_values, with_facts

_ROW, _ERROR, _FORMULA_ERROR, _COLUMNS, _MERGE, _SHEET = 0, 3, 11, 60, 176, 156
_FORMAT, _STYLE, _FIRST_STYLE, _LAST_STYLE = 44, 47, 617, 618
_NUMBERS = frozenset({2, 5, 9})
_CELLS = frozenset(range(2, 12))
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def read_xlsb(source: Source) -> tuple[Grid, ...]:
    """The worksheets of a binary workbook; values alone where its records cannot be followed."""
    try:
        facts = _facts(source)
    except (struct.error, IndexError, UnicodeError, KeyError):
        return read_values(source)
    for name, (fact, _) in facts.items():
        check_area(source.name, name, fact.last_row + 1, fact.last_column + 1)
    return tuple(
        replace(with_facts(grid, facts[grid.name][0]), merges=facts[grid.name][1])
        if grid.name in facts
        else grid
        for grid in read_values(source)
    )


def _facts(source: Source) -> dict[str, tuple[SheetFacts, tuple[Merge, ...]]]:
    """The facts and the merged ranges of each worksheet by its name."""
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        book = workbook_part(archive)
        parts = related(archive, book)
        formats = next(
            (_formats(archive.read(part)) for kind, part in parts.values() if kind == "styles"), {}
        )
        return {
            name: _sheet_facts(archive.read(parts[relation][1]), formats)
            for name, relation in _sheets(archive.read(book))
            if parts.get(relation, ("",))[0] == "worksheet"
        }


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        number, at = _grouped(data, at, 2)
        size, at = _grouped(data, at, 4)
        yield number, data[at : at + size]
        at += size


def _grouped(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where the next byte stands."""
    number = 0
    for group in range(most):
        byte = data[at + group]
        number |= (byte & 0x7F) << 7 * group
        if byte < 0x80:
            break
    return number, at + group + 1


def _text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le"), end


def _sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """Name and relation of each sheet."""
    for number, content in _records(book):
        if number == _SHEET:
            relation, at = _text(content, 8)
            yield _text(content, at)[0], relation


def _formats(styles: bytes) -> dict[int, str]:
    """Style number of a cell → format code, of the formats that `shown` reads."""
    codes = dict(BUILT_IN)
    used: list[int] = []
    in_cell_styles = False
    for number, content in _records(styles):
        if number == _FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = _text(content, 2)[0]
        elif number in (_FIRST_STYLE, _LAST_STYLE):
            in_cell_styles = number == _FIRST_STYLE
        elif number == _STYLE and in_cell_styles:
            used.append(struct.unpack_from("<H", content, 2)[0])
    return {style: codes[each] for style, each in enumerate(used) if each in codes and matters(codes[each])}


def _sheet_facts(sheet: bytes, formats: dict[int, str]) -> tuple[SheetFacts, tuple[Merge, ...]]:
    facts, merges, row = SheetFacts(), [], 0
    for number, content in _records(sheet):
        if number == _ROW:
            (row,) = struct.unpack_from("<I", content)
            if content[11] & _HIDDEN_ROW:
                facts.hidden_rows.add(row)
        elif number in _CELLS:
            _on_cell(facts, row, number, content, formats)
        elif number == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<IIIIH", content)
            if flags & _HIDDEN_COLUMN:
                facts.hidden_columns.update(range(first, min(last, first + 16_383) + 1))
        elif number == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", content)
            merges.append(Merge(top, left, bottom, right))
    return facts, tuple(merges)


def _on_cell(facts: SheetFacts, row: int, number: int, content: bytes, formats: dict[int, str]) -> None:
    column, style = struct.unpack_from("<II", content)
    facts.last_row = max(facts.last_row, row)
    facts.last_column = max(facts.last_column, column)
    if number in (_ERROR, _FORMULA_ERROR):
        facts.errors[row, column] = _ERRORS.get(content[8], "#?")
    elif number in _NUMBERS and (code := formats.get(style & 0xFFFFFF)):
        facts.formats[row, column] = code
