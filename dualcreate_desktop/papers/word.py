"""The same documents as Word files, to be edited and handed on.

A Word file bears neither copy label nor code: once it can be edited it is no longer the paper that they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Block,
    Cell,
    Closing,
    Document,
    Face,
    FormTable,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Run,
    SignatureLine,
    Spacer,
    Table,
    Title,
    Words,
)
from dualcreate_desktop.papers.layout import LAYOUTS, MM, Layout, Style
from dualcreate_desktop.papers.saving import save_whole
from dualcreate_desktop.papers.setting import set_words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section, _Footer
    from docx.table import Table as WordTable
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
WIDE_BLANK = "　"
AIR, SIDE = 2.0, 5.0
"""Inside a cell, above and below, left and right, in points."""
TWIPS = 20
"""Word measures in twentieths of a point."""


def write_word(document: Document, path: Path) -> None:
    """Write one document as .docx, whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    made = _Writer(document).made()
    save_whole(path, lambda unfinished: made.save(str(unfinished)))


class _Writer:
    """Builds one Word document."""

    def __init__(self, document: Document) -> None:
        import docx

        self._document = document
        self._layout: Layout = LAYOUTS[document.paper]
        self._word: WordDocument = docx.Document()

    def made(self) -> WordDocument:
        """The whole document."""
        self._word.core_properties.title = self._document.title
        self._word.core_properties.author = ""
        self._word.core_properties.comments = ""
        _name_other_fonts(self._word)
        _set_solid(self._word)
        for language in self._word.styles.element.iter(_name("w:lang")):
            language.set(_name("w:eastAsia"), "zh-CN")
        section = self._word.sections[0]
        self._set_page(section)
        self._set_footers(section)
        for block in self._document.blocks:
            self._add(block)
        return self._word

    def _set_page(self, section: Section) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm, Pt

        width, height = self._layout.page
        section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Pt(width), Pt(height)
        top, right, bottom, left = (Mm(margin) for margin in self._layout.margins)
        section.top_margin, section.right_margin = top, right
        section.bottom_margin, section.left_margin = bottom, left
        section.footer_distance = Mm(self._layout.margins[2] - 12 if self._layout.dashes else 10)

    def _set_footers(self, section: Section) -> None:
        if not self._layout.dashes:
            self._set_form_footer(section.footer)
            return
        self._word.settings.odd_and_even_pages_header_footer = True
        self._set_number(section.footer, Align.RIGHT)
        self._set_number(section.even_page_footer, Align.LEFT)

    def _set_number(self, footer: _Footer, align: Align) -> None:
        """— 1 —, one character from the outer edge."""
        style = Style(Face.SONG, 14, 18, align=align, justified=False)
        line = footer.paragraphs[0]
        line.style = self._word.styles["Normal"]  # the template's footer style has tab stops of its own
        _shape(line, style)
        _indent(line, left=style.size if align is Align.LEFT else 0, right=style.size)
        _write(line, "— ", style)
        _field(line, "PAGE", style)
        _write(line, " —", style)

    def _set_form_footer(self, footer: _Footer) -> None:
        style = Style(Face.SONG, 9, 12, justified=False)
        line = footer.paragraphs[0]
        line.style = self._word.styles["Normal"]  # the template's footer style has tab stops of its own
        _shape(line, style)
        _tab_stops(line, [self._layout.width], right=True)
        _write(line, f"{self._document.footer}\t第", style)
        _field(line, "PAGE", style)
        _write(line, "页 共", style)
        _field(line, "NUMPAGES", style)
        _write(line, "页", style)

    def _add(self, block: Block) -> None:
        from docx.enum.text import WD_BREAK

        match block:
            case Table():
                self._add_table(block)
            case FormTable():
                self._add_form(block)
            case SignatureLine():
                self._add_signature(block)
            case Closing():
                self._add_closing(block)
            case Spacer():
                _shape(self._word.add_paragraph(), Style(Face.SONG, 1, block.height * MM))
            case PageBreak():
                self._word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case _:
                self._add_text(block)

    def _add_text(self, block: Title | Heading | Paragraph | Note) -> None:
        words: Words
        line = self._word.add_paragraph()
        match block:
            case Title():
                style, words = self._layout.title, block.text
            case Heading():
                style, words = self._layout.headings[block.level - 1], block.text
                _outline(line, block.level)
            case Note():
                style, words = self._layout.note, block.text
            case Paragraph():
                style, words = self._layout.paragraph(block), block.words
        _shape(line, style)
        line.paragraph_format.keep_with_next = isinstance(block, Title | Heading)
        _write(line, words, style)

    def _keep_company(self) -> None:
        """Let the paragraph above come along where signatures or closing begin a page."""
        above = self._word.paragraphs
        if above:
            above[-1].paragraph_format.keep_with_next = True

    def _add_signature(self, block: SignatureLine) -> None:
        """Places at tab stops."""
        self._keep_company()
        style = self._layout.signature
        line = self._word.add_paragraph()
        _shape(line, style)
        share = self._layout.width / len(block.places)
        _tab_stops(line, [share * place for place in range(1, len(block.places))])
        _write(line, "\t".join(block.places), style)

    def _add_closing(self, block: Closing) -> None:
        """The date four characters from the right, the organ centred on it."""
        self._keep_company()
        style = self._layout.signature
        organ, date = (set_words(text, style, self._layout.width) for text in (block.organ, block.date))
        date_right = 4 * style.size
        organ_right = max(0.0, date_right + (date.natural_width - organ.natural_width) / 2)
        for text, right, before in (
            (block.organ, organ_right, 2 * style.pitch),
            (block.date, date_right, 0.0),
        ):
            line = self._word.add_paragraph()
            _shape(line, Style(style.face, style.size, style.pitch, align=Align.RIGHT, before=before))
            line.paragraph_format.keep_with_next = text == block.organ
            _indent(line, right=right)
            _write(line, text, style)

    def _add_table(self, block: Table) -> None:
        layout = self._layout.of_table(block)
        table = self._new_table([column.weight for column in block.columns], len(block.rows) + 1)
        rows = [tuple(column.label for column in block.columns), *block.rows]
        aligns = [column.align for column in block.columns]
        for number, (row, made) in enumerate(zip(rows, table.rows, strict=True)):
            _set_row(made, layout.row_height, header=number == 0, whole=True)
            for text, align, cell in zip(row, aligns, made.cells, strict=True):
                style = layout.label if number == 0 else layout.aligned_cell(align)
                _fill(cell, text, style)

    def _add_form(self, block: FormTable) -> None:
        table = self._new_table(block.weights, len(block.rows))
        rows = list(table.rows)
        for number, (columns, row) in enumerate(zip(block.places(), block.rows, strict=True)):
            height = max((cell.height for cell in row), default=0)
            long = any(cell.long for cell in row)
            _set_row(rows[number], max(height, self._layout.row_height), header=False, whole=not long)
            for column, cell in zip(columns, row, strict=True):
                last = table.cell(number + cell.down - 1, column + cell.across - 1)
                self._fill_form_cell(table.cell(number, column).merge(last), cell)

    def _fill_form_cell(self, made: _Cell, cell: Cell) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL

        _fill(made, cell.words, self._layout.cell_style(cell))
        if cell.long:
            made.vertical_alignment = VERTICAL.TOP
        if cell.closing:
            made.vertical_alignment = VERTICAL.BOTTOM
        style = self._layout.aligned_cell(Align.RIGHT)
        for text in cell.closing:
            line = made.add_paragraph()
            _shape(line, style)
            shown = text.rstrip(WIDE_BLANK)  # Word lets blanks at the end of a line hang over the margin
            _indent(line, right=(len(text) - len(shown)) * style.size)
            _write(line, shown, style)

    def _new_table(self, weights: Sequence[float], rows: int) -> WordTable:
        """An empty ruled table over the whole width."""
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Pt

        table: WordTable = self._word.add_table(rows=rows, cols=len(weights), style="Table Grid")
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table._tbl.tblPr.append(_margins())
        for weight, column in zip(weights, table.columns, strict=True):
            column.width = Pt(self._layout.width * weight / sum(weights))
            for cell in column.cells:
                cell.width = column.width
        return table


def _margins() -> BaseOxmlElement:
    """The least space between the words of a cell and its rules."""
    margins = _element("w:tblCellMar")
    for side, width in (("top", AIR), ("left", SIDE), ("bottom", AIR), ("right", SIDE)):
        margins.append(_element(f"w:{side}", w=str(round(width * TWIPS)), type="dxa"))
    return margins


def _fill(cell: _Cell, words: Words, style: Style) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL

    cell.vertical_alignment = VERTICAL.CENTER
    parts: Sequence[Words] = words.split("\n") if isinstance(words, str) else (words,)
    for number, part in enumerate(parts):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _shape(line, style)
        _write(line, part, style)


def _set_row(row: _Row, height: float, *, header: bool, whole: bool) -> None:
    """Least height in millimetres; a header is repeated on every page, a whole row is never cut."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    properties = row._tr.get_or_add_trPr()
    for tag, wanted in (("w:cantSplit", whole), ("w:tblHeader", header)):
        if wanted:
            properties.append(_element(tag))


def _shape(line: WordParagraph, style: Style) -> None:
    """Line pitch, space, indent in characters and alignment."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    shape = line.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.pitch)
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    left = ALIGN.JUSTIFY if style.justified else ALIGN.LEFT
    line.alignment = {Align.CENTER: ALIGN.CENTER, Align.RIGHT: ALIGN.RIGHT}.get(style.align, left)
    if style.indent:
        shape.first_line_indent = Pt(style.indent * style.size)
        _ind(line).set(_name("w:firstLineChars"), str(round(style.indent * 100)))


def _indent(line: WordParagraph, *, left: float = 0, right: float = 0) -> None:
    """Set a paragraph in, in points."""
    from docx.shared import Pt

    line.paragraph_format.left_indent, line.paragraph_format.right_indent = Pt(left), Pt(right)


def _write(line: WordParagraph, words: Words, style: Style) -> None:
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


def _field(line: WordParagraph, code: str, style: Style) -> None:
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


def _tab_stops(line: WordParagraph, places: Iterable[float], *, right: bool = False) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT as TAB
    from docx.shared import Pt

    for place in places:
        line.paragraph_format.tab_stops.add_tab_stop(Pt(place), TAB.RIGHT if right else TAB.LEFT)


def _outline(line: WordParagraph, level: int) -> None:
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


def _set_solid(word: WordDocument) -> None:
    """No quarter of a character between Chinese and Latin or digits: the standard sets 28 characters on a line."""
    shape: Any = word.styles[
        "Normal"
    ].element.get_or_add_pPr()  # the stubs know styles by their base class alone
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):
        shape.insert_element_before(_element(tag, val="0"), "w:spacing", "w:ind", "w:jc")


def _name_other_fonts(word: WordDocument) -> None:
    """Tell Word which font stands in for one that is not installed."""
    part = next(part for part in word.part.package.iter_parts() if part.partname.endswith("/fontTable.xml"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in OTHER_FONTS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())
