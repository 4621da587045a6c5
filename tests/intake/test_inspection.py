"""What inspect tells, and that docs/inspect.md names every key of it."""

from __future__ import annotations

import dataclasses
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl

from dualcreate_desktop.intake.inspection import SourceReport, inspect
from dualcreate_desktop.lists import LIST_KINDS

DOCUMENT = Path(__file__).parents[2] / "docs" / "inspect.md"
ROWS = [
    ["填报单位：机械工程学院"],
    ["序号", "党支部名称", "支部类型", "成立时间", "食堂"],
    [1, "教工一支部", "教师", "下半年", "二食堂"],
    ["填表人：李四"],
]


def looked_at(*paths: Path, passwords: tuple[str, ...] = ()) -> list[SourceReport]:
    return list(inspect(paths, LIST_KINDS, passwords=passwords))


def test_a_file_is_told_without_a_store(tmp_path: Path, make_workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "名册.xls"
    path.write_bytes(make_workbook(ROWS))
    (report,) = looked_at(path)
    (sheet,) = report.sheets
    assert (report.path, report.kind, report.encoding, report.refused) == (("名册.xls",), "xlsx", "", None)
    assert (sheet.list_label, sheet.header_rows, sheet.first_row, sheet.last_row) == (
        "党支部名册",
        (2,),
        3,
        3,
    )
    assert [(c.column, c.field, c.confidence) for c in sheet.columns] == [
        ("A", "", 0.0),
        ("B", "name", 1.0),
        ("C", "kind", 1.0),
        ("D", "founded", 1.0),
        ("E", "", 0.0),
    ]
    assert sheet.labels == {"填报单位": "机械工程学院"}
    assert [(r.row, r.values["kind"], r.extra) for r in sheet.records] == [(3, "teacher", {"食堂": "二食堂"})]
    assert [(p.code, p.row, p.column, p.severity) for p in sheet.problems] == [("bad_date", 3, "D", "error")]
    assert [(s.row, s.code) for s in sheet.skipped] == [(1, "above"), (2, "header"), (4, "footer")]
    assert sheet.rows == len(sheet.records) + len(sheet.skipped)
    assert sheet.notes == ("未导入的列：食堂",)


def test_what_is_hidden_is_told_with_its_places(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(list(row))
    sheet.row_dimensions[3].hidden = sheet.column_dimensions["D"].hidden = True
    book.save(tmp_path / "名册.xlsx")
    (told,) = looked_at(tmp_path / "名册.xlsx")[0].sheets
    assert (told.hidden_rows, told.hidden_columns) == ((3,), ("D",))
    assert told.notes[:2] == ("有 1 行被隐藏或筛选掉，也已读取", "有隐藏的列，也已读取")


def test_a_sheet_of_marks_is_not_taken_for_applications(
    tmp_path: Path, make_workbook: Callable[..., bytes]
) -> None:
    rows = [
        ["评审评分表"],
        ["类别", "申报党组织", "工作基础（30分）", "备注"],
        ["样板支部", "教工一支部", 27.5],
    ]
    (tmp_path / "打印.xlsx").write_bytes(make_workbook(rows))
    (sheet,) = looked_at(tmp_path / "打印.xlsx")[0].sheets
    assert (sheet.list, sheet.records) == ("", ())
    assert sheet.reason.startswith("评分表")


def test_a_sheet_that_is_no_list_is_told_as_such(tmp_path: Path, make_workbook: Callable[..., bytes]) -> None:
    path = tmp_path / "通讯录.xlsx"
    path.write_bytes(make_workbook([["苹果", "梨"], [1, 2]]))
    (sheet,) = looked_at(path)[0].sheets
    assert (sheet.list, sheet.rows, sheet.records) == ("", 2, ())
    assert "没有认出" in sheet.reason


def test_a_folder_is_looked_through_and_nothing_in_it_stops_the_rest(
    tmp_path: Path, make_workbook: Callable[..., bytes]
) -> None:
    folder = tmp_path / "来件"
    (folder / "机械学院").mkdir(parents=True)
    (folder / "机械学院" / "名册.xlsx").write_bytes(make_workbook(ROWS))
    (folder / "坏.xlsx").write_bytes(make_workbook(ROWS)[:300])
    (folder / "照片.xlsx").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "~$名册.xlsx").write_bytes(b"x")
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("表.csv", "党支部名称,支部类型\n教工一支部,教师\n".encode("gbk"))
    reports = looked_at(folder, tmp_path / "没有.xlsx")
    assert [(report.path, report.kind, report.encoding) for report in reports] == [
        (("来件", "包.zip", "表.csv"), "text", "gb18030"),
        (("来件", "坏.xlsx"), "", ""),
        (("来件", "照片.xlsx"), "image", ""),
        (("来件", "机械学院", "名册.xlsx"), "xlsx", ""),
        (("没有.xlsx",), "", ""),
    ]
    refused = [report.refused for report in reports]
    assert [r and r.text for r in refused] == [
        None,
        "文件已损坏或没有下载完整",
        "不能作为表格读取：图片",
        None,
        "文件打不开",
    ]
    assert [report.looked_at for report in reports] == [True, True, True, True, False]


def documented() -> set[str]:
    return set(
        re.findall(
            r"`([a-z_0-9]+)`", "".join(re.findall(r"^\| (`.*?) \|", DOCUMENT.read_text("utf-8"), re.M))
        )
    )


def test_every_test_that_the_document_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT.read_text("utf-8")))
    written = {
        name
        for path in Path(__file__).parents[1].rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert named
    assert named <= written


def keys_of(told: object) -> Iterator[str]:
    """The keys of the report itself; those inside values, extra and labels are data."""
    if isinstance(told, list):
        for each in told:
            yield from keys_of(each)
    elif isinstance(told, dict):
        yield from told
        for key, each in told.items():
            if key not in ("values", "extra", "labels"):
                yield from keys_of(each)


def test_the_documented_keys_are_those_of_the_output(
    tmp_path: Path, make_workbook: Callable[..., bytes]
) -> None:
    (tmp_path / "名册.xlsx").write_bytes(make_workbook(ROWS))
    (tmp_path / "空.csv").touch()
    told = json.loads(json.dumps([dataclasses.asdict(r) for r in looked_at(tmp_path)], default=str))
    assert set(keys_of(told)) == documented()


def test_a_filled_word_form_is_told_as_a_sheet_of_one_record(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows,
        (("申报党组织", "教工第一党支部"), ("推荐顺序", "第一"), ("联系人", "钱一帆")),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "申报表.docx"))
    (report,) = looked_at(tmp_path / "申报表.docx")
    form, table_report = report.sheets
    assert (report.kind, form.name, form.list, form.rows) == ("docx", "申报表", "applications", 2)
    assert form.records[0].values == {"branch": "教工第一党支部", "contact": "钱一帆"}
    assert [(problem.field, problem.place) for problem in form.problems] == [("preference", "表格 1 第 2 行")]
    assert (table_report.name, table_report.list) == ("表格 1", "")
