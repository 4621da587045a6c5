"""Text tables: which encoding, which separator."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, Source, utf_16
from dualcreate_desktop.intake.grid import Grid

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = "\t,;，；|"
_LONGEST_CELL = 1 << 20
_GUARDED = re.compile(r'="([^"]*)"')
_END = "\0"
"""Follows the text: it is a line of its own unless a quotation mark before it was never closed."""


def read_text(source: Source) -> tuple[Grid, ...]:
    """The one sheet of a text table; every cell is text."""
    text = decode(source)
    csv.field_size_limit(_LONGEST_CELL)
    lines = io.StringIO(text.rstrip("\r\n") + "\n" + _END, newline="")
    reader = csv.reader(lines, delimiter=_separator(text))
    rows: list[tuple[str, ...]] = []
    last_start = first_line = 1
    try:
        for row in reader:
            if row == [_END]:
                name = source.name.rpartition(".")[0] or source.name
                return (Grid(name, tuple(rows)),)
            rows.append(tuple(map(_cell, row)))
            last_start, first_line = first_line, reader.line_num + 1
    except csv.Error as error:
        where = _line(source.name, reader.line_num)
        raise FileRefused("文本表格的引号或分隔符有误", where=where, todo=RESAVE) from error
    raise FileRefused(
        "文本表格的引号没有成对，后面的行会并成一格",
        where=_line(source.name, last_start),
        todo="请用记事本打开，补齐或删去这一行的引号，保存后再导入",
    )


def _line(file: str, line: int) -> str:
    return f"{file} 第 {line} 行"


def _cell(text: str) -> str:
    """A cell without spaces around; ="000123" is how programs keep a code's zeros from Excel."""
    guarded = _GUARDED.fullmatch(text.strip())
    return guarded[1] if guarded else text.strip()


def decode(source: Source) -> str:
    """The text: by its mark, else UTF-16 by its zero bytes, else strict UTF-8, else GB18030."""
    encoding = encoding_of(source.data)
    try:
        return source.data.decode(encoding)
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        raise FileRefused("文字编码无法识别", where=f"{source.name} 第 {line} 行", todo=RESAVE) from error


def encoding_of(data: bytes) -> str:
    """The encoding of a text file; the rules are sure where statistics mis-guess short Chinese files."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:4096]
    if 0 in head:
        return utf_16(head) or "utf-16-le"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _separator(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells, the more cells the better."""
    lines = [line for line in text[:20_000].splitlines()[:50] if line.strip()]
    return max(_SEPARATORS, key=lambda separator: _regularity(lines, separator)) if lines else ","


def _regularity(lines: Sequence[str], separator: str) -> tuple[int, int, int]:
    """How many lines have the commonest width above 1, how many are cut at all, and that width."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return count, widths.total(), width
