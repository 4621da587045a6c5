"""inspect: what is in a spreadsheet, without a store."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from db.errors import UserError
from dualcreate_desktop.intake.inspection import FileReport, SheetReport, inspect
from dualcreate_desktop.lists import LIST_KINDS

HELP = "查看表格文件：是什么表、表头在哪、各列对应什么、有什么问题"


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    """Inspect each file; one that is refused does not keep the others from being told."""
    reports, refused = [], 0
    for path in arguments.files:
        try:
            reports.append(inspect(path, LIST_KINDS))
        except UserError as error:
            refused += 1
            print(error, file=sys.stderr)
    if arguments.json:
        print(
            json.dumps(
                [dataclasses.asdict(report) for report in reports], ensure_ascii=False, indent=2, default=str
            )
        )
    else:
        for report in reports:
            _tell(report)
    return 1 if refused else 0


def _tell(report: FileReport) -> None:
    print(f"{report.name}　{report.kind}")
    for sheet in report.sheets:
        _tell_sheet(sheet)


def _tell_sheet(sheet: SheetReport) -> None:
    if not sheet.list_key:
        print(f"  工作表“{sheet.name}”：{sheet.rows} 行，没有认出是哪一种表")
        return
    rows = "、".join(map(str, sheet.header_rows))
    print(f"  工作表“{sheet.name}”：{sheet.list_label}，表头在第 {rows} 行，{sheet.records} 条记录")
    for label, value in sheet.labels.items():
        print(f"    {label}：{value}")
    for heading, meaning in sheet.mapping.items():
        print(f"    列“{' '.join(heading.split())}” → {meaning or '（不导入）'}")
    for problem in sheet.problems:
        print(f"    第 {problem.row} 行 {problem.column} 列：{problem.message}")
