"""What a paper says, as frozen blocks: the same document becomes PDF and Word.

A block knows nothing of points or fonts; :mod:`layout` gives each block its place on the page. Lengths are in
millimetres. Text that a person reads is Chinese; a line break in it (``\\n``) is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

from dualcreate_desktop.fields import Align


class Face(StrEnum):
    """The five type faces of official papers, by role."""

    SONG = "song"
    BIAOSONG = "biaosong"
    HEI = "hei"
    KAI = "kai"
    FANG = "fang"


class Paper(StrEnum):
    """Which sheet a document is set on."""

    LETTER = "letter"
    """a 公文 after GB/T 9704-2012"""
    FORM = "form"
    """a form to fill in and sign, A4 upright"""
    FORM_WIDE = "form_wide"
    """a table, A4 across"""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a paragraph in a face of their own; None is the face of the paragraph."""

    text: str
    face: Face | None = None


Words = str | tuple[Run, ...]
"""The content of a paragraph: plain text, or runs."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a paper, centred; ``\\n`` breaks it by meaning."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 一、 in 黑体, 2 （一） in 楷体, 3 and 4 in the body's face."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; `indent` sets its first line in by two characters."""

    words: Words
    indent: bool = True
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark below a table: how to fill it in, what a mark means."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form.

    Args:
        words: what stands in it; empty to be written by hand.
        label: names what the neighbouring cell holds; centred in 黑体, repeated where a row runs over a page.
        across, down: how many columns and rows it spans.
        height: least height in millimetres.
        closing: lines at its foot, set to the right: 签字, （盖章）, the date.
        long: text that begins at the top and is indented like a paragraph.
    """

    words: Words = ""
    label: bool = False
    across: int = 1
    down: int = 1
    height: float = 0
    closing: tuple[str, ...] = ()
    long: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class FormTable:
    """A ruled form.

    Args:
        weights: share the width among the columns.
        rows: each lists the cells that begin in it.
        together: no page ends within it, as long as it is not higher than a page.
    """

    weights: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    together: bool = False

    def places(self) -> list[list[int]]:
        """The column in which each cell of each row begins, cells that reach down from above counted."""
        busy = [0] * len(self.weights)
        return [_places(row, busy) for row in self.rows]


def _places(row: tuple[Cell, ...], busy: list[int]) -> list[int]:
    """Places of one row; `busy` says how many rows each column is still taken, and is brought forward by one."""
    places: list[int] = []
    column = 0
    for cell in row:
        while busy[column]:
            column += 1
        places.append(column)
        busy[column : column + cell.across] = [cell.down] * cell.across
        column += cell.across
    busy[:] = [max(0, rows - 1) for rows in busy]
    return places


@dataclass(frozen=True, slots=True)
class Heads:
    """The head of one column of a :class:`Table`."""

    label: str
    weight: float = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A list: its heads are repeated on every page; a row is never cut unless it is taller than a page."""

    columns: tuple[Heads, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CloseTable(Table):
    """A list of many words or many rows, in smaller characters."""


@dataclass(frozen=True, slots=True)
class DenseTable(Table):
    """A list of many columns, in the smallest characters."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line of places to sign, spread over the width: 填报人：  审核人：  负责人签字：."""

    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """附件说明, one blank line below the body (GB/T 9704, 7.3.4): names what is joined to a letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Closing:
    """Who issues the paper and when, by GB/T 9704: the date four characters from the right, the organ centred on it."""

    organ: str
    date: str


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty space, in millimetres."""

    height: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page."""


Block = (
    Title
    | Heading
    | Paragraph
    | Note
    | FormTable
    | Table
    | SignatureLine
    | Annex
    | Closing
    | Spacer
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy a sheet belongs to: 第1份 共2份."""

    number: int
    total: int

    @property
    def label(self) -> str:
        """As it is printed."""
        return f"第{self.number}份 共{self.total}份"


@dataclass(frozen=True, slots=True)
class Document:
    """One paper.

    Args:
        title: what it is called in the list of papers and in the file's properties.
        code: digits of :class:`codes.PaperCode`, printed as QR on every page; empty for none.
        footer: small text at the left foot of every page of a form: the round and the version of its rules.
    """

    title: str
    blocks: tuple[Block, ...]
    paper: Paper = Paper.LETTER
    copy: Copy | None = None
    code: str = ""
    footer: str = ""


def digest(document: Document) -> str:
    """SHA-256 (64 hexadecimal digits) of what the paper says.

    Copy, code and footer stay out: two copies of one paper have one digest, and the footer may show it.
    """
    content = [document.title, document.paper.value, _plain(document.blocks)]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """Lists, texts and numbers only, each block with its name, so that equal content gives equal JSON."""
    if is_dataclass(value):
        return [type(value).__name__, *(_plain(getattr(value, field.name)) for field in fields(value))]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def texts(document: Document) -> tuple[str, ...]:
    """Every piece of text of the blocks in reading order: what a missing-glyph check and the tests look at."""
    return tuple(text for block in document.blocks for text in _texts(block) if text)


def _texts(block: object) -> list[str]:
    if isinstance(block, str):
        return [] if isinstance(block, StrEnum) else [block]
    if isinstance(block, Run):
        return [block.text]
    if isinstance(block, Sequence):
        return [text for item in block for text in _texts(item)]
    if is_dataclass(block):
        return [text for field in fields(block) for text in _texts(getattr(block, field.name))]
    return []
