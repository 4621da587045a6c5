"""The nastiest cells, from the bytes of a workbook to what the clerk sees."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date

import openpyxl
import pytest
import xlwt

from db.vocabulary import RowState
from dualcreate_desktop.intake.containers import Kind, source_of
from dualcreate_desktop.intake.grid import Grid, SheetState
from dualcreate_desktop.intake.known import Known
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.rows import SkipReason
from dualcreate_desktop.intake.shape import guess_list
from dualcreate_desktop.intake.sheets import read_sheets
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.rules.dates import PartialDate

HEAD = ("所属院级党组织", "党支部名称", "支部类型", "成立时间", "组织编码", "书记电话")
Told = list[tuple[int, str, str]]


@pytest.fixture
def import_of(known: Known) -> Callable[..., list[ImportPlan]]:
    """All sheets of a file that hold a list, planned: read by the child process like any other."""

    def planned(data: bytes, name: str = "名册.xlsx") -> list[ImportPlan]:
        source = source_of(name, data)
        found = ((grid, guess_list(grid, LIST_KINDS, file_name=name)) for grid in read_sheets(source))
        return [make_plan(guess, grid, known, source=source) for grid, guess in found if guess is not None]

    return planned


Import = Callable[..., list[ImportPlan]]


def told(plan: ImportPlan) -> Told:
    return [(problem.row, problem.column, problem.message) for problem in plan.all_problems]


def workbook(fill: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    sheet.append(HEAD)
    fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def line(number: int, founded: object = "2019.9", **cells: object) -> list[object]:
    return ["机械学院", f"教工第{number}党支部", cells.get("kind", "教师"), founded, cells.get("code", ""), cells.get("phone", "")]  # fmt: skip


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_one_column_of_dates_in_ten_notations_is_read_month_by_month(import_of: Import) -> None:
    notations: Sequence[tuple[object, str, str]] = [
        (2019.9, "General", "2019-09"),
        ("2019.09", "@", "2019-09"),
        (2019.1, "0.00", "2019-10"),
        (201909, "General", "2019-09"),
        (20190901, "General", "2019-09-01"),
        (43709, 'yyyy"年"m"月"', "2019-09"),
        (43709, "General", "2019-09-01"),
        ("２０１９．９", "@", "2019-09"),
        ("二〇一九年九月", "@", "2019-09"),
        (date(2019, 9, 1), "yyyy-mm-dd", "2019-09-01"),
        ("至今", "@", ""),
    ]

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        for number, (value, code, _) in enumerate(notations, 20):
            sheet.append(line(number, value))
            sheet.cell(sheet.max_row, 4).number_format = code

    (plan,) = import_of(workbook(fill))
    assert [str(row.values.get("founded", "")) for row in plan.rows] == [text for *_, text in notations]
    assert {row.state for row in plan.rows} == {RowState.NEW}
    assert told(plan) == []


def test_october_that_excel_cut_to_2019_1_is_doubted(import_of: Import) -> None:
    (plan,) = import_of(workbook(lambda sheet: sheet.append(line(20, 2019.1))))
    ((row, column, message),) = told(plan)
    assert (row, column) == (2, "D")
    assert "10" in message
    assert not plan.all_problems[0].is_error
    assert plan.all_problems[0].suggestion


def test_a_month_shown_by_the_built_in_format_57_has_no_day(import_of: Import) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(line(20, 43709))
        sheet["D2"].number_format = "0.000000"

    styles = workbook(fill)
    styles = replaced(styles, "xl/styles.xml", b'<numFmt numFmtId="164"', b'<numFmt numFmtId="199"')
    (plan,) = import_of(replaced(styles, "xl/styles.xml", b'"164"', b'"57"'))
    assert plan.rows[0].values["founded"] == PartialDate(2019, 9)


def test_an_error_cell_keeps_a_row_out_only_where_the_cell_is_needed(import_of: Import) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(line(20, kind="#N/A"))
        sheet.append(line(21, code="#REF!"))
        sheet["C2"].data_type = sheet["E3"].data_type = "e"

    (plan,) = import_of(workbook(fill))
    assert [row.state for row in plan.rows] == [RowState.PROBLEM, RowState.NEW]
    assert told(plan) == [(2, "C", "单元格是错误值 #N/A"), (3, "E", "单元格是错误值 #REF!")]


def test_a_formula_without_a_result_says_what_to_do(import_of: Import) -> None:
    (plan,) = import_of(workbook(lambda sheet: sheet.append(line(20, kind='=IF(1,"教师","")'))))
    assert told(plan) == [(2, "C", "公式没有计算结果，请用 Excel 打开、保存后再导入")]
    assert plan.rows[0].state is RowState.PROBLEM


def test_codes_keep_their_zeros_and_a_long_number_is_doubted(import_of: Import) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(line(20, code=123, phone=330106199001011234))
        sheet["E2"].number_format = "000000"

    (plan,) = import_of(workbook(fill))
    assert plan.rows[0].values["code"] == "000123"
    ((row, column, message),) = told(plan)
    assert (row, column) == (2, "F")
    assert "长数字被存成了数值" in message


def test_a_picture_cell_of_wps_is_empty_and_no_problem(import_of: Import) -> None:
    (plan,) = import_of(workbook(lambda sheet: sheet.append(line(20, code='=_xlfn.DISPIMG("ID_1",1)'))))
    assert "code" not in plan.rows[0].values
    assert told(plan) == []


def test_rows_hidden_by_a_filter_are_read_and_told(import_of: Import) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        for number in (20, 21, 22):
            sheet.append(line(number))
        sheet.auto_filter.ref = "A1:F4"
        sheet.row_dimensions[3].hidden = True

    (plan,) = import_of(workbook(fill))
    assert [row.row for row in plan.rows] == [2, 3, 4]
    assert "有 1 行被隐藏或筛选掉，也已读取" in plan.notes


def test_last_years_list_on_a_hidden_sheet_comes_with_a_warning(import_of: Import) -> None:
    book = openpyxl.Workbook()
    now, before = book.active, book.create_sheet("2022年")
    assert now is not None
    now.title = "2023年"
    for sheet in (now, before):
        sheet.append(HEAD)
        sheet.append(line(20))
    before.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    visible, hidden = import_of(out.getvalue())
    assert visible.notes == ()
    assert hidden.notes == ("工作表“2022年”是隐藏的，请确认它不是往年的名单",)


def test_a_very_hidden_sheet_is_hidden_too() -> None:
    book = xlwt.Workbook()
    book.add_sheet("名册").write(0, 0, "党支部名称")
    book.add_sheet("去年").visibility = 2
    out = io.BytesIO()
    book.save(out)
    states = [grid.state for grid in read_sheets(source_of("名册.et", out.getvalue()))]
    assert states == [SheetState.VISIBLE, SheetState.VERY_HIDDEN]


def test_two_header_rows_and_grouped_rows_make_whole_records(import_of: Import) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["党支部名册"],
        ["学院", "党支部名称", "支部类型", "党员人数", "", "备注"],
        ["", "", "", "正式", "预备", ""],
        ["机械学院", "教工第二十党支部", "教师", 12, 1, ""],
        ["", "教工第二十一党支部", "教师", 9, "", ""],
        ["材料学院", "教工第二十二党支部", "教师", 8, 2, ""],
    ):
        sheet.append(cells)
    for cells in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "A4:A5"):
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    (plan,) = import_of(out.getvalue())
    assert [(row.row, row.values["unit"], row.values["full_members"]) for row in plan.rows] == [
        (4, "u-jx", 12),
        (5, "u-jx", 9),
        (6, "u-cl", 8),
    ]
    assert plan.rows[0].values["probationary_members"] == 1
    assert [row.reason for row in plan.skipped] == [SkipReason.ABOVE, SkipReason.HEADER, SkipReason.HEADER]


def test_a_row_below_the_footer_and_names_with_a_footers_words_are_records(import_of: Import) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(line(20))
        sheet.append(["合计", "", "", 1])
        sheet.append(["填表人：李四", "", "审核人（签字）："])
        sheet.append(["机械学院", "合计研究所教工党支部", "教师", "2019.9"])
        sheet.append(["机械学院", "产品说明教研室教工党支部", "教师", "2019.9"])

    (plan,) = import_of(workbook(fill))
    assert [row.row for row in plan.rows] == [2, 5, 6]
    assert [(row.row, row.reason) for row in plan.skipped][1:] == [
        (3, SkipReason.TOTAL),
        (4, SkipReason.FOOTER),
    ]


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for row, cells in enumerate((HEAD, line(20))):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TABLE = "\r\n".join(",".join(map(str, cells)) for cells in (HEAD, line(20)))
PAGE = "<html><meta charset=gb2312><table>{}</table></html>".format(
    "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in (HEAD, line(20)))
)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("两行.csv", TABLE.encode("gbk"), Kind.TEXT),
        ("名册.xls", TABLE.replace(",", "\t").encode("utf-16"), Kind.TEXT),
        ("名册.xls", TABLE.encode("utf-8-sig"), Kind.TEXT),
        ("名册.xls", PAGE.encode("gb18030"), Kind.HTML),
        ("名册.txt", TABLE.replace(",", "\t").encode("gbk"), Kind.TEXT),
        ("名册.xls", workbook(lambda sheet: sheet.append(line(20))), Kind.XLSX),
        ("名册.xlsx", old_workbook(), Kind.XLS),
        ("名册.et", old_workbook(), Kind.XLS),
    ],
)
def test_whatever_its_name_says_the_file_is_read_for_what_it_is(
    import_of: Import, name: str, data: bytes, kind: Kind
) -> None:
    assert source_of(name, data).kind is kind
    (plan,) = import_of(data, name)
    assert [(row.state, row.values["name"], str(row.values["founded"])) for row in plan.rows] == [
        (RowState.NEW, "教工第20党支部", "2019-09")
    ]


def test_a_workbook_with_macros_is_read(import_of: Import) -> None:
    data = workbook(lambda sheet: sheet.append(line(20)))
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    (plan,) = import_of(replaced(data, "[Content_Types].xml", plain, macros), "名册.xlsm")
    assert plan.summary == "新增 1"


def test_cells_far_from_the_table_are_named_in_the_refusal() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    sheet.write(0, 0, "党支部名称")
    sheet.write(65_535, 255, "x")
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Exception, match="“名册”的内容远到 IV65536"):
        read_sheets(source_of("名册.xls", out.getvalue()))


def test_a_grid_is_told_from_its_first_cell_even_when_the_table_begins_elsewhere(import_of: Import) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column, (title, cell) in enumerate(zip(HEAD, line(20), strict=True), 4):
        sheet.cell(7, column, title)
        sheet.cell(9, column, cell)
    out = io.BytesIO()
    book.save(out)
    (plan,) = import_of(out.getvalue())
    assert [row.row for row in plan.rows] == [9]
    assert isinstance(read_sheets(source_of("a.xlsx", out.getvalue()))[0], Grid)
