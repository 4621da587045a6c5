from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualcreate_desktop.papers.content import (
    Annex,
    Block,
    Cell,
    Closing,
    Document,
    FormTable,
    Heading,
    Heads,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    SignatureLine,
    Spacer,
    Table,
    Title,
)
from dualcreate_desktop.papers.grid import Grid
from dualcreate_desktop.papers.layout import LAYOUTS
from dualcreate_desktop.papers.pages import LinePiece, Page, TextPiece, paginate, sections


def pages(*blocks: Block, paper: Paper = Paper.FORM) -> tuple[Page, ...]:
    return paginate(Document("题", blocks, paper))


def lines_of(page: Page) -> int:
    return sum(len(piece.words.spans) for _, piece in page.pieces if isinstance(piece, TextPiece))


def rows_of(page: Page) -> list[int]:
    return [len(piece.rows) for _, piece in page.pieces if isinstance(piece, Grid)]


def table(rows: int, text: str = "机械工程学院教工第一党支部") -> Table:
    return Table((Heads("序号"), Heads("党支部", 3)), tuple((str(row), text) for row in range(rows)))


short = st.text(st.sampled_from("党建工作，。2024"), max_size=60)
blocks = st.one_of(
    st.builds(Title, short),
    st.builds(Heading, short, st.integers(1, 4)),
    st.builds(Paragraph, st.text(st.sampled_from("党建工作，。"), max_size=3000)),
    st.builds(Note, short),
    st.builds(table, st.integers(0, 60), short),
    st.builds(
        lambda text: FormTable((1, 4), ((Cell("标签", label=True), Cell(text, long=True, height=40)),)), short
    ),
    st.just(SignatureLine(("填报人：", "审核人："))),
    st.just(Annex("附件：征求意见名单")),
    st.just(Closing("中共浙东大学委员会组织部", "2024年4月8日")),
    st.just(PageBreak()),
    st.builds(Spacer, st.floats(0, 50)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, max_size=8), st.sampled_from(Paper))
def test_nothing_reaches_below_the_type_area_or_overlaps(made: list[Block], paper: Paper) -> None:
    height = LAYOUTS[paper].height(coded=False)
    for page in pages(*made, paper=paper):
        used = 0.0
        for down, piece in page.pieces:
            assert down >= used - 0.1
            used = down + piece.height
        assert used <= height + 0.1


def test_twenty_two_lines_stand_on_a_page_of_a_letter() -> None:
    made = pages(Paragraph("党" * 28 * 50, indent=False), paper=Paper.LETTER)
    assert [lines_of(page) for page in made] == [22, 22, 6]


def test_a_heading_stays_with_the_first_line_below_it() -> None:
    fill = Paragraph("党" * 28 * 21, indent=False)
    made = pages(fill, Heading("一、目标"), Paragraph("党"), paper=Paper.LETTER)
    assert [lines_of(page) for page in made] == [21, 2]


def test_a_heading_goes_to_the_next_page_with_a_box_that_is_too_high_for_this_one() -> None:
    box = FormTable((1, 4), ((Cell("预期成果", label=True), Cell("党建", long=True, height=100)),))
    for lines in range(1, 30):
        made = pages(Paragraph("党\n" * lines + "党"), Heading("二、建设方案"), box)
        heading_page = next(
            page for page in made if any(getattr(piece, "keep", False) for _, piece in page.pieces)
        )
        assert isinstance(heading_page.pieces[-1][1], Grid)


def test_a_closing_takes_the_last_lines_of_the_text_with_it() -> None:
    fill = Paragraph("党" * 28 * 21, indent=False)
    made = pages(fill, Closing("组织部", "2024年4月8日"), paper=Paper.LETTER)
    assert [lines_of(page) for page in made] == [19, 2]
    assert isinstance(made[1].pieces[-1][1], LinePiece)


def test_a_closing_takes_two_lines_along_however_short_the_paragraphs_are() -> None:
    for lines in range(19, 23):
        short = [Paragraph(f"{number}.党支部") for number in range(lines)]
        *_, last = pages(*short, Closing("组织部", "2024年4月8日"), paper=Paper.LETTER)
        assert isinstance(last.pieces[-1][1], LinePiece)
        assert lines_of(last) >= 2


def test_the_note_of_an_annex_is_no_company_for_a_closing() -> None:
    for lines in range(15, 23):
        text = Paragraph("党" * 28 * lines, indent=False)
        made = pages(text, Annex("附件：名单"), Closing("组织部", "2024年4月8日"), paper=Paper.LETTER)
        assert lines_of(made[-1]) >= 3


def test_lines_stand_closer_where_that_saves_the_page_of_a_closing() -> None:
    used = {}
    for lines in range(17, 30):
        letter = Document(
            "题", (Paragraph("党" * 28 * lines, indent=False), Closing("组织部", "2024年4月8日"))
        )
        (section,) = sections(letter)
        used[lines] = (
            len(section.pages),
            round(section.layout.height(coded=False) / section.layout.body.pitch),
        )
    assert used[18] == (1, 22)
    assert used[19] == (1, 23)
    assert used[20] == (1, 24)
    assert used[21] == (2, 22)
    assert used[29] == (2, 22)


def test_each_part_between_page_breaks_is_set_for_itself() -> None:
    close = (Paragraph("党" * 28 * 19, indent=False), Closing("组织部", "2024年4月8日"))
    first, second = sections(Document("题", (*close, PageBreak(), Paragraph("党"))))
    assert first.layout.body.pitch < second.layout.body.pitch


def test_a_full_letter_is_not_set_closer_without_need() -> None:
    (section,) = sections(Document("题", (Paragraph("党" * 28 * 23, indent=False),)))
    assert section.layout is LAYOUTS[Paper.LETTER]


def test_no_row_of_a_list_stands_alone_at_the_foot_or_the_top_of_a_page() -> None:
    for lines in range(1, 34):
        for page in pages(Paragraph("党\n" * lines + "党"), Heading("一、名单"), table(40)):
            assert all(rows >= 2 for rows in rows_of(page))


def test_a_high_row_may_stand_alone_on_a_page() -> None:
    for rows, places in ((8, [3, 3, 2]), (4, [3, 1])):
        high = table(rows, "党建\n" * 12 + "党建")
        assert [rows_of(page) for page in pages(high)] == [[count] for count in places]


def test_what_stays_together_is_not_cut_unless_it_is_higher_than_a_page() -> None:
    for lines in range(1, 34):
        boxes = FormTable((1, 4), ((Cell("意见", label=True), Cell(height=55)),) * 3, together=True)
        made = pages(Paragraph("党\n" * lines + "党"), Heading("三、审核意见"), boxes)
        assert [rows for page in made for rows in rows_of(page)] == [3]
    high = FormTable((1, 4), ((Cell("意见", label=True), Cell(height=55)),) * 9, together=True)
    assert sum(sum(rows_of(page)) for page in pages(high)) == 9


def test_no_single_line_of_a_long_text_goes_to_the_next_page() -> None:
    for lines in range(30, 60):
        form = FormTable((1, 4), ((Cell("目标", label=True), Cell("党\n" * lines + "党", long=True)),))
        made = pages(form)
        if len(made) > 1:
            grid = made[-1].pieces[-1][1]
            assert isinstance(grid, Grid)
            assert len(grid.rows[0].boxes[1].words.spans) >= 2


def full_page() -> int:
    """How many rows of `table` fill the first page."""
    return next(rows for rows in range(10, 60) if len(pages(table(rows))) == 2) - 1


SIGNATURES = (Note("注：说明"), SignatureLine(("填报人：",)))


def test_signatures_take_the_last_rows_of_the_table_with_them() -> None:
    whole = full_page()
    made = pages(table(whole), *SIGNATURES)
    assert [rows_of(page) for page in made] == [[whole - 3], [3]]


def test_a_heading_goes_along_with_the_short_table_that_the_signatures_take_with_them() -> None:
    for rows in range(full_page() - 8, full_page()):
        for page in pages(table(rows), Heading("部门联审", 2), table(2), *SIGNATURES):
            assert not page.pieces[-1][1].keep


def test_of_high_rows_only_the_last_goes_along_with_the_signatures() -> None:
    high = table(4, "党建\n" * 8 + "党建")
    made = pages(Paragraph("党"), Spacer(5), high, *SIGNATURES)
    assert [rows_of(page) for page in made] == [[3], [1]]


def test_no_note_is_cut_and_none_stands_alone_with_the_signatures_on_a_page() -> None:
    note = Note("注：条款为通知中的条目；“硬性”须达到，“原则上”未达到的须有例外说明和批准人。" * 3)
    for rows in range(full_page() - 6, full_page() + 3):
        *_, last = pages(table(rows), note, SIGNATURES[1])
        assert rows_of(last)
        assert lines_of(last) == len(pages(note)[0].pieces[0][1].words.spans)  # type: ignore[union-attr]  # a TextPiece


def test_signatures_below_a_row_as_high_as_a_page_stay_within_the_page() -> None:
    for lines in range(36, 44):
        for page in pages(table(2, "党\n" * lines + "党"), *SIGNATURES):
            down, piece = page.pieces[-1]
            assert down + piece.height <= LAYOUTS[Paper.FORM].height(coded=False) + 0.1


def test_the_heads_of_an_empty_table_go_to_the_next_page_where_they_do_not_fit() -> None:
    for lines in range(25, 32):
        made = pages(Paragraph("党\n" * lines + "党"), table(0))
        assert sum(isinstance(piece, Grid) for page in made for _, piece in page.pieces) == 1


def test_every_page_of_a_table_repeats_its_heads() -> None:
    made = pages(table(100))
    grids = [piece for page in made for _, piece in page.pieces if isinstance(piece, Grid)]
    assert len(grids) > 2
    assert all(grid.head[0].boxes[1].words.text == "党支部" for grid in grids)
    assert sum(len(grid.rows) for grid in grids) == 100


def test_a_long_text_runs_over_the_page_and_its_label_is_repeated() -> None:
    text = "党建" * 2000
    made = pages(
        Paragraph("党" * 400), FormTable((1, 4), ((Cell("实施计划", label=True), Cell(text, long=True)),))
    )
    grids = [piece for page in made for _, piece in page.pieces if isinstance(piece, Grid)]
    assert len(grids) >= 2
    assert all(grid.rows[0].boxes[0].words.spans for grid in grids)
    shown = "".join(
        grid.rows[0].boxes[1].words.text[span.start : span.end]
        for grid in grids
        for span in grid.rows[0].boxes[1].words.spans
    )
    assert shown == text


def test_rows_under_one_spanning_cell_stay_together() -> None:
    group = ((Cell("类别", label=True, down=4), Cell("1")), (Cell("2"),), (Cell("3"),), (Cell("4"),))
    made = pages(FormTable((1, 3), group * 20))
    assert len(made) > 1
    assert all(count % 4 == 0 for page in made for count in rows_of(page))


def test_rows_beside_a_spanning_cell_are_high_enough_for_it() -> None:
    spanning = Cell("党建工作" * 60, down=2)
    (page,) = pages(FormTable((1, 3), ((spanning, Cell("1")), (Cell("2"),))))
    grid = page.pieces[0][1]
    assert isinstance(grid, Grid)
    assert grid.height >= grid.rows[0].boxes[0].words.height


def test_a_row_taller_than_a_page_is_cut_and_not_lost() -> None:
    made = pages(table(1, "党建" * 3000))
    assert len(made) > 1
    assert all(rows_of(page) == [1] for page in made)


@pytest.mark.parametrize("paper", list(Paper))
def test_an_empty_document_has_one_page(paper: Paper) -> None:
    assert len(pages(paper=paper)) == 1
    assert len(pages(PageBreak(), PageBreak(), paper=paper)) == 1
