"""OpenDocument spreadsheets as LibreOffice writes them: they tell as much as a workbook of Excel."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from db.errors import FileRefused
from db.vocabulary import RowState
from dualcreate_desktop.intake.child import read
from dualcreate_desktop.intake.containers import source_of
from dualcreate_desktop.intake.grid import Grid, Merge, SheetState
from dualcreate_desktop.intake.known import Known
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.shape import guess_list
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.rules.dates import PartialDate

GridOf = Callable[..., Grid]
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("draw", "drawing"))
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip
HEAD = ("所属院级党组织", "党支部名称", "支部类型", "成立时间", "组织编码")


def document(*sheets: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>"
            '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
            f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(sheets)}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def sheet(rows: str, *, name: str = "名册", columns: str = "", style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{rows}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def words(*texts: str) -> str:
    return "".join(cell(text, 'office:value-type="string"') for text in texts)


def cell(shown: str = "", more: str = "") -> str:
    text = f"<text:p>{shown}</text:p>" if shown else ""
    return f"<table:table-cell {more}>{text}</table:table-cell>"


def number(value: str, shown: str) -> str:
    return cell(shown, f'office:value-type="float" office:value="{value}"')


def day(value: str, shown: str) -> str:
    return cell(shown, f'office:value-type="date" office:date-value="{value}"')


ERROR = cell(
    "#N/A",
    'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"',
)
COLLAPSED = 'table:visibility="collapse"'
ENDLESS = '<table:table-row table:number-rows-repeated="1048566"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'


def test_values_have_their_types_and_places(grid_of: GridOf) -> None:
    moment = cell("12:30", 'office:value-type="time" office:time-value="PT12H30M00S"')
    yes = cell("TRUE", 'office:value-type="boolean" office:boolean-value="true"')
    twice = cell("同", 'office:value-type="string" table:number-columns-repeated="2"')
    lines = '<table:table-cell office:value-type="string"><text:p>甲<text:s text:c="2"/>乙</text:p><text:p>丙</text:p></table:table-cell>'
    rows = (
        row(cell(), more='table:number-rows-repeated="2"')
        + row(cell(), number("12", "12"), day("2019-09-01", "2019-09-01"), moment, yes, twice, lines)
        + row(day("2019-09-01T17:00:00", "2019-09-01 17:00"), more='table:number-rows-repeated="2"')
        + ENDLESS
    )
    grid = grid_of(document(sheet(rows)), "名册.ods")
    assert grid.rows == (
        (),
        (),
        ("", 12.0, date(2019, 9, 1), time(12, 30), True, "同", "同", "甲  乙\n丙"),
        (datetime(2019, 9, 1, 17),),
        (datetime(2019, 9, 1, 17),),
    )
    assert grid.shown == {}


def test_errors_formulas_merges_and_what_is_hidden_are_told(grid_of: GridOf) -> None:
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    rows = (
        row(cell("甲", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'), ERROR)
        + row("<table:covered-table-cell/>", cell(more='table:formula="of:=[.A1]"'), words("丙"))
        + row(words("乙"), more='table:visibility="filter"')
        + f"<table:table-row-group>{row(words('丁'), more=COLLAPSED)}</table:table-row-group>"
    )
    grid = grid_of(document(sheet(rows, columns=columns, style="ta2")), "名册.ods")
    assert (grid.errors, grid.uncalculated) == ({(0, 1): "#N/A"}, {(1, 1)})
    assert (grid.merges, grid.hidden_rows, grid.hidden_columns) == ((Merge(0, 0, 1, 0),), {2, 3}, {2})
    assert grid.state is SheetState.HIDDEN


def test_a_comment_or_picture_is_no_text_and_a_kept_copy_of_another_file_no_sheet() -> None:

    noted = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>请核对</text:p></office:annotation>'
        "<draw:frame><draw:text-box><text:p>图</text:p></draw:text-box></draw:frame><text:p>教工一支部</text:p></table:table-cell>"
    )
    copy = sheet(f"<table:table-source/>{row(words('别处'))}", name="'file:///别处.ods'#$表")
    (grid,) = read(source_of("名册.ods", document(sheet(row(noted)), copy)))
    assert grid.rows == (("教工一支部",),)


def test_the_clerk_sees_the_same_plan_as_of_a_workbook(known: Known) -> None:
    def line(name: str, founded: str, code: str, more: str = "") -> str:
        return row(words("机械学院", name, "教师"), founded, code, more=more)

    rows = (
        row(words(*HEAD))
        + line("教工第二十党支部", day("2019-09-01", "2019年9月"), number("123", "000123"))
        + line("教工第二十一党支部", number("2019.1", "2019.10"), ERROR, 'table:visibility="filter"')
        + row(words("机械学院", "教工第二十二党支部"), ERROR)
    )
    source = source_of("名册.ods", document(sheet(rows)))

    (grid,) = read(source)
    guess = guess_list(grid, LIST_KINDS, file_name=source.name)
    assert guess is not None
    plan = make_plan(guess, grid, known, source=source)
    assert [row.state for row in plan.rows] == [RowState.NEW, RowState.NEW, RowState.PROBLEM]
    assert (plan.rows[0].values["founded"], plan.rows[0].values["code"]) == (PartialDate(2019, 9), "000123")
    assert plan.rows[1].values["founded"] == PartialDate(2019, 10)
    assert [(each.row, each.column, each.message) for each in plan.all_problems] == [
        (3, "E", "单元格是错误值 #N/A"),
        (4, "C", "单元格是错误值 #N/A"),
    ]
    assert plan.notes == ("有 1 行被隐藏或筛选掉，也已读取",)


def test_a_document_type_behind_a_long_comment_is_refused(grid_of: GridOf) -> None:
    comment = f"<?xml version='1.0'?><!--{'略' * 3000}--><!DOCTYPE a [<!ENTITY b 'c'>]>"
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document(sheet(row(words("甲")))))) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for name in before.namelist():
            after.writestr(name, (comment.encode() if name == "content.xml" else b"") + before.read(name))
    with pytest.raises(FileRefused, match="DOCTYPE"):
        grid_of(out.getvalue(), "名册.ods")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            row(cell("甲", 'office:value-type="string" table:number-columns-repeated="900000000"')),
            "范围过大",
        ),
        (row(words("甲"), more='table:number-rows-repeated="多"'), "XML 已损坏"),
        ("<table:table-row>", "XML 已损坏"),
    ],
)
def test_a_hostile_document_is_refused_with_the_reason(grid_of: GridOf, rows: str, message: str) -> None:
    with pytest.raises(FileRefused, match=message):
        grid_of(document(sheet(rows)), "名册.ods")
