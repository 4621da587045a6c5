"""The sender's own workbook back with red cells, comments and a list of problems, and what comes of it when it returns."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from dualcreate_desktop.intake import marked_copy
from dualcreate_desktop.intake.child import read
from dualcreate_desktop.intake.containers import Source, source_of
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.known import Branch, Known, Unit
from dualcreate_desktop.intake.marking import Mark, MarkedCopy, Marking, marks_of
from dualcreate_desktop.intake.own_sheets import why_skipped
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.shape import guess_list
from dualcreate_desktop.intake.sheets import mark_copy
from dualcreate_desktop.lists import LIST_KINDS

KNOWN = Known(
    (Unit("u-jx", "机械工程学院党委", "JX01", "机械学院"),),
    (Branch("b-jg1", "机械工程学院教工第一党支部", "u-jx", "JX0101"),),
)
HEAD = ("所属院级党组织", "党支部名称", "支部类型", "成立时间", "正式党员数")


def book_of(rows: Sequence[Sequence[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    for row in rows:
        sheet.append(list(row))
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def plan_of(source: Source, grid: Grid) -> ImportPlan:
    guess = guess_list(grid, LIST_KINDS, file_name=source.name)
    assert guess is not None
    return make_plan(guess, grid, KNOWN, source=source)


def sent_back(source: Source, grids: tuple[Grid, ...]) -> MarkedCopy:
    problems = [problem for grid in grids for problem in plan_of(source, grid).all_problems]
    return marked_copy.make_marked_copy(Marking(source, (), marks_of(problems)), grids)


def returned(name: str, copy: MarkedCopy) -> tuple[Source, tuple[Grid, ...]]:
    """The copy as it is read when it comes back, without the sheets that are ours."""
    source = source_of(name, copy.data)
    return source, tuple(grid for grid in read(source) if not why_skipped(grid))


def told(plan: ImportPlan) -> list[tuple[object, ...]]:
    """What a plan would do, and what it says is wrong."""
    return [(row.row, row.state, dict(row.values), row.changes, row.problems, row.extra) for row in plan.rows]


def opened(copy: MarkedCopy) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(copy.data))


WRONG = (
    ("某某大学党支部名册",),
    HEAD,
    ("机械学院", "教工第一党支部", "火星", "2019.9", 12),
    ("机械学院", "研究生第三党支部", "研究生", "下半年", "十几"),
    ("机械学院", "", "教师", "2019.9", 3),
)


def test_wrong_cells_are_red_and_say_why() -> None:
    source = source_of("名册.xlsx", saved(book_of(WRONG)))
    copy = sent_back(source, read(source))
    sheet = opened(copy)["名册"]
    assert sheet["C3"].fill.fgColor.rgb == marked_copy.RED
    assert sheet["C3"].comment.text.startswith("须改正：“火星”不在可选项中")
    assert sheet["B5"].comment.text == "须改正：“党支部名称”没有填写"
    assert sheet["A3"].comment is None
    assert not copy.rebuilt


def test_the_list_of_problems_stands_in_front_and_leads_to_the_cells() -> None:
    source = source_of("名册.xlsx", saved(book_of(WRONG)))
    book = opened(sent_back(source, read(source)))
    assert book.sheetnames == ["问题清单", "名册"]
    assert book.active.title == "问题清单"
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False]
    rows = [[cell.value for cell in row] for row in book["问题清单"].iter_rows(min_row=2)]
    assert rows[0][0] == "问题清单：名册.xlsx"
    first = next(row for row in rows if row[0] == 1)
    assert first[1:6] == ["名册", 3, "C", "火星", first[5]]
    assert "不在可选项中" in first[5]
    link = next(cell for cell in book["问题清单"]["C"] if cell.value == 3)
    assert link.hyperlink.location == "'名册'!C3"


def test_the_added_sheet_is_recognised_and_skipped_with_its_reason() -> None:
    source = source_of("名册.xlsx", saved(book_of(WRONG)))
    grids = read(source_of("名册.xlsx", sent_back(source, read(source)).data))
    assert [why_skipped(grid) for grid in grids] == ["“问题清单”是本程序加上的问题清单，不是要导入的表", ""]


def test_marking_runs_in_the_child_process() -> None:
    source = source_of("名册.xlsx", saved(book_of(WRONG)))
    mark = Mark("名册", 3, "C", "火星", "“火星”不在可选项中", "教师党支部", is_error=True, place="")
    copy = mark_copy(Marking(source, (), (mark,), ("请于 3 月 20 日前发回。",)))
    book = opened(copy)
    assert book["名册"]["C3"].comment.text == "须改正：“火星”不在可选项中（是否为：教师党支部）"
    assert book["问题清单"]["A3"].value == "请于 3 月 20 日前发回。"


def test_a_problem_in_a_merged_range_stands_at_its_first_cell_and_a_comment_of_the_sender_stays() -> None:
    book = book_of(
        [HEAD, ("火星学院", "教工一支部", "教师", "2019.9", 1), (None, "教工二支部", "教师", "2019.9", 1)]
    )
    book.worksheets[0].merge_cells("A2:A3")
    book.worksheets[0]["A2"].comment = Comment("请核", "填表人")
    source = source_of("名册.xlsx", saved(book))
    sheet = opened(sent_back(source, read(source)))["名册"]
    text = sheet["A2"].comment.text
    assert text.startswith("请核\n须改正：")
    assert "火星学院" in text


def test_a_second_copy_forgets_what_the_first_one_said() -> None:
    first = source_of("名册.xlsx", saved(book_of(WRONG)))
    again = source_of("名册.xlsx", sent_back(first, read(first)).data)
    mark = Mark("名册", 4, "D", "下半年", "日期", "", is_error=True, place="")
    book = opened(marked_copy.make_marked_copy(Marking(again, (), (mark,)), read(again)))
    assert book.sheetnames == ["问题清单", "名册"]
    assert book["名册"]["C3"].comment is None
    assert book["名册"]["C3"].fill.fgColor.rgb != marked_copy.RED
    assert book["名册"]["D4"].comment is not None


def test_formulas_keep_their_results() -> None:
    book = book_of([HEAD, ("机械学院", "教工第一党支部", "火星", "2019.9", "=SUM(5,7)")])
    data = changed(
        saved(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>SUM(5,7)</f><v></v>", b"<f>SUM(5,7)</f><v>12</v>").replace(
            b"<f>SUM(5,7)</f><v/>", b"<f>SUM(5,7)</f><v>12</v>"
        ),
    )
    source = source_of("名册.xlsx", data)
    assert read(source)[0].cell(1, 4) == 12
    copy = sent_back(source, read(source))
    assert opened(copy)["名册"]["E2"].value == "=SUM(5,7)"
    assert returned("名册.xlsx", copy)[1][0].cell(1, 4) == 12


def test_what_the_copy_lacks_is_told() -> None:
    book = book_of(WRONG)
    chart = BarChart()
    chart.add_data(Reference(book.worksheets[0], min_col=5, min_row=3, max_row=5))
    book.worksheets[0].add_chart(chart, "H2")
    data = saved(book)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/cellimages.xml", b"<x/>")
    source = source_of("名册.xlsm", out.getvalue())
    copy = sent_back(source, read(source))
    assert {"宏", "单元格里的图片", "图表的部分格式"} <= set(copy.losses)
    clean = source_of("名册.xlsx", saved(book_of(WRONG)))
    assert sent_back(clean, read(clean)).losses == ()


def test_a_merge_over_the_whole_sheet_is_not_opened_but_rebuilt() -> None:
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A8:XFD1048576"/></mergeCells>'
    data = changed(
        saved(book_of(WRONG)), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", merge)
    )
    source = source_of("名册.xlsx", data)
    copy = sent_back(source, read(source))
    assert copy.rebuilt
    assert opened(copy)["名册"]["C3"].comment is not None


def test_an_empty_cell_far_away_that_only_has_a_colour_does_not_stop_the_work() -> None:
    book = book_of(WRONG)
    book.worksheets[0].cell(1_048_576, 16_384).fill = PatternFill("solid", fgColor="FFFFFF00")
    source = source_of("名册.xlsx", saved(book))
    assert not sent_back(source, read(source)).rebuilt


def test_a_workbook_that_openpyxl_cannot_open_is_rebuilt() -> None:
    data = changed(
        saved(book_of(WRONG)),
        "xl/styles.xml",
        lambda xml: xml.replace(b"</styleSheet>", b"<cellXfs/></styleSheet>"),
    )
    data = changed(data, "docProps/core.xml", lambda _: b"<x><y>")
    source = source_of("名册.xlsx", data)
    copy = sent_back(source, read(source))
    assert copy.rebuilt
    assert opened(copy)["名册"]["C3"].comment is not None


def test_the_last_digit_of_a_number_stays() -> None:
    source = source_of("名册.xlsx", saved(book_of([HEAD, ("机械学院", 213.23239999999998, "火星", "", 1)])))
    data = changed(
        source.data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"213.2324<", b"213.23239999999998<")
    )
    source = source_of("名册.xlsx", data)
    assert read(source)[0].cell(1, 1) == 213.23239999999998
    assert returned("名册.xlsx", sent_back(source, read(source)))[1][0].cell(1, 1) == 213.23239999999998


def test_an_old_workbook_comes_back_as_a_new_one_with_values_merges_and_what_was_shown(
    tmp_path: Path,
) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册", cell_overwrite_ok=True)
    for row, cells in enumerate((*WRONG[1:4], ("", "教工第九党支部", "教师", "2019.9", 4))):
        for column, value in enumerate(cells):
            if row != 3 or column != 0:
                sheet.write(row, column, value)
    sheet.merge(2, 3, 0, 0)
    sheet.write(1, 3, 2019.1, xlwt.easyxf(num_format_str="0.00"))
    sheet.write(3, 3, date(2019, 9, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    out = io.BytesIO()
    book.save(out)
    source = source_of("名册.xls", out.getvalue())
    grids = read(source)
    copy = sent_back(source, grids)
    assert copy.rebuilt
    assert "字体、颜色、边框等格式" in copy.losses
    again, back = returned("名册.xls", copy)
    assert back[0].merges == grids[0].merges
    assert back[0].shown == grids[0].shown
    assert told(plan_of(again, back[0])) == told(plan_of(source, grids[0]))


def test_text_of_a_csv_that_looks_like_a_formula_stays_text() -> None:
    source = source_of("名册.csv", "所属院级党组织,党支部名称,支部类型\n机械学院,=1+1,火星\n".encode())
    copy = sent_back(source, read(source))
    cell = opened(copy)["名册"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "机械学院",
            "教工第一党支部",
            "教师",
            "火星",
            "2019.9",
            "下半年",
            "=1+1",
            "无",
            " 两 边 ",
            "一行\n两行",
        ]
    ),
    st.integers(-5, 50_000),
    st.sampled_from([2019.1, 43709.0, 12.5, True, date(2019, 9, 1)]),
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=6),
    st.booleans(),
    st.booleans(),
)
def test_a_marked_copy_is_imported_as_its_original(
    rows: list[list[object]], titled: bool, merged: bool
) -> None:
    lines = [*([("某某大学党支部名册",)] if titled else []), HEAD, *rows]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    for number, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            if value != "":
                cell = sheet.cell(number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
                if value == 2019.1:
                    cell.number_format = "0.00"
    if merged and len(rows) > 1:
        sheet.merge_cells(start_row=len(lines) - 1, end_row=len(lines), start_column=1, end_column=1)
    source = source_of("名册.xlsx", saved(book))
    grids = read(source)
    again, back = returned("名册.xlsx", sent_back(source, grids))
    assert told(plan_of(again, back[0])) == told(plan_of(source, grids[0]))


@pytest.mark.parametrize("own", [True, False])
def test_a_rebuilt_sheet_keeps_its_name_and_state(own: bool) -> None:
    book = book_of(WRONG)
    hidden = book.create_sheet("去年")
    hidden.append(["党支部"])
    hidden.sheet_state = "hidden"
    source = source_of("名册.xlsx", saved(book))
    grids = read(source)
    if not own:
        from dualcreate_desktop.intake.rebuilding import rebuilt

        made = rebuilt(grids)
        assert [(sheet.title, sheet.sheet_state) for sheet in made.worksheets] == [
            ("名册", "visible"),
            ("去年", "hidden"),
        ]
        return
    copy = marked_copy.make_marked_copy(Marking(source, (), ()), grids)
    assert opened(copy)["去年"].sheet_state == "hidden"


TEXTS = st.lists(
    st.lists(
        st.sampled_from(
            ["", "机械学院", "教工第一党支部", "教师", "火星", "2019.10", "下半年", "=1+1", "000123", "12"]
        ),
        min_size=5,
        max_size=5,
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_a_rebuilt_copy_is_imported_as_its_original(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    source = source_of("名册.csv", out.getvalue().encode("gb18030"))
    grids = read(source)
    copy = sent_back(source, grids)
    again, back = returned("名册.csv", copy)
    assert copy.rebuilt
    assert told(plan_of(again, back[0])) == told(plan_of(source, grids[0]))


def test_what_only_the_file_format_tells_survives_the_copy() -> None:
    book = book_of([HEAD])
    sheet = book.worksheets[0]
    for row in (
        ("机械学院", "教工第一党支部", "火星", 43709, "=1+1"),
        ("机械学院", "教工第二党支部", "教师", 2019.1, "#N/A"),
        ("机械学院", 123, "教师", date(2019, 9, 1), 3),
    ):
        sheet.append(row)
    sheet["D3"].number_format, sheet["B4"].number_format = "0.00", "000000"
    sheet["D2"].number_format = sheet["D4"].number_format = 'yyyy"年"m"月"'
    sheet.row_dimensions[4].hidden = True
    data = changed(
        saved(book),
        "xl/styles.xml",
        lambda xml: xml.replace(b'numFmtId="165"', b'numFmtId="57"') if b"yyyy" in xml else xml,
    )
    source = source_of("名册.xlsx", data)
    grids = read(source)
    assert grids[0].uncalculated
    assert grids[0].errors
    assert len(grids[0].shown) == 4
    again, back = returned("名册.xlsx", sent_back(source, grids))
    assert (back[0].errors, back[0].uncalculated, back[0].shown, back[0].hidden_rows) == (
        grids[0].errors,
        grids[0].uncalculated,
        grids[0].shown,
        grids[0].hidden_rows,
    )
    assert told(plan_of(again, back[0])) == told(plan_of(source, grids[0]))
