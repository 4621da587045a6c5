"""Where things stand on the sheet, as data: GB/T 9704-2012 for letters, a closer setting for forms.

Lengths are in points unless a name says millimetres. Schools differ a little (28 to 30 points of pitch), so a layout
is a value and not a constant in the code that draws.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import Cell, CloseTable, DenseTable, Face, Paper, Paragraph, Table

MM = 72 / 25.4
"""Points in a millimetre."""
A4 = (210 * MM, 297 * MM)
CLOSE_SIZE, CLOSE_PITCH = 10.5, 14
"""Of a list of many words or rows: 五号."""
DENSE_SIZE, DENSE_PITCH = 9, 12
"""Of a list of many columns: 小五."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set.

    Args:
        size: of the characters; `pitch` from line to line.
        tracking: added to the advance of every character (28 characters of 16 points stand on 156 mm).
        indent: of the first line, in characters.
        before, after: empty space, in points.
        justified: full lines reach the right margin.
        balanced: the lines are of nearly equal length.
        last_least: so many characters stand on the last line, where a little shorter lines allow it; only for words
            that are not indented.
    """

    face: Face
    size: float
    pitch: float
    tracking: float = 0
    indent: float = 0
    align: Align = Align.LEFT
    before: float = 0
    after: float = 0
    justified: bool = True
    balanced: bool = False
    last_least: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of sheet.

    Args:
        page: width and height.
        margins: top, right, bottom, left, in millimetres.
        code_band: more top margin, in millimetres, where a code is printed.
        headings: levels 1 to 4.
        label, cell, long: the labels, values and long texts of tables.
        padding: inside a cell, left and right.
        dashes: page numbers as GB/T 9704 wants them (— 1 —, odd right, even left); otherwise 第1页 共2页, centred.
    """

    page: tuple[float, float]
    margins: tuple[float, float, float, float]
    code_band: float
    title: Style
    headings: tuple[Style, Style, Style, Style]
    body: Style
    note: Style
    label: Style
    cell: Style
    long: Style
    signature: Style
    padding: float = 5
    row_height: float = 8
    """least height of a table's row, in millimetres"""
    dashes: bool = False
    tighter: tuple[int, ...] = ()
    """so many lines on a page instead, where that saves a page on which little but the signature would stand"""

    @property
    def width(self) -> float:
        """Of the type area."""
        return self.page[0] - (self.margins[1] + self.margins[3]) * MM

    def height(self, *, coded: bool) -> float:
        """Of the type area."""
        return self.page[1] - self.top(coded=coded) - self.margins[2] * MM

    def top(self, *, coded: bool) -> float:
        """From the upper edge to the type area."""
        return (self.margins[0] + (self.code_band if coded else 0)) * MM

    def with_lines(self, lines: int) -> Layout:
        """The same sheet with so many lines of text on a page (GB/T 9704, 5.2.3 and 7.3.5.5)."""
        pitch = self.height(coded=False) / lines
        first, second, third, fourth = (replace(style, pitch=pitch) for style in self.headings)
        return replace(
            self,
            title=replace(self.title, after=pitch),
            headings=(first, second, third, fourth),
            body=replace(self.body, pitch=pitch),
            note=replace(self.note, pitch=pitch),
            signature=replace(self.signature, pitch=pitch),
        )

    def of_table(self, table: Table) -> Layout:
        """How a list is set."""
        match table:
            case CloseTable():
                return self._smaller(CLOSE_SIZE, CLOSE_PITCH, row_height=7)
            case DenseTable():
                return replace(self._smaller(DENSE_SIZE, DENSE_PITCH, row_height=6), padding=2)
            case _:
                return self

    def _smaller(self, size: float, pitch: float, row_height: float) -> Layout:
        """With lists in characters of this size."""
        label, cell = (replace(style, size=size, pitch=pitch) for style in (self.label, self.cell))
        return replace(self, label=label, cell=cell, row_height=row_height)

    def paragraph(self, block: Paragraph) -> Style:
        """How a paragraph of the body is set; only one that begins at the left is indented."""
        indent = self.body.indent if block.indent and block.align is Align.LEFT else 0
        return replace(self.body, indent=indent, align=block.align)

    @property
    def annex(self) -> Style:
        """How the note that names an annex is set: one blank line below the body."""
        return replace(self.body, before=self.body.pitch)

    def aligned_cell(self, align: Align) -> Style:
        """How a value of a list is set."""
        return replace(self.cell, align=align)

    def cell_style(self, cell: Cell) -> Style:
        """How a cell of a form is set."""
        if cell.label:
            return self.label
        return self.long if cell.long else self.aligned_cell(cell.align)


PITCH = 225 * MM / 22
"""22 lines on 225 mm: 28.99 points."""
TRACKING = 156 * MM / 28 - 16
"""28 characters of 16 points on 156 mm: a little less than solid."""


def _letter_style(face: Face) -> Style:
    return Style(face, 16, PITCH, TRACKING, indent=2)


def _small(face: Face, size: float, pitch: float, indent: float = 0) -> Style:
    return Style(face, size, pitch, indent=indent, justified=indent > 0, last_least=0 if indent else 3)


def _title(size: float, pitch: float, before: float, after: float) -> Style:
    return replace(_label(Face.BIAOSONG, size, pitch), before=before, after=after)


def _label(face: Face, size: float, pitch: float) -> Style:
    return Style(face, size, pitch, align=Align.CENTER, justified=False, balanced=True)


LETTER = Layout(
    page=A4,
    margins=(37, 26, 35, 28),
    code_band=0,
    title=_title(22, 33, 0, PITCH),
    headings=(
        _letter_style(Face.HEI),
        _letter_style(Face.KAI),
        _letter_style(Face.FANG),
        _letter_style(Face.FANG),
    ),
    body=_letter_style(Face.FANG),
    note=Style(Face.KAI, 14, PITCH, indent=2),
    label=_label(Face.HEI, 12, 18),
    cell=_small(Face.FANG, 12, 18),
    long=_small(Face.FANG, 12, 20, indent=2),
    signature=Style(Face.FANG, 16, PITCH, before=8, justified=False),
    dashes=True,
    tighter=(23, 24),
)

FORM = Layout(
    page=A4,
    margins=(20, 20, 20, 20),
    code_band=16,
    title=_title(20, 30, 4, 12),
    headings=(
        Style(Face.HEI, 14, 24, before=6, after=2),
        Style(Face.KAI, 14, 24, before=6, after=2),
        Style(Face.FANG, 14, 24, indent=2),
        Style(Face.FANG, 14, 24, indent=2),
    ),
    body=Style(Face.FANG, 14, 24, indent=2),
    note=Style(Face.KAI, 10.5, 16, before=4),
    label=_label(Face.HEI, 12, 17),
    cell=_small(Face.FANG, 12, 17),
    long=_small(Face.FANG, 12, 20, indent=2),
    signature=Style(Face.FANG, 12, 20, before=8, justified=False),
)

FORM_WIDE = Layout(
    page=(A4[1], A4[0]),
    margins=(18, 16, 18, 16),
    code_band=16,
    title=FORM.title,
    headings=FORM.headings,
    body=FORM.body,
    note=FORM.note,
    label=_label(Face.HEI, 11, 15),
    cell=_small(Face.FANG, 11, 15),
    long=_small(Face.FANG, 11, 16, indent=2),
    signature=Style(Face.FANG, 12, 20, before=8, justified=False),
    padding=4,
)

LAYOUTS = {Paper.LETTER: LETTER, Paper.FORM: FORM, Paper.FORM_WIDE: FORM_WIDE}
