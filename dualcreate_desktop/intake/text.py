"""Text tables: which encoding, which separator."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, Source, utf_16
from dualcreate_desktop.intake.grid import Grid

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = "\t,;，；|"
_LONGEST_CELL = 1 << 20


def read_text(source: Source) -> tuple[Grid, ...]:
    """The one sheet of a text table; every cell is text."""
    text = decode(source)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        rows = tuple(tuple(cell.strip() for cell in row) for row in reader)
    except csv.Error as error:
        raise FileRefused(
            "文本表格的引号或分隔符有误", where=f"{source.name} 第 {reader.line_num} 行", todo=RESAVE
        ) from error
    return (Grid(source.name.rpartition(".")[0] or source.name, rows),)


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
