from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.vocabulary import ProblemKind
from dualcreate_desktop.intake.inspection import inspect
from dualcreate_desktop.lists import LIST_KINDS


def test_a_file_is_told_without_a_store(tmp_path: Path, make_workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "名册.xls"
    path.write_bytes(
        make_workbook(
            [
                ["填报单位：机械工程学院"],
                ["序号", "党支部名称", "支部类型", "成立时间", "食堂"],
                [1, "教工一支部", "教师", "下半年", "二食堂"],
                ["填表人：李四"],
            ]
        )
    )
    report = inspect(path, LIST_KINDS)
    (sheet,) = report.sheets
    assert report.kind == "Excel 工作簿（xlsx）"
    assert (sheet.list_label, sheet.header_rows, sheet.records) == ("党支部名册", (2,), 1)
    assert sheet.mapping == {
        "序号": "",
        "党支部名称": "党支部名称",
        "支部类型": "支部类型",
        "成立时间": "成立时间",
        "食堂": "",
    }
    assert sheet.labels == {"填报单位": "机械工程学院"}
    assert [(p.kind, p.row, p.column) for p in sheet.problems] == [(ProblemKind.BAD_DATE, 3, "D")]


def test_a_sheet_that_is_no_list_is_told_as_such(tmp_path: Path, make_workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "通讯录.xlsx"
    path.write_bytes(make_workbook([["苹果", "梨"], [1, 2]]))
    (sheet,) = inspect(path, LIST_KINDS).sheets
    assert (sheet.list_key, sheet.rows, sheet.records) == ("", 2, 0)
