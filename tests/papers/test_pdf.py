from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from db.errors import UserError
from dualcreate_desktop.papers.codes import PaperCode, PaperKind, copies, grouped, read_code
from dualcreate_desktop.papers.content import Document, Heading, PageBreak, Paper, Paragraph, Title, texts
from dualcreate_desktop.papers.fonts import missing_glyphs
from dualcreate_desktop.papers.lines import NO_START
from dualcreate_desktop.papers.pdf import pdf_bytes, write_pdf

CODE = PaperCode(PaperKind.APPLICATION, date(2024, 3, 15), 42, 0)
NAMES = ["application", "summary", "eligibility", "notice", "receipt"]


def opened(*documents: Document) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf_bytes(documents)[0])


def pages(*documents: Document) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in opened(*documents)]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_all_text_of_a_paper_can_be_copied_out(papers: dict[str, Document], name: str) -> None:
    copied = squeezed("".join(pages(papers[name])))
    for text in texts(papers[name]):
        for line in map(squeezed, text.split("\n")):
            broken_by_a_page = any(line[:cut] in copied and line[cut:] in copied for cut in range(len(line)))
            assert line in copied or broken_by_a_page


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_lacks_no_glyph(papers: dict[str, Document], name: str) -> None:
    assert missing_glyphs("".join(texts(papers[name]))) == ()


def test_rare_names_are_copied_as_they_were_written() -> None:
    rare = "䶮𠅤㛃喆堃昇頔镕犇燚𬭎𫖯"
    assert rare in pages(Document("题", (Paragraph(rare),)))[0]


def test_no_line_of_a_long_letter_begins_with_a_closing_mark() -> None:
    text = "近5年来，院级党组织曾获得校级以上党组织的重要表彰、在述职评议考核中3次以上为“好”；参加《意见》（试行）的……单位："
    letter = Document("通知", tuple(Paragraph(text * (number + 1)) for number in range(12)))
    lines = [line for page in pages(letter) for line in page.splitlines() if line.strip()]
    assert len(lines) > 100
    assert [line for line in lines if line[0] in NO_START and not line.startswith("— ")] == []


def test_every_font_is_embedded(papers: dict[str, Document]) -> None:
    for page in opened(papers["application"], papers["notice"]):
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            assert pdfium.FPDFFont_GetIsEmbedded(font) == 1


def test_the_letter_keeps_the_type_area_of_the_standard() -> None:
    page = opened(Document("题", (Paragraph("党" * 28 * 30, indent=False),)))[0]
    chars = page.get_textpage()
    assert chars.get_text_bounded().split()[:22] == ["党" * 28] * 22
    ends = [
        line * 30 + place for line in range(22) for place in (0, 27)
    ]  # a line and its break are 30 characters
    boxes = [chars.get_charbox(place) for place in ends]
    millimetre = 72 / 25.4
    assert min(box[0] for box in boxes) >= 28 * millimetre
    assert max(box[2] for box in boxes) <= (28 + 156) * millimetre
    assert min(box[1] for box in boxes) >= 35 * millimetre
    assert max(box[3] for box in boxes) <= (297 - 37) * millimetre
    assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.01)


def test_full_lines_of_mixed_text_reach_the_right_margin() -> None:
    text = "党建工作2024年第12次会议at组织部" * 40
    page = opened(Document("题", (Paragraph(text, indent=False),)))[0].get_textpage()
    right = (28 + 156) * 72 / 25.4
    whole = page.get_text_range()
    ends = [place - 1 for place, char in enumerate(whole) if char == "\r" and whole[place - 1] > "一"]
    edges = [page.get_charbox(place, loose=True)[2] for place in ends[:-1]]
    assert len(edges) > 10
    assert all(edge == pytest.approx(right, abs=0.5) for edge in edges)


def test_page_numbers_stand_outside_odd_right_and_even_left() -> None:
    letter = opened(Document("题", (Paragraph("党" * 28 * 50),)))
    middles = []
    for number, page in enumerate(letter, 1):
        found = page.get_textpage().search(f"— {number} —").get_next()
        assert found is not None
        middles.append(page.get_textpage().get_charbox(found[0])[0] > 300)
    assert middles == [True, False, True]


def test_a_form_counts_its_pages_and_shows_its_footer(papers: dict[str, Document]) -> None:
    made = pages(papers["application"])
    for number, text in enumerate(made, 1):
        assert f"第{number}页共{len(made)}页" in squeezed(text)
        assert "第三批规则第2版" in squeezed(text)


@pytest.mark.parametrize("dots", [150, 300])
@pytest.mark.parametrize("turned", [0, 180])
def test_the_code_on_every_page_is_read_by_a_scanner(
    papers: dict[str, Document], dots: int, turned: int
) -> None:
    second = copies(papers["application"], 2, CODE)[1]
    for page in opened(second):
        assert grouped(second.code) in page.get_textpage().get_text_bounded()
        image = page.render(scale=dots / 72).to_pil().rotate(turned)
        assert [read_code(found.text).copy for found in zxingcpp.read_barcodes(image)] == [2]
        assert "第2份 共2份" in page.get_textpage().get_text_bounded()


def test_copies_stand_one_after_the_other_and_it_is_known_where_each_begins() -> None:
    one = Document("题", (Title("题"),), Paper.FORM)
    assert ["第" in page for page in pages(*copies(one, 2))] == [True, True]
    two = replace(one, blocks=(Title("题"), PageBreak(), Title("题")))
    _, parts = pdf_bytes((one, *copies(two, 2)))
    assert parts == (1, 2, 2)


def test_sheets_of_both_directions_stand_in_one_file() -> None:
    wide = Document("题", (Title("题"),), Paper.FORM_WIDE)
    sizes = [page.get_size() for page in opened(wide, replace(wide, paper=Paper.LETTER))]
    assert [width > height for width, height in sizes] == [True, False]


def test_the_file_bears_the_title_and_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "公示.pdf"
    documents = [Document(title, (Heading(title),)) for title in ("关于公示", "附件")]
    assert write_pdf(documents, path, progress=lambda done, of: told.append((done, of))) == 2
    with pypdfium2.PdfDocument(path) as made:
        assert made.get_metadata_dict()["Title"] == "关于公示"
    assert told == [(1, 2), (2, 2)]


def test_stopping_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "公示.pdf"
    path.write_bytes(b"older")

    def stop(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_pdf([Document("题", (Heading("题"),))], path, progress=stop)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到要保存到的文件夹"):
        write_pdf([Document("题", ())], tmp_path / "没有" / "公示.pdf")
