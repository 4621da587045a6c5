"""What python-docx has no word for, and the shape of lines and cells as the standard asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor
from typing import TYPE_CHECKING, Any

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import Face, Run, Words
from dualcreate_desktop.papers.layout import Style

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run as WordRun

FONTS = {
    Face.SONG: "宋体",
    Face.BIAOSONG: "方正小标宋简体",
    Face.HEI: "黑体",
    Face.KAI: "楷体",
    Face.FANG: "仿宋",
}
"""The names under which offices have these faces installed."""
OTHER_FONTS = {
    "方正小标宋简体": "华文中宋",
    "仿宋": "仿宋_GB2312",
    "楷体": "楷体_GB2312",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
"""What Word takes where the first is not installed."""
AIR, SIDE = 2.0, 5.0
"""Inside a cell, above and below, left and right, in points."""
TWIPS = 20
"""Word measures in twentieths of a point."""


def cell_margins() -> BaseOxmlElement:
    """The least space between the words of a cell and its rules."""
    margins = _element("w:tblCellMar")
    for side, width in (("top", AIR), ("left", SIDE), ("bottom", AIR), ("right", SIDE)):
        margins.append(_element(f"w:{side}", w=str(round(width * TWIPS)), type="dxa"))
    return margins


def fill_cell(cell: _Cell, words: Words, style: Style) -> None:
    """Write into an empty cell, half-way up, a paragraph for each line."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL

    cell.vertical_alignment = VERTICAL.CENTER
    parts: Sequence[Words] = words.split("\n") if isinstance(words, str) else (words,)
    for number, part in enumerate(parts):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        shape_line(line, style)
        write_words(line, part, style)


def set_row(row: _Row, height: float, *, header: bool, whole: bool) -> None:
    """Least height in millimetres; a header is repeated on every page, a whole row is never cut."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    properties = row._tr.get_or_add_trPr()
    for tag, wanted in (("w:cantSplit", whole), ("w:tblHeader", header)):
        if wanted:
            properties.append(_element(tag))


def keep_with_next(rows: Sequence[_Row]) -> None:
    """Let no page end after one of these rows."""
    for row in rows:
        for cell in row.cells:
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True


def shape_line(line: WordParagraph, style: Style) -> None:
    """Line pitch, space, indent in characters and alignment."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    shape = line.paragraph_format
    pitch = floor(style.pitch * TWIPS) / TWIPS  # rounded up, the last of 22 lines would not fit on the page
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    left = ALIGN.JUSTIFY if style.justified else ALIGN.LEFT
    line.alignment = {Align.CENTER: ALIGN.CENTER, Align.RIGHT: ALIGN.RIGHT}.get(style.align, left)
    if style.indent:
        shape.first_line_indent = Pt(style.indent * style.size)
        _ind(line).set(_name("w:firstLineChars"), str(round(style.indent * 100)))


def set_in(line: WordParagraph, *, left: float = 0, right: float) -> None:
    """Set a paragraph in, in points."""
    from docx.shared import Pt

    line.paragraph_format.left_indent, line.paragraph_format.right_indent = Pt(left), Pt(right)


def write_words(line: WordParagraph, words: Words, style: Style) -> None:
    """Append words to a paragraph, each run in its face."""
    runs = (Run(words),) if isinstance(words, str) else words
    for run in runs:
        if run.text:
            _dress(line.add_run(run.text), run.face or style.face, style)


def _dress(made: WordRun, face: Face, style: Style) -> None:
    """Font for Chinese and Latin, size, tracking."""
    from docx.shared import Pt

    made.font.size = Pt(style.size)
    made.font.name = FONTS[face]
    properties = made._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(_name("w:eastAsia"), FONTS[face])
    if style.tracking:
        spacing = _element("w:spacing", val=str(round(style.tracking * TWIPS)))
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz")


def add_field(line: WordParagraph, code: str, style: Style) -> None:
    """A field that Word fills in: PAGE, NUMPAGES."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = line.add_run()
        _dress(run, style.face, style)
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        else:
            instruction = _element("w:instrText")
            instruction.text = f" {text} "
            run._r.append(instruction)


def set_tab_stops(line: WordParagraph, places: Iterable[float], *, right: bool = False) -> None:
    """Tab stops at places in points, to whose left the words stand when `right`."""
    from docx.enum.text import WD_TAB_ALIGNMENT as TAB
    from docx.shared import Pt

    for place in places:
        line.paragraph_format.tab_stops.add_tab_stop(Pt(place), TAB.RIGHT if right else TAB.LEFT)


def set_outline(line: WordParagraph, level: int) -> None:
    """Show the heading in Word's navigation pane."""
    line._p.get_or_add_pPr().append(_element("w:outlineLvl", val=str(level - 1)))


def _ind(line: WordParagraph) -> BaseOxmlElement:
    indent: BaseOxmlElement = line._p.get_or_add_pPr().get_or_add_ind()
    return indent


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    from docx.oxml.parser import OxmlElement

    made: BaseOxmlElement = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(_name(f"w:{key}"), value)
    return made


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)


def new_section(word: WordDocument) -> Section:
    """Begin a section on a new page; the paragraph written last ends the one before it, and none is left empty."""
    section: Section = word.add_section()
    bearer = word.element.body[-2]
    last = bearer.getprevious()
    if last is not None and last.tag == bearer.tag:
        last.set_sectPr(bearer.pPr.sectPr)
        bearer.getparent().remove(bearer)
    return section


def count_from_one(section: Section) -> None:
    """Number the pages of a section from 1."""
    start = section._sectPr.find(_name("w:pgNumType"))
    if start is None:
        section._sectPr.insert_element_before(
            _element("w:pgNumType", start="1"), "w:cols", "w:titlePg", "w:docGrid"
        )


def set_solid(word: WordDocument) -> None:
    """No quarter of a character between Chinese and Latin or digits: the standard sets 28 characters on a line."""
    shape: Any = word.styles[
        "Normal"
    ].element.get_or_add_pPr()  # the stubs know styles by their base class alone
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):
        shape.insert_element_before(_element(tag, val="0"), "w:spacing", "w:ind", "w:jc")


def set_language(word: WordDocument) -> None:
    """Let Word check the spelling as Chinese."""
    for language in word.styles.element.iter(_name("w:lang")):
        language.set(_name("w:eastAsia"), "zh-CN")


def name_other_fonts(word: WordDocument) -> None:
    """Tell Word which font stands in for one that is not installed."""
    part = next(part for part in word.part.package.iter_parts() if part.partname.endswith("/fontTable.xml"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in OTHER_FONTS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())
