"""demo: the sample office from e-mailed files to printed results, without a window."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from db.errors import StoreError
from db.vocabulary import RowState, Verdict
from dualcreate_desktop.office import (
    application_papers,
    eligibility,
    printing,
    projects,
    quotas,
    receipts,
    registry,
    results,
    review_papers,
    reviews,
    sample,
)
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Actor, Office, Seat, open_office
from dualcreate_desktop.paths import Paths

HELP = "示例办公室走一遍：导入 → 审查 → 收件 → 评审 → 公示 → 立项，并输出全部材料"

STORE = "示例数据"
"""The folder of the sample's store, inside the output folder; made anew each time."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--out", type=Path, default=Path("out/demo"), metavar="DIR", help="输出文件夹")


def run(arguments: argparse.Namespace) -> int:
    """Walk, print, tell what came of it and where the files are."""
    out: Path = arguments.out.resolve()
    started = datetime.now()
    office = open_office(_fresh(out), Actor("示例"), datetime.now)
    try:
        loaded = sample.load(office, _tell)
        if sys.stdout.isatty():
            print("\r\033[K", end="")
        there = replace(office, seat=Seat(Actor("章清和", "组织科-02")), clock=lambda: loaded.today)
        _account(there, loaded)
        _papers(there, loaded.round_id, out)
    finally:
        office.close()
    print(f"用时 {(datetime.now() - started).total_seconds():.0f} 秒；文件在 {out}")
    return 0


def _fresh(out: Path) -> Paths:
    """An empty store folder; only one that this command made is removed."""
    folder = out / STORE
    if folder.exists() and not (folder / "office.db").exists():
        raise StoreError("输出文件夹里已有同名的文件夹", where=str(folder), todo="请换一个输出文件夹。")
    shutil.rmtree(folder, ignore_errors=True)
    return Paths(folder)


def _tell(done: int, total: int, what: str) -> None:
    """One line that is written over, where somebody watches."""
    if sys.stdout.isatty():
        print(f"\r\033[K[{done + 1}/{total}] {what}", end="", flush=True)


def _account(office: Office, loaded: Loaded) -> None:
    """What came of the walk, in a dozen lines."""
    round_id = loaded.round_id
    rows = applications_of(office, round_id)
    taken = {state: sum(item.counts[state.value] for item in loaded.imports) for state in RowState}
    problems = sum(len(item.problems) for item in loaded.imports)
    print(
        f"{loaded.university}：{registry.units(office).total} 个院级党组织，{registry.branches(office).total} 个党支部"
    )
    print(
        f"导入 {len(loaded.imports)} 个工作表：新增 {taken[RowState.NEW]}，更新 {taken[RowState.CHANGED]}，"
        f"未变 {taken[RowState.SAME]}，有问题 {taken[RowState.PROBLEM]} 行（{problems} 处）"
    )
    assessments = eligibility.assess_round(office, round_id)
    verdicts = [assessments[row.id].overall for row in rows]
    told = "，".join(
        f"{verdict.label} {verdicts.count(verdict)}" for verdict in Verdict if verdict in verdicts
    )
    print(f"申报 {len(rows)} 项，资格审查：{told}")
    papers = receipts.papers_of(office, round_id)
    print(
        f"纸质材料：收齐 {sum(paper.missing == 0 for paper in papers.values())} 项，有缺 {sum(paper.missing > 0 for paper in papers.values())} 项"
    )
    over = [row.unit for row in quotas.quotas_of(office, round_id) if any(line.over for line in row.lines)]
    print(f"超名额单位 {len(over)} 个：{'、'.join(over)}")
    _tell_ranking(office, round_id)
    running = projects.projects(office, round_id, office.clock().date())
    print(f"立项 {len(running)} 个，今天逾期事项 {sum(len(item.overdue) for item in running)} 件")


def _tell_ranking(office: Office, round_id: str) -> None:
    for category in reviews.review_round(office, round_id).categories:
        ranking = category.ranking
        best = "、".join(category.rows[row.application].title for row in ranking.rows[:3])
        tied = f"，跨线同分 {len(ranking.contested)} 项" if ranking.contested else ""
        print(
            f"{category.category.short_name}：{len(ranking.rows)} 项排名，取 {ranking.target} 项{tied}；前三：{best}"
        )


def _papers(office: Office, round_id: str, out: Path) -> None:
    """Every paper of the walk, named as it is made."""
    makers: dict[str, Callable[[Path], object]] = {
        "推荐汇总表.pdf": lambda path: printing.print_file(
            office, round_id, path, application_papers.recommendations()
        ),
        "申报表.pdf": lambda path: printing.print_file(office, round_id, path, application_papers.forms()),
        "资格审查表.pdf": lambda path: printing.print_file(
            office, round_id, path, application_papers.eligibility_sheets()
        ),
        "评分表.pdf": lambda path: printing.print_file(office, round_id, path, review_papers.score_sheets()),
        "评审得分排名.pdf": lambda path: printing.print_file(office, round_id, path, review_papers.ranking()),
        "评审排名.xlsx": lambda path: results.write_ranking_workbook(office, round_id, path),
        "公示.pdf 和 公示.docx": lambda path: printing.write_public_notice(office, round_id, path.parent),
        "入选名单.pdf": lambda path: printing.print_file(
            office, round_id, path, review_papers.selection(round_id)
        ),
    }
    for name, make in makers.items():
        run = make(out / name)
        pages = f"　{run.pages} 页，{run.documents} 份" if isinstance(run, printing.PrintRun) else ""
        print(f"　　{name}{pages}")
