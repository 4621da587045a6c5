"""CSV, text, HTML and XML tables, most of them named .xls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from db.errors import FileRefused
from dualcreate_desktop.intake.grid import Grid, Merge, SheetState

GridOf = Callable[..., Grid]
TWO_LINES = "党支部,书记\r\n教工一支部,张三\r\n"


@pytest.mark.parametrize(
    "encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_two_lines_are_enough_to_know_the_encoding(grid_of: GridOf, encoding: str) -> None:
    grid = grid_of(TWO_LINES.encode(encoding), "名册.csv")
    assert grid.rows == (("党支部", "书记"), ("教工一支部", "张三"))


def test_a_tab_separated_text_named_xls_is_read(grid_of: GridOf) -> None:
    grid = grid_of(TWO_LINES.replace(",", "\t").encode("utf-16"), "名册.xls")
    assert grid.rows[1] == ("教工一支部", "张三")


def test_a_quoted_cell_may_hold_separators_and_lines(grid_of: GridOf) -> None:
    grid = grid_of('党支部,备注\n甲,"一,二\n三"\n'.encode(), "名册.csv")
    assert grid.rows[1] == ("甲", "一,二\n三")


def test_an_endless_cell_is_refused_with_its_line(grid_of: GridOf) -> None:
    with pytest.raises(FileRefused, match="引号或分隔符有误"):
        grid_of(b'a,b\n"' + b"x" * (2 << 20), "名册.csv")


def test_a_quote_that_is_never_closed_is_refused_and_swallows_no_rows(grid_of: GridOf) -> None:
    with pytest.raises(FileRefused, match="引号没有成对") as refused:
        grid_of('党支部,书记\n甲,"张三\n乙,李四\n丙,王五\n'.encode(), "名册.csv")
    assert refused.value.where == "名册.csv 第 2 行"


def test_a_code_that_was_guarded_by_a_formula_is_the_code(grid_of: GridOf) -> None:
    grid = grid_of('编码,电话\n"=""000123""",="0571"\n'.encode(), "名册.csv")
    assert grid.rows[1] == ("000123", "0571")


def test_a_gb2312_page_named_xls_is_read_with_its_spans(grid_of: GridOf) -> None:
    page = (
        "<html><head><meta charset=gb2312></head><table><tr><th>学院<th>党支部</tr>"
        "<tr><td rowspan=2>机械<td>教工&nbsp;一支部</tr><tr><td>㛃<br>二</td></tr></table>"
    )
    grid = grid_of(page.encode("gb18030"), "名册.xls")
    assert grid.rows == (("学院", "党支部"), ("机械", "教工 一支部"), ("", "㛃\n二"))
    assert grid.merges == (Merge(1, 0, 2, 0),)


PAGE_OF_EXCEL = """<html><table>
<col><col span=2 style="display:none;width:0"><tr><td>甲<td>乙<td>丙<td>丁<td>戊</tr>
<tr hidden><td>一</tr><tr style='display:none'><td>二</tr><tr><td x:err="#N/A">#N/A<td>三<script>a="<td>"</script></tr></table>"""


def test_a_page_of_excel_tells_what_it_hides_and_its_scripts_are_no_text(grid_of: GridOf) -> None:
    grid = grid_of(PAGE_OF_EXCEL.encode(), "名册.xls")
    assert grid.hidden_rows == {1, 2}
    assert grid.hidden_columns == {1, 2}
    assert grid.rows[3] == ("#N/A", "三")


def test_a_page_without_a_table_is_refused(grid_of: GridOf) -> None:
    with pytest.raises(FileRefused, match="没有表格"):
        grid_of(b"<html><body>404</body></html>", "名册.xls")


SPREADSHEET_2003 = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名册"><Table>
 <Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">党支部</Data></Cell>
 <Cell ss:Index="4"><Data ss:Type="Number">12</Data></Cell></Row>
 <Row ss:Hidden="1"><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="DateTime">2019-09-01T00:00:00.000</Data></Cell></Row>
 </Table></Worksheet></Workbook>"""


def test_an_excel_2003_xml_table_is_read_at_its_places(grid_of: GridOf) -> None:
    grid = grid_of(SPREADSHEET_2003.encode(), "名册.xls")
    assert (grid.name, grid.cell(1, 0), grid.cell(1, 3), grid.cell(2, 1)) == (
        "名册",
        "党支部",
        12.0,
        date(2019, 9, 1),
    )
    assert (grid.merges, grid.hidden_rows, grid.errors) == ((Merge(1, 0, 1, 1),), {2}, {(2, 0): "#N/A"})


def test_an_index_far_away_is_refused_and_not_filled_up(grid_of: GridOf) -> None:
    with pytest.raises(FileRefused, match="范围过大"):
        grid_of(SPREADSHEET_2003.replace('ss:Index="4"', 'ss:Index="900000000"').encode(), "名册.xls")


def test_a_broken_xml_table_is_refused_by_the_parser(grid_of: GridOf) -> None:
    with pytest.raises(FileRefused, match="XML 表格已损坏"):
        grid_of(SPREADSHEET_2003.replace("</Table>", "").encode(), "名册.xls")


RICH_2003 = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
 <Style ss:ID="s1"><NumberFormat ss:Format="000000"/></Style>
 <Style ss:ID="s2"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles>
 <Worksheet ss:Name="名册"><Table><Column/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>
 <Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">教工<Font>第一</Font>党支部</ss:Data>
 <Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>请核对</B></ss:Data></Comment></Cell>
 <Cell ss:StyleID="s1"><Data ss:Type="Number">123</Data></Cell>
 <Cell ss:StyleID="s2"><Data ss:Type="DateTime">2019-09-01T00:00:00.000</Data></Cell>
 <Cell><Data ss:Type="DateTime">2024-03-15T17:00:00.000</Data></Cell><Cell ss:Formula="=A1"/></Row>
 <Row ss:Hidden="1" ss:Span="2"/><Row><Cell><Data ss:Type="String">第五行</Data></Cell></Row></Table>
 <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetVeryHidden</Visible></WorksheetOptions>
 </Worksheet></Workbook>"""


def test_an_excel_2003_xml_table_tells_as_much_as_a_workbook(grid_of: GridOf) -> None:
    grid = grid_of(RICH_2003.encode(), "名册.xls")
    assert grid.rows[0] == ("教工第一党支部", 123.0, date(2019, 9, 1), datetime(2024, 3, 15, 17), "")
    assert (grid.cell(4, 0), grid.hidden_rows) == ("第五行", {1, 2, 3})
    assert (grid.hidden_columns, grid.state) == ({2, 3}, SheetState.VERY_HIDDEN)
    assert grid.shown == {(0, 1): "000123", (0, 2): "2019年9月"}
    assert grid.uncalculated == {(0, 4)}
