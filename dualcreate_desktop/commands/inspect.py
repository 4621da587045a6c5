"""inspect: what is in files, mails, archives and folders, without a store."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

from dualcreate_desktop.intake.inspection import SheetReport, SourceReport, inspect
from dualcreate_desktop.lists import LIST_KINDS

HELP = "查看收到的文件：里面有什么表、表头在哪、各列对应什么、有什么问题"


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="表格、邮件、压缩包或文件夹")
    parser.add_argument("--json", action="store_true", help="输出 JSON（见 docs/inspect.md）")
    parser.add_argument(
        "--password", action="append", default=[], metavar="密码", help="打开加密文件的密码，可以给多个"
    )


def run(arguments: argparse.Namespace) -> int:
    """Inspect everything; 0 when everything was looked at, whatever was found, and 1 when a path was missing."""
    found = inspect(arguments.paths, LIST_KINDS, passwords=arguments.password)
    reports = []
    for report in found:
        reports.append(report)
        if not arguments.json:
            _tell(report)
    if arguments.json:
        told = [dataclasses.asdict(report) for report in reports]
        print(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    return 0 if all(report.looked_at for report in reports) else 1


def _tell(report: SourceReport) -> None:
    print("　".join(filter(None, (" › ".join(report.path), report.kind_label, report.encoding))))
    if report.sender or report.subject:
        print(f"  来自 {report.sender}《{report.subject}》{report.sent or ''}")
    if report.refused is not None:
        print(f"  {report.refused.text}。{report.refused.todo}。")
    for sheet in report.sheets:
        _tell_sheet(sheet)


def _tell_sheet(sheet: SheetReport) -> None:
    if not sheet.list:
        print(f"  工作表“{sheet.name}”：{sheet.rows} 行，{sheet.reason}")
        return
    rows = "、".join(map(str, sheet.header_rows))
    print(f"  工作表“{sheet.name}”：{sheet.list_label}，表头在第 {rows} 行，{len(sheet.records)} 条记录")
    for label, value in sheet.labels.items():
        print(f"    {label}：{value}")
    for note in sheet.notes:
        print(f"    {note}")
    for column in sheet.columns:
        print(f"    {column.column} 列“{' '.join(column.heading.split())}” → {column.label or '（不导入）'}")
    for problem in sheet.problems:
        print(f"    第 {problem.row} 行 {problem.column} 列：{problem.text}")
    for skipped in sheet.skipped:
        print(f"    第 {skipped.row} 行没有读：{skipped.reason}（{skipped.text}）")
