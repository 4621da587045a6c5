"""The same documents as Word files, to be edited and handed on; each of several in one file counts its own pages.

A Word file bears neither copy label nor code: once it can be edited it is no longer the paper that they stand for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Annex,
    Block,
    Cell,
    Closing,
    Document,
    Face,
    FormTable,
    Heading,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    SignatureLine,
    Spacer,
    Table,
    Title,
    Words,
)
from dualcreate_desktop.papers.grid import FEWEST_ROWS
from dualcreate_desktop.papers.layout import LAYOUTS, MM, Layout, Style
from dualcreate_desktop.papers.pages import sections
from dualcreate_desktop.papers.saving import save_whole
from dualcreate_desktop.papers.setting import set_words
from dualcreate_desktop.papers.word_markup import (
    add_field,
    cell_margins,
    count_from_one,
    fill_cell,
    keep_with_next,
    name_other_fonts,
    new_section,
    set_in,
    set_language,
    set_outline,
    set_row,
    set_solid,
    set_tab_stops,
    shape_line,
    write_words,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section, _Footer
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

WIDE_BLANK = "　"


def write_word(documents: Sequence[Document], path: Path) -> None:
    """Write documents, one after the other, into one .docx file, whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    made = _Writer().made(documents)
    save_whole(path, lambda unfinished: made.save(str(unfinished)))


class _Writer:
    """Builds one Word file."""

    def __init__(self) -> None:
        import docx

        self._word: WordDocument = docx.Document()
        self._layouts: Iterator[Layout] = iter(())
        self._layout = LAYOUTS[Paper.LETTER]
        self._breaks = False
        self._total = "NUMPAGES"

    def made(self, documents: Sequence[Document]) -> WordDocument:
        """The whole file."""
        self._word.core_properties.title = documents[0].title
        self._word.core_properties.author = ""
        self._word.core_properties.comments = ""
        if len(documents) > 1:
            self._total = "SECTIONPAGES"
        name_other_fonts(self._word)
        set_solid(self._word)
        set_language(self._word)
        for before, document in zip((None, *documents), documents, strict=False):
            self._begin(document, before)
            for block in document.blocks:
                self._add(block)
        return self._word

    def _begin(self, document: Document, before: Document | None) -> None:
        """Begin a document on a page of its own, with the footer of the one before it where that says the same."""
        self._layouts = iter([section.layout for section in sections(document)])
        self._layout, self._breaks = next(self._layouts), False
        section = self._word.sections[0] if before is None else new_section(self._word)
        count_from_one(section)
        self._set_page(section)
        if before is None or (before.paper, before.footer) != (document.paper, document.footer):
            self._set_footers(section, document.footer)

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

    def _set_footers(self, section: Section, footer: str) -> None:
        if not self._layout.dashes:
            self._set_form_footer(section.footer, footer)
            return
        self._word.settings.odd_and_even_pages_header_footer = True
        self._set_number(section.footer, Align.RIGHT)
        self._set_number(section.even_page_footer, Align.LEFT)

    def _set_number(self, footer: _Footer, align: Align) -> None:
        """— 1 —, one character from the outer edge."""
        style = Style(Face.SONG, 14, 18, align=align, justified=False)
        line = self._footer_line(footer, style)
        set_in(line, left=style.size if align is Align.LEFT else 0, right=style.size)
        write_words(line, "— ", style)
        add_field(line, "PAGE", style)
        write_words(line, " —", style)

    def _footer_line(self, footer: _Footer, style: Style) -> WordParagraph:
        """The line of a footer of its own."""
        footer.is_linked_to_previous = False
        line: WordParagraph = footer.paragraphs[0]
        line.style = self._word.styles["Normal"]  # the template's footer style has tab stops of its own
        shape_line(line, style)
        return line

    def _set_form_footer(self, footer: _Footer, text: str) -> None:
        style = Style(Face.SONG, 9, 12, justified=False)
        line = self._footer_line(footer, style)
        set_tab_stops(line, [self._layout.width], right=True)
        write_words(line, f"{text}\t第", style)
        add_field(line, "PAGE", style)
        write_words(line, "页 共", style)
        add_field(line, self._total, style)
        write_words(line, "页", style)

    def _add(self, block: Block) -> None:
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
                shape_line(self._new_line(), Style(Face.SONG, 1, block.height * MM))
            case PageBreak():
                self._layout, self._breaks = next(self._layouts), True
            case _:
                self._add_text(block)

    def _new_line(self) -> WordParagraph:
        """An empty paragraph, the first after a page break on a page of its own."""
        line: WordParagraph = self._word.add_paragraph()
        if self._breaks:
            line.paragraph_format.page_break_before = True
        self._breaks = False
        return line

    def _add_text(self, block: Title | Heading | Paragraph | Note | Annex) -> None:
        words: Words
        line = self._new_line()
        match block:
            case Title():
                style, words = self._layout.title, block.text
            case Heading():
                style, words = self._layout.headings[block.level - 1], block.text
                set_outline(line, block.level)
            case Note():
                style, words = self._layout.note, block.text
            case Annex():
                style, words = self._layout.annex, block.text
            case Paragraph():
                style, words = self._layout.paragraph(block), block.words
        shape_line(line, style)
        line.paragraph_format.keep_with_next = isinstance(block, Title | Heading)
        write_words(line, words, style)

    def _keep_company(self) -> None:
        """Let two lines of text above come along where signatures or closing begin a page."""
        from docx.table import Table as WordTable

        kept = 0.0
        for item in reversed(list(self._word.iter_inner_content())):
            if isinstance(item, WordTable):
                keep_with_next(item.rows[-FEWEST_ROWS:])
                break
            item.paragraph_format.keep_with_next = True
            kept += len(item.text) * self._layout.body.size
            if kept > self._layout.width:
                break

    def _add_signature(self, block: SignatureLine) -> None:
        """Places at tab stops."""
        self._keep_company()
        style = self._layout.signature
        line = self._new_line()
        shape_line(line, style)
        share = self._layout.width / len(block.places)
        set_tab_stops(line, [share * place for place in range(1, len(block.places))])
        write_words(line, "\t".join(block.places), style)

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
            line = self._new_line()
            shape_line(line, Style(style.face, style.size, style.pitch, align=Align.RIGHT, before=before))
            line.paragraph_format.keep_with_next = text == block.organ
            set_in(line, right=right)
            write_words(line, text, style)

    def _add_table(self, block: Table) -> None:
        layout = self._layout.of_table(block)
        table = self._new_table([column.weight for column in block.columns], len(block.rows) + 1)
        rows = [tuple(column.label for column in block.columns), *block.rows]
        aligns = [column.align for column in block.columns]
        for number, (row, made) in enumerate(zip(rows, table.rows, strict=True)):
            set_row(made, layout.row_height, header=number == 0, whole=True)
            for text, align, cell in zip(row, aligns, made.cells, strict=True):
                style = layout.label if number == 0 else layout.aligned_cell(align)
                fill_cell(cell, text, style)

    def _add_form(self, block: FormTable) -> None:
        table = self._new_table(block.weights, len(block.rows))
        rows = list(table.rows)
        for number, (columns, row) in enumerate(zip(block.places(), block.rows, strict=True)):
            height = max((cell.height for cell in row), default=0)
            long = any(cell.long for cell in row)
            set_row(rows[number], max(height, self._layout.row_height), header=False, whole=not long)
            for column, cell in zip(columns, row, strict=True):
                last = table.cell(number + cell.down - 1, column + cell.across - 1)
                self._fill_form_cell(table.cell(number, column).merge(last), cell)
        if block.together:
            keep_with_next(rows[:-1])

    def _fill_form_cell(self, made: _Cell, cell: Cell) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL

        fill_cell(made, cell.words, self._layout.cell_style(cell))
        if cell.long:
            made.vertical_alignment = VERTICAL.TOP
        if cell.closing:
            made.vertical_alignment = VERTICAL.BOTTOM
        style = self._layout.aligned_cell(Align.RIGHT)
        for text in cell.closing:
            line = made.add_paragraph()
            shape_line(line, style)
            shown = text.rstrip(WIDE_BLANK)  # Word lets blanks at the end of a line hang over the margin
            set_in(line, right=(len(text) - len(shown)) * style.size)
            write_words(line, shown, style)

    def _new_table(self, weights: Sequence[float], rows: int) -> WordTable:
        """An empty ruled table over the whole width."""
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Pt

        if self._breaks:
            shape_line(self._new_line(), Style(Face.SONG, 1, 1))
        table: WordTable = self._word.add_table(rows=rows, cols=len(weights), style="Table Grid")
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table._tbl.tblPr.append(cell_margins())
        for weight, column in zip(weights, table.columns, strict=True):
            column.width = Pt(self._layout.width * weight / sum(weights))
            for cell in column.cells:
                cell.width = column.width
        return table
