"""A selection copied in Excel or WPS."""

from __future__ import annotations

import pytest

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import Kind
from dualcreate_desktop.intake.grid import Merge
from dualcreate_desktop.intake.pasted import open_pasted
from dualcreate_desktop.intake.sheets import read_sheets

TEXT = '党支部名称\t成立时间\t备注\r\n教工一支部\t2019.10\t"一,二\n""三"""\r\n甲,乙,丙支部\t000123\t\r\n'
HTML = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>td{mso-number-format:\\@}</style></head><body>"
    "<!--StartFragment--><table><col width=72><tr height=19><td>学院</td><td>党支部名称</td></tr>"
    "<tr><td rowspan=2>机械</td><td>教工一支部</td></tr><tr style='display:none'><td>教工<br>\n  二支部</td></tr>"
    "</table><!--EndFragment--></body></html>"
)


def test_cells_of_the_text_keep_breaks_commas_and_leading_zeros() -> None:
    source = open_pasted(TEXT)
    (grid,) = read_sheets(source)
    assert (source.kind, source.name, grid.name) == (Kind.TEXT, "粘贴的内容.txt", "粘贴的内容")
    assert grid.rows == (
        ("党支部名称", "成立时间", "备注"),
        ("教工一支部", "2019.10", '一,二\n"三"'),
        ("甲,乙,丙支部", "000123", ""),
    )


def test_the_page_is_preferred_for_its_merged_cells_and_hidden_rows() -> None:
    source = open_pasted("学院\t党支部名称\n", HTML)
    (grid,) = read_sheets(source)
    assert source.kind is Kind.HTML
    assert [row[:2] for row in grid.rows] == [
        ("学院", "党支部名称"),
        ("机械", "教工一支部"),
        ("", "教工\n二支部"),
    ]
    assert (grid.merges, grid.hidden_rows) == ((Merge(1, 0, 2, 0),), {2})


def test_a_page_without_a_table_falls_back_to_the_text() -> None:
    assert open_pasted("甲\t乙", "<p>甲 乙</p>").kind is Kind.TEXT


def test_one_copied_cell_is_a_table_of_one() -> None:
    assert read_sheets(open_pasted("教工一支部"))[0].rows == (("教工一支部",),)


def test_an_empty_clipboard_is_refused_with_what_to_do() -> None:
    with pytest.raises(FileRefused, match="选中单元格并复制"):
        open_pasted(" \r\n")
