"""Ruled tables and forms, measured once and cut between rows where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import Cell, FormTable, Table
from dualcreate_desktop.papers.layout import MM, Layout, Style
from dualcreate_desktop.papers.setting import SetWords, set_words

RULE = 0.5
"""Width of a line, in points."""
EDGE = 1.0
"""Width of the outer frame of a form."""
AIR = 3.0
"""Least empty space above and below the words of a cell."""
LONG_START = 4
"""A long text begins on a page only if so many of its lines fit."""

LONG_END = 2
"""So many lines of a long text at least go to the next page."""
FEWEST_ROWS, LOW_ROW = 2, 45
"""So many rows of a list at least stand at the foot of a page and at the top of the next, where these are not higher."""
KEPT_ROWS, KEPT_HEIGHT = 3, 60 * MM
"""So many rows of a table go to the next page with the signatures below it, as long as they are not higher."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell, set for its width. `top` puts its words at the top; `repeat` shows them again on the next page."""

    left: float
    width: float
    down: int
    words: SetWords
    closing: tuple[SetWords, ...]
    least: float
    padding: float
    top: bool = False
    repeat: bool = False

    @property
    def foot(self) -> float:
        """Height of the closing lines."""
        return sum(line.height for line in self.closing)

    @property
    def needed(self) -> float:
        """Height of all that stands in it."""
        return max(self.least, self.words.height + self.foot + 2 * AIR)

    def draw(self, out: Any, left: float, top: float, height: float) -> None:
        """Write its words into a reportlab text object."""
        x = left + self.left + self.padding
        spare = height - self.foot - self.words.height
        self.words.draw(out, x, top - (AIR if self.top else spare / 2))
        y = top - height + self.foot + AIR
        for line in self.closing:
            line.draw(out, x, y)
            y -= line.height


@dataclass(frozen=True, slots=True)
class Row:
    """The boxes that begin in one row."""

    height: float
    boxes: tuple[Box, ...]
    cut_after: bool = True
    """a page may end after it: no box spans over its foot"""

    @property
    def long(self) -> bool:
        """Whether it holds a long text and nothing that spans several rows, so that it may run over a page."""
        return any(box.top for box in self.boxes) and all(box.down == 1 for box in self.boxes)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under repeated head rows; a :class:`pages.Piece`."""

    width: float
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    framed: bool
    before: float = 0
    keep: bool = False
    company: bool = False
    together: bool = False

    @property
    def height(self) -> float:
        """Of head and rows."""
        return sum(row.height for row in (*self.head, *self.rows))

    @property
    def least(self) -> float:
        """Height of the head and of the first rows that stay together."""
        return sum(row.height for row in self.head) + self._first_height()

    def _first_height(self) -> float:
        first = self.rows[: self._good_cuts()[0]]
        if len(first) == 1 and first[0].long:
            return min(first[0].height, 2 * AIR + LONG_START * first[0].boxes[0].words.style.pitch)
        return sum(row.height for row in first)

    @property
    def lines(self) -> int:
        """Those of its rows, each one line at least."""
        return sum(max(len(box.words.spans) for box in row.boxes) for row in self.rows)

    def _cuts(self) -> list[int]:
        """After how many rows a page may end, in rising order; the end of the table is the last."""
        inner = [number for number, row in enumerate(self.rows[:-1], 1) if row.cut_after]
        return [*inner, len(self.rows)]

    def _good_cuts(self) -> list[int]:
        """Those of :meth:`_cuts` that leave no row of a list alone, and cut none that stays together."""
        *inner, last = self._cuts()
        return [*(cut for cut in inner if not self.together and not self._leaves_alone(cut)), last]

    def _leaves_alone(self, cut: int) -> bool:
        """Whether a page that ends after so many rows of a list leaves a low one alone."""
        parts = (self.rows[:cut], self.rows[cut:])
        return bool(self.head) and any(
            len(rows) < FEWEST_ROWS and sum(row.height for row in rows) <= LOW_ROW for rows in parts
        )

    def split(self, room: float, *, forced: bool) -> tuple[Grid, Grid] | None:
        """The part that fits into `room` and the rest; None when none fits. `forced` cuts even a short row."""
        if not self.rows:
            return None
        room -= sum(row.height for row in self.head)
        ends = list(accumulate(row.height for row in self.rows))
        good = [cut for cut in self._good_cuts() if ends[cut - 1] <= room]
        fitting = good or [cut for cut in self._cuts() if forced and ends[cut - 1] <= room]
        count = max(fitting, default=0)
        left_over = room - (ends[count - 1] if count else 0)
        parts = self._cut_row(self.rows[count], left_over, forced=forced and count == 0)
        if parts is not None:
            return self._parts((*self.rows[:count], parts[0]), (parts[1], *self.rows[count + 1 :]))
        if count:
            return self._parts(self.rows[:count], self.rows[count:])
        return None

    def ending(self) -> tuple[Grid | None, Grid]:
        """Its last rows; all of a short table, and of one whose rows all stay together."""
        cuts = self._cuts()
        last = len(self.rows) - cuts[-2] if len(cuts) > 1 else len(self.rows)
        cut = next(cut for cut in (0, *cuts) if self._may_go(self.rows[cut:], last))
        if cut <= 1:
            return None, self
        return self._parts(self.rows[:cut], self.rows[cut:])

    def _may_go(self, rows: tuple[Row, ...], last: int) -> bool:
        """Whether these rows are few and low enough to go to the next page; the last group always is."""
        low = sum(row.height for row in rows) <= KEPT_HEIGHT
        return len(rows) <= last or (len(rows) <= KEPT_ROWS and low)

    def _parts(self, first: tuple[Row, ...], rest: tuple[Row, ...]) -> tuple[Grid, Grid]:
        return replace(self, rows=first), replace(self, rows=rest, before=0)

    def _cut_row(self, row: Row, room: float, *, forced: bool) -> tuple[Row, Row] | None:
        """A row that runs over the page: as many lines of each box as fit, and the others.

        A row whose text fits and that is only too high for the page goes to the next one whole.
        """
        pitch = max(box.words.style.pitch for box in row.boxes)
        lines = LONG_START if row.long else 1
        if not (row.long or forced) or room < 2 * AIR + lines * pitch:
            return None
        if not forced and all(2 * AIR + box.words.height + box.foot <= room for box in row.boxes):
            return None
        heads, tails = zip(*(_cut_box(box, room) for box in row.boxes), strict=True)
        tail_height = max(box.needed for box in tails)
        return replace(row, height=room, boxes=heads), replace(row, height=tail_height, boxes=tails)

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw the rules, then all words as one text object."""
        rows = (*self.head, *self.rows)
        tops = [top - height for height in accumulate((row.height for row in rows), initial=0)]
        path, out = canvas.beginPath(), canvas.beginText()
        for number, row in enumerate(rows):
            for box in row.boxes:
                foot = tops[min(number + box.down, len(rows))]
                path.rect(left + box.left, foot, box.width, tops[number] - foot)
                box.draw(out, left, tops[number], tops[number] - foot)
        canvas.setLineWidth(RULE)
        canvas.drawPath(path)
        if self.framed:
            canvas.setLineWidth(EDGE)
            canvas.rect(left, tops[-1], self.width, top - tops[-1])
        canvas.drawText(out)


def _cut_box(box: Box, room: float) -> tuple[Box, Box]:
    """The part of a box on this page and on the next; closing lines stay with the last lines."""
    head_words, tail_words = box.words.cut(_fitting(box.words, room - 2 * AIR))
    if box.repeat and not tail_words.spans:
        tail_words = head_words
    head = replace(box, words=head_words, closing=(), least=0)
    return head, replace(box, words=tail_words, least=min(box.least, tail_words.height + box.foot + 2 * AIR))


def _fitting(words: SetWords, room: float) -> int:
    """How many lines stay on this page: all that fit, but not so many that a single one goes to the next."""
    fitting, total = int(room // words.style.pitch), len(words.spans)
    return fitting if fitting >= total else max(1, min(fitting, total - LONG_END))


def set_table(table: Table, layout: Layout) -> Grid:
    """Lay a list out over the whole width."""
    layout = layout.of_table(table)
    edges = _edges([column.weight for column in table.columns], layout.width)
    heads = [layout.label] * len(table.columns)
    styles = [layout.aligned_cell(column.align) for column in table.columns]
    head = _list_row([column.label for column in table.columns], edges, heads, layout)
    rows = tuple(_list_row(row, edges, styles, layout) for row in table.rows)
    return Grid(layout.width, (head,), rows, framed=False)


def set_form(form: FormTable, layout: Layout) -> Grid:
    """Lay a form out over the whole width."""
    edges = _edges(form.weights, layout.width)
    boxes = [
        tuple(_form_box(cell, column, edges, layout) for column, cell in zip(columns, row, strict=True))
        for columns, row in zip(form.places(), form.rows, strict=True)
    ]
    heights = _heights(boxes)
    open_until = list(accumulate((_last_row(number, row) for number, row in enumerate(boxes)), max))
    rows = tuple(
        Row(height, row, cut_after=open_until[number] <= number)
        for number, (height, row) in enumerate(zip(heights, boxes, strict=True))
    )
    return Grid(layout.width, (), rows, framed=True, together=form.together)


def _edges(weights: Sequence[float], width: float) -> list[float]:
    """Left edges of the columns, and the right edge of the last."""
    return list(accumulate((width * weight / sum(weights) for weight in weights), initial=0.0))


def _list_row(texts: Sequence[str], edges: list[float], styles: list[Style], layout: Layout) -> Row:
    boxes = tuple(
        _box(Cell(text), style, edges[column], edges[column + 1] - edges[column], layout)
        for column, (text, style) in enumerate(zip(texts, styles, strict=True))
    )
    return Row(max(box.needed for box in boxes), boxes)


def _form_box(cell: Cell, column: int, edges: list[float], layout: Layout) -> Box:
    return _box(
        cell, layout.cell_style(cell), edges[column], edges[column + cell.across] - edges[column], layout
    )


def _box(cell: Cell, style: Style, left: float, width: float, layout: Layout) -> Box:
    inner = width - 2 * layout.padding
    foot = layout.aligned_cell(Align.RIGHT)
    return Box(
        left=left,
        width=width,
        down=cell.down,
        words=set_words(cell.words, style, inner),
        closing=tuple(set_words(line, foot, inner) for line in cell.closing),
        least=max(cell.height, layout.row_height) * MM,
        padding=layout.padding,
        top=cell.long,
        repeat=cell.label,
    )


def _last_row(number: int, row: tuple[Box, ...]) -> int:
    """The lowest row that a box of this row reaches."""
    return number + max((box.down for box in row), default=1) - 1


def _heights(boxes: list[tuple[Box, ...]]) -> list[float]:
    """The height of every row; what a spanning box needs more goes to its last row."""
    heights = [max((box.needed for box in row if box.down == 1), default=0.0) for row in boxes]
    for number, row in enumerate(boxes):
        for box in row:
            spanned = heights[number : number + box.down]
            heights[number + box.down - 1] += max(0.0, box.needed - sum(spanned))
    return heights
