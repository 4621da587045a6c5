from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from db.errors import UserError
from dualcreate_desktop.papers.content import (
    Annex,
    Cell,
    Closing,
    Document,
    Face,
    FormTable,
    PageBreak,
    Paragraph,
    Run,
    Table,
    Title,
    texts,
)
from dualcreate_desktop.papers.layout import LETTER
from dualcreate_desktop.papers.word import write_word
from dualcreate_desktop.papers.word_markup import FONTS

NAMES = ["application", "summary", "eligibility", "notice", "receipt"]


def written(document: Document, folder: Path) -> docx.document.Document:
    path = folder / "文件.docx"
    write_word([document], path)
    return docx.Document(str(path))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_word_file_says_what_the_document_says(
    papers: dict[str, Document], name: str, tmp_path: Path
) -> None:
    made = written(papers[name], tmp_path)
    text = "".join(part.text or "" for part in made.element.body.iter(qn("w:t")))
    assert squeezed(text) == squeezed("".join(texts(papers[name])))


@pytest.mark.parametrize("name", NAMES)
def test_every_run_names_a_chinese_font(papers: dict[str, Document], name: str, tmp_path: Path) -> None:
    made = written(papers[name], tmp_path)
    runs = list(made.element.body.iter(qn("w:r")))
    fonts = {run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) for run in runs}
    assert fonts <= set(FONTS.values())


def test_word_puts_no_space_of_its_own_around_digits(papers: dict[str, Document], tmp_path: Path) -> None:
    shape = written(papers["notice"], tmp_path).styles["Normal"].element.pPr
    assert {shape.find(qn(f"w:autoSpace{kind}")).get(qn("w:val")) for kind in ("DE", "DN")} == {"0"}


def test_word_breaks_the_lines_as_chinese(papers: dict[str, Document], tmp_path: Path) -> None:
    languages = list(written(papers["notice"], tmp_path).styles.element.iter(qn("w:lang")))
    assert {language.get(qn("w:eastAsia")) for language in languages} == {"zh-CN"}


def test_a_run_keeps_its_own_face(tmp_path: Path) -> None:
    made = written(Document("题", (Paragraph((Run("甲"), Run("乙", Face.HEI))),)), tmp_path)
    assert [run.font.name for run in made.paragraphs[0].runs] == ["仿宋", "黑体"]


def test_the_letter_has_the_measures_of_the_standard(papers: dict[str, Document], tmp_path: Path) -> None:
    made = written(papers["notice"], tmp_path)
    section = made.sections[0]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert tuple(round(margin.mm) for margin in margins if margin is not None) == LETTER.margins
    (body,) = written(Document("题", (Paragraph("党"),)), tmp_path).paragraphs
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.99, abs=0.05)
    assert 22 * body.paragraph_format.line_spacing.pt <= LETTER.height(coded=False), (
        "or 21 lines stand on a page"
    )
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert body.runs[0].font.size.pt == 16


def test_page_numbers_are_fields_and_differ_on_even_pages(
    papers: dict[str, Document], tmp_path: Path
) -> None:
    made = written(papers["notice"], tmp_path)
    section = made.sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in "".join(part.text or "" for part in footer._element.iter(qn("w:instrText")))
    assert made.settings.odd_and_even_pages_header_footer
    assert section.footer.paragraphs[0].alignment != section.even_page_footer.paragraphs[0].alignment


def test_tables_repeat_their_heads_and_keep_rows_whole(papers: dict[str, Document], tmp_path: Path) -> None:
    table = written(papers["summary"], tmp_path).tables[0]
    headers = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert headers == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == pytest.approx((297 - 32) / 25.4 * 1440, abs=20)


def test_the_form_keeps_its_spans(papers: dict[str, Document], tmp_path: Path) -> None:
    facts = written(papers["application"], tmp_path).tables[0]
    assert facts.rows[0].cells[1].text == "机械工程学院教工第一党支部"
    assert len({id(cell._tc) for cell in facts.rows[0].cells}) == 2
    assert len({id(cell._tc) for cell in facts.rows[2].cells}) == 4


def test_a_closing_keeps_the_text_above_with_it(tmp_path: Path) -> None:
    made = written(Document("题", (Paragraph("文"), Closing("组织部", "2024年4月8日"))), tmp_path)
    assert [line.paragraph_format.keep_with_next for line in made.paragraphs[:2]] == [True, True]


def test_two_short_lines_come_along_with_a_closing(tmp_path: Path) -> None:
    short = tuple(Paragraph(f"{number}.党支部") for number in range(5))
    made = written(Document("题", (*short, Closing("组织部", "2024年4月8日"))), tmp_path)
    kept = [line.paragraph_format.keep_with_next for line in made.paragraphs]
    assert kept[2:6] == [True] * 4


def test_lines_stand_as_close_as_on_the_printed_letter(tmp_path: Path) -> None:
    letter = (Paragraph("党" * 28 * 19, indent=False), Closing("组织部", "2024年4月8日"))
    made = written(Document("题", (*letter, PageBreak(), Paragraph("附件"))), tmp_path).paragraphs
    pitches = [line.paragraph_format.line_spacing.pt for line in (made[0], made[-1])]
    assert pitches == pytest.approx([637.8 / 23, 637.8 / 22], abs=0.06)


def test_a_page_begins_with_its_first_line_and_no_empty_one(tmp_path: Path) -> None:
    table = FormTable((1, 1), ((Cell("意见"), Cell("")),))
    blocks = (
        Paragraph("文"),
        Annex("附件：名单"),
        PageBreak(),
        Paragraph("附件"),
        PageBreak(),
        table,
        Paragraph("完"),
    )
    made = written(Document("题", blocks), tmp_path).paragraphs
    begins = [(line.text, bool(line.paragraph_format.page_break_before)) for line in made]
    assert begins == [("文", False), ("附件：名单", False), ("附件", True), ("", True), ("完", False)]


def test_the_boxes_of_the_opinions_stay_on_one_page(papers: dict[str, Document], tmp_path: Path) -> None:
    opinions = written(papers["application"], tmp_path).tables[-1]
    kept = [
        all(line.paragraph_format.keep_with_next for cell in row.cells for line in cell.paragraphs)
        for row in opinions.rows
    ]
    assert kept == [True, True, False]


def test_each_of_several_papers_counts_its_own_pages_and_begins_without_an_empty_line(
    papers: dict[str, Document], tmp_path: Path
) -> None:
    path = tmp_path / "文件.docx"
    write_word([papers["summary"], papers["summary"], papers["notice"]], path)
    made = docx.Document(str(path))
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in made.sections]
    assert starts == ["1", "1", "1"]
    assert [section.footer.is_linked_to_previous for section in made.sections] == [False, True, False]
    assert [section.orientation for section in made.sections] == [1, 1, 0], "each on its own kind of sheet"
    assert all(line.text.strip() for line in made.paragraphs)
    fields = made.sections[0].footer._element.xml
    assert "SECTIONPAGES" in fields


def test_the_last_rows_of_a_list_come_along_with_the_signatures(
    papers: dict[str, Document], tmp_path: Path
) -> None:
    table = written(papers["summary"], tmp_path).tables[-1]
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert kept == [False, False, True, True]


def test_a_missing_folder_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到要保存到的文件夹"):
        write_word([Document("题", ())], tmp_path / "没有" / "公示.docx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice reads the file as Word would")
def test_another_office_program_opens_it(papers: dict[str, Document], tmp_path: Path) -> None:
    table = next(block for block in papers["summary"].blocks if isinstance(block, Table))
    write_word(
        [Document("题", (Title("题名"), table, Closing("组织部", "2024年4月8日")))], tmp_path / "公示.docx"
    )
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "公示.docx"],
        check=True,
        capture_output=True,
    )
    assert len(pypdfium2.PdfDocument(tmp_path / "公示.pdf")) == 1
