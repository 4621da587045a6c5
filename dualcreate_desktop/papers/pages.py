"""From blocks to pages: every block becomes a piece of known height, and pieces fill page after page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dualcreate_desktop.papers.content import (
    Annex,
    Block,
    Closing,
    Document,
    FormTable,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    SignatureLine,
    Spacer,
    Table,
    Title,
    Words,
)
from dualcreate_desktop.papers.grid import set_form, set_table
from dualcreate_desktop.papers.layout import LAYOUTS, MM, Layout
from dualcreate_desktop.papers.setting import SetWords, set_words

SLACK = 0.01
"""Rounding of floating-point heights, in points, that must not begin a page."""


COMPANY_LINES = 2
"""So many lines of text stand above a closing that begins a page."""
FEW_LINES = 5
"""With fewer lines of text above it, the page of a closing is worth saving."""


class Piece(Protocol):
    """Something laid out for the width of the page."""

    @property
    def before(self) -> float:
        """Empty space above it, not at the top of a page."""

    @property
    def height(self) -> float:
        """Without `before`."""

    @property
    def least(self) -> float:
        """The smallest part that may stand at the foot of a page."""

    @property
    def keep(self) -> bool:
        """Whether it stays with the next piece."""

    @property
    def company(self) -> bool:
        """Whether it never begins a page alone: the end of what stands above comes with it."""

    @property
    def lines(self) -> int:
        """How many lines of text it holds; notes, signatures and space are none."""

    def ending(self) -> tuple[Piece | None, Piece]:
        """What may stay above, and the last lines or row that may go with the next piece."""

    def split(self, room: float, *, forced: bool) -> tuple[Piece, Piece] | None:
        """The part that fits into `room` and the rest; None when no good part fits. `forced`: on an empty page."""

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw it below `top`."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A paragraph or heading."""

    words: SetWords
    before: float = 0
    keep: bool = False
    company: bool = False

    @property
    def height(self) -> float:
        """Of its lines."""
        return self.words.height

    @property
    def least(self) -> float:
        """One line; all of them where it stays with what is next or above."""
        return self.height if self._whole else self.words.style.pitch

    @property
    def _whole(self) -> bool:
        """Whether a page that has room for all of it takes it uncut: a heading, or a note that announces signatures."""
        return self.keep or self.company

    @property
    def lines(self) -> int:
        """Those of a paragraph or heading."""
        return 0 if self.company else len(self.words.spans)

    def split(self, room: float, *, forced: bool) -> tuple[TextPiece, TextPiece] | None:
        """Cut between lines."""
        lines = int((room + SLACK) // self.words.style.pitch)
        if lines <= 0 or (self._whole and not forced):
            return None
        head, tail = self.words.cut(lines)
        return replace(self, words=head), replace(self, words=tail)

    def ending(self) -> tuple[TextPiece | None, TextPiece]:
        """Its last lines."""
        lines = len(self.words.spans) - COMPANY_LINES
        if lines <= 0 or self._whole:
            return None, self
        head, tail = self.words.cut(lines)
        return replace(self, words=head), replace(self, words=tail)

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw its lines."""
        out = canvas.beginText()
        self.words.draw(out, left, top)
        canvas.drawText(out)


@dataclass(frozen=True, slots=True)
class LinePiece:
    """Words side by side or one below the other that stay together: (offset to the right, offset down, words)."""

    parts: tuple[tuple[float, float, SetWords], ...]
    height: float
    before: float = 0
    keep: bool = False
    company: bool = False

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    @property
    def lines(self) -> int:
        """None."""
        return 0

    def split(self, room: float, *, forced: bool) -> None:
        """It is never cut."""

    def ending(self) -> tuple[None, LinePiece]:
        """All of it."""
        return None, self

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw the words."""
        out = canvas.beginText()
        for right, down, words in self.parts:
            words.draw(out, left + right, top - down)
        canvas.drawText(out)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the pieces and how far below the top of the type area each stands."""

    pieces: tuple[tuple[float, Piece], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between two page breaks, and the layout in which it is set."""

    layout: Layout
    pages: tuple[Page, ...]


def paginate(document: Document) -> tuple[Page, ...]:
    """Lay a document out; at least one page."""
    pages = tuple(page for section in sections(document) for page in section.pages)
    return pages or (Page(()),)


def sections(document: Document) -> tuple[Section, ...]:
    """Lay out what stands between page breaks, each in the layout that suits it; a break more makes an empty one."""
    parts: list[list[Block]] = [[]]
    for block in document.blocks:
        if isinstance(block, PageBreak):
            parts.append([])
        else:
            parts[-1].append(block)
    return tuple(_section(part, LAYOUTS[document.paper], coded=bool(document.code)) for part in parts)


def _section(blocks: Sequence[Block], layout: Layout, *, coded: bool) -> Section:
    """Set with more lines on a page where that saves one; else as usual."""
    pages = _filled(blocks, layout, coded=coded)
    for lines in layout.tighter if _is_thin(pages) else ():
        closer = layout.with_lines(lines)
        fewer = _filled(blocks, closer, coded=coded)
        if len(fewer) < len(pages):
            return Section(closer, fewer)
    return Section(layout, pages)


def _is_thin(pages: tuple[Page, ...]) -> bool:
    """Whether the last of several pages holds a closing and little text."""
    if len(pages) < 2:
        return False
    pieces = [piece for _, piece in pages[-1].pieces]
    return pieces[-1].company and sum(piece.lines for piece in pieces) < FEW_LINES


def _filled(blocks: Sequence[Block], layout: Layout, *, coded: bool) -> tuple[Page, ...]:
    """As many pages as the blocks need."""
    filler = _Filler(layout.height(coded=coded))
    pieces = [piece for block in blocks for piece in _pieces(block, layout)]
    for number, piece in enumerate(pieces):
        filler.add(piece, _follower(pieces, number))
    filler.end_page()
    return tuple(filler.pages)


def _follower(pieces: list[Piece], number: int) -> float:
    """The height that must fit below a piece that stays with its next one."""
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    if following is None or not pieces[number].keep:
        return 0
    return following.before + following.least + _follower(pieces, number + 1)


class _Filler:
    """Fills pages from the top."""

    def __init__(self, height: float) -> None:
        self.pages: list[Page] = []
        self._height = height
        self._placed: list[tuple[float, Piece]] = []
        self._used = 0.0

    def add(self, piece: Piece, following: float) -> None:
        """Place a piece, on as many pages as it needs."""
        rest: Piece | None = piece
        while rest is not None:
            before = rest.before if self._placed else 0
            room = self._height - self._used - before
            if rest.height + following <= room + SLACK or (not self._placed and rest.keep):
                self._place(rest, before)
                return
            rest = self._add_part(rest, room, before)

    def _add_part(self, piece: Piece, room: float, before: float) -> Piece | None:
        """Place what fits and end the page; the rest of the piece, or None when it had to be drawn whole."""
        parts = piece.split(room, forced=not self._placed)
        if parts is None and self._placed:
            carried = self._take_company(piece.height) if piece.company else self._take_kept()
            self.end_page()
            for each in carried:
                self._place(each, each.before if self._placed else 0)
            return piece
        head, tail = parts if parts is not None else (piece, None)
        self._place(head, before)
        self.end_page()
        return tail

    def _take_kept(self) -> list[Piece]:
        """Take headings at the foot of the page off it, which would stand there without what they announce."""
        taken: list[Piece] = []
        while len(self._placed) > 1 and self._placed[-1][1].keep:
            taken.insert(0, self._placed.pop()[1])
        return taken

    def _take_company(self, height: float) -> list[Piece]:
        """Take the end of what stands on the page off it, to stand above a piece of this height.

        Nothing where the page would become empty, or where the two would not fit on the next.
        """
        placed = list(self._placed)
        taken: list[Piece] = []
        lines = 0
        while placed:
            down, last = placed.pop()
            rest, end = last.ending()
            taken.insert(0, end)
            if rest is not None:
                placed.append((down, rest))
            lines += end.lines
            enough = lines >= COMPANY_LINES and not (placed and placed[-1][1].keep)
            if rest is not None or enough:
                break
        if not placed or sum(each.before + each.height for each in taken) + height > self._height:
            return []
        self._placed = placed
        return taken

    def _place(self, piece: Piece, before: float) -> None:
        self._placed.append((self._used + before, piece))
        self._used += before + piece.height

    def end_page(self) -> None:
        """Begin a page, unless this one is still empty."""
        if self._placed:
            self.pages.append(Page(tuple(self._placed)))
        self._placed, self._used = [], 0.0


def _pieces(block: Block, layout: Layout) -> Iterator[Piece]:
    """The block laid out."""
    match block:
        case Table():
            yield set_table(block, layout)
        case FormTable():
            yield set_form(block, layout)
        case SignatureLine():
            yield _signature(block, layout)
        case Closing():
            yield _closing(block, layout)
        case Spacer():
            yield LinePiece((), height=0, before=block.height * MM)
        case PageBreak():
            return
        case _:
            yield from _text(block, layout)


def _text(block: Title | Heading | Paragraph | Note | Annex, layout: Layout) -> Iterator[Piece]:
    """A paragraph or heading, and the space below it."""
    words: Words
    match block:
        case Title():
            style, words = layout.title, block.text
        case Heading():
            style, words = layout.headings[block.level - 1], block.text
        case Note():
            style, words = layout.note, block.text
        case Annex():
            style, words = layout.annex, block.text
        case Paragraph():
            style, words = layout.paragraph(block), block.words
    keep = isinstance(block, Title | Heading)
    company = isinstance(block, Note | Annex)
    yield TextPiece(set_words(words, style, layout.width), style.before, keep, company)
    if style.after:
        yield LinePiece((), height=0, before=style.after, keep=keep)


def _signature(block: SignatureLine, layout: Layout) -> LinePiece:
    """The places side by side, each with an equal share of the width."""
    share = layout.width / len(block.places)
    words = [set_words(place, layout.signature, share) for place in block.places]
    parts = tuple((number * share, 0.0, each) for number, each in enumerate(words))
    return LinePiece(parts, max(each.height for each in words), layout.signature.before, company=True)


def _closing(block: Closing, layout: Layout) -> LinePiece:
    """GB/T 9704 7.3.5.1: the date four characters from the right, the organ centred on it, room for the seal."""
    style = layout.signature
    organ, date = (set_words(text, style, layout.width) for text in (block.organ, block.date))
    middle = layout.width - 4 * style.size - date.natural_width / 2
    middle = min(middle, layout.width - organ.natural_width / 2)
    parts = (
        (middle - organ.natural_width / 2, 0.0, organ),
        (middle - date.natural_width / 2, organ.height, date),
    )
    return LinePiece(parts, organ.height + date.height, before=2 * style.pitch, company=True)
