"""How long the window is silent: while it opens, while long work runs, and at each thing that a clerk does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from subprocess import PIPE
from time import perf_counter

import importing
import roster
from answering import open_program
from delays import AIM, Silence, during, told
from figures import milliseconds
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtPrintSupport import QPrinter

from dualcreate_desktop.office import application_papers, exporting, journal, printing, registry, rounds
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.paths import Paths
from ui.background import Progress
from ui.main_window import MainWindow
from ui.paper_output import print_pages
from ui.tabs.all import TITLES
from ui.tabs.branches import BranchesTab

Act = Callable[[], object]

OPENING = Path(__file__).with_name("opening.py")
STARTS = 5

PRINTED = 3
"""Applications whose forms are printed, in as many copies as the notice asks for."""

SHOWN_IN_PREVIEW = 30


def of_start(filled: Path) -> str:
    """From the frame to the last tab that is made behind the first page, in a few starts, each a new process."""
    title = f"Delay of the event loop while the program opens a store of {roster.ROWS:,} branches and makes ready all tabs"
    return told(title, {f"第 {number} 次": _started(filled) for number in range(1, STARTS + 1)})


def of_sample(folder: Path) -> Iterator[str]:
    """The sample office: filled behind its window at the first start, opened at the second, and all that one opens there."""
    starts = {what: _started(folder, "--sample") for what in ("第一次", "第二次")}
    yield told("Delay of the event loop while the program opens the sample office, new and known", starts)
    yield from of_round(Paths(folder).sample.data, "the sample office")


def _started(*arguments: object) -> list[Silence]:
    command = [sys.executable, str(OPENING), *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=PIPE, text=True)
    return [Silence(*map(float, line.split())) for line in done.stdout.splitlines()]


def of_works(workbook: Path, data: Path) -> Iterator[str]:
    """While the roster is imported, exported and taken back, each in the background."""
    office = roster.open_store(data)
    roster.add_units(office)
    office.close()
    window = open_program(data).windows[0]
    works: tuple[tuple[str, Act], ...] = (
        ("imported", lambda: importing.import_all(window.office, workbook)),
        ("exported", lambda: _export(window, data / "党支部.xlsx")),
        ("taken back", lambda: _take_back(window)),
    )
    for what, work in works:
        title = (
            f"Delay of the event loop while {roster.ROWS:,} branches are {what} in the background and shown"
        )
        yield told(title, {what: _worked(window, work)})
    window.close()


def _worked(window: MainWindow, work: Act) -> list[Silence]:
    """From the start of a work, done by the window's own worker, until its outcome is shown."""
    return during(window, lambda: window.tabs.branches.work("测速", lambda _: work(), lambda _: None))


def of_round(filled: Path, where: str = "a large round") -> Iterator[str]:
    """In a store with a round: each tab, page and dialog opened for the first time, until all of it is there."""
    window = open_program(filled).windows[0]
    tabs = {
        title: during(window, lambda key=key: window.show_tab(window.tabs.named(key)))
        for key, title in TITLES.items()
    }
    yield told(f"Delay of the event loop while each tab of {where} is opened, read and painted", tabs)
    acts = chain(_in_round(window), _in_review(window), _in_office(window))
    found = {what: during(window, act) for what, act in acts}
    yield told(
        f"Delay of the event loop at each of {len(found)} pages, searches and dialogs of {where}", found
    )
    window.close()


def _in_round(window: MainWindow) -> Iterator[tuple[str, Act]]:
    """What one opens from 申报, from 本批次 and from the menu, and another round that is chosen and left again."""
    tab, desk, round_id = window.tabs.applications, window.desk, window.rounds.round_id or ""
    lines = tab.lines
    chosen = [row.id for row in applications_of(window.office, round_id)[:SHOWN_IN_PREVIEW]]
    yield "申报列表", lambda: (window.show_tab(tab), tab.show_page(0))
    yield "申报搜索", lambda: lines.search.reset("jxsy")
    yield "申报不再搜索", lines.search.reset
    yield "审查意见", lambda: tab.open_findings(chosen[-1])
    yield "完成资格审查", lines.check_all
    yield "收纸质", lines.receive_paper
    yield "打印", lines.print_papers
    yield "打印预览", lambda: lines.printer.preview(round_id, application_papers.forms(chosen))
    yield "新增申报", lines.add_application
    yield "本单位申报", lines.show_unit
    yield "审查矩阵", lambda: tab.show_page(1)
    yield "矩阵搜索", lambda: tab.matrix.search.reset("wzxy")
    yield "部门联审", lambda: tab.show_page(2)
    yield "制发征求意见函", tab.inquiries.send_letters
    yield "申报回到列表", lambda: tab.show_page(0)
    yield "批次规则", desk.edit_rules
    yield "名额测算", desk.try_quotas
    yield "时间表", desk.show_timetable
    yield "通知条款", desk.show_clauses
    yield "节假日和调休", desk.edit_calendar
    yield "搜索全部", window.find_anything
    evidence = window.tabs.evidence
    yield "考核评价", lambda: window.show_tab(evidence)
    for place, word in enumerate(evidence._words):
        yield word, lambda place=place: evidence.show_page(place)
    yield "党支部再打开", lambda: window.show_tab(window.tabs.branches)
    yield "修改党支部", window.tabs.branches.edit_branch
    yield "任职", window.tabs.branches.show_posts
    yield "新建批次", lambda: _add_round(window)
    yield "换批次", lambda: window.rounds.setCurrentIndex(0)
    yield "换回批次", lambda: window.rounds.setCurrentIndex(1)


def _in_review(window: MainWindow) -> Iterator[tuple[str, Act]]:
    """What one opens from 评审, 公示 and 建设; in a round that is not so far, what says so instead."""
    review, notice, projects = window.tabs.review, window.tabs.notice, window.tabs.projects
    yield "评审", lambda: window.show_tab(review)
    yield "评委与回避", lambda: review.show_page(1)
    yield "新增评委", review.reviewers.add_reviewer
    yield "评分表", review.reviewers.print_sheets
    yield "排名", lambda: review.show_page(0)
    yield "录入评分", review.ranking.enter_marks
    yield "打印排名", review.ranking.print_ranking
    yield "公示", lambda: window.show_tab(notice)
    yield "公示稿", notice.preview_notice
    yield "建设", lambda: window.show_tab(projects)
    yield "登记拨款", projects.add_payment
    yield "登记评估", projects.add_evaluation


def _in_office(window: MainWindow) -> Iterator[tuple[str, Act]]:
    """What one opens from the registry, the journal and the menu."""
    units, branches, journal_tab = window.tabs.units, window.tabs.branches, window.tabs.journal
    yield "院级党组织", lambda: window.show_tab(units)
    yield "新增院级党组织", units.add_unit
    yield "修改院级党组织", units.edit_unit
    yield "本单位申报和名额", units.show_applied
    yield "党支部", lambda: window.show_tab(branches)
    yield "新增党支部", branches.add_branch
    yield "操作记录", lambda: window.show_tab(journal_tab)
    yield "撤销所选操作", journal_tab.take_back
    yield "立即备份", window.keeping.back_up
    yield "恢复备份", window.keeping.restore
    yield "本单位设置", window.edit_own_unit
    yield "谁在用", window.seating.ask
    yield "关于", window.tell_about
    yield "使用手册", window.show_manual


def _add_round(window: MainWindow) -> None:
    preset = rounds.presets()[0]
    rounds.create_round(window.office, "另一批", preset.toml, preset.key)


def of_printing(filled: Path) -> str:
    """While the forms of a few applications are printed in the background."""
    window = open_program(filled).windows[0]
    round_id = window.rounds.round_id or ""
    chosen = [row.id for row in applications_of(window.office, round_id)[:PRINTED]]
    prepared = printing.prepare(window.office, round_id, application_papers.forms(chosen))
    rendered = printing.render(prepared)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(filled / "打印.pdf"))
    progress = Progress(lambda done, total, what: None)
    found = _worked(window, lambda: print_pages(rendered, printer, progress))
    window.close()
    return told(
        f"Delay of the event loop while {rendered.pages} pages are printed in the background", {"打印": found}
    )


def of_actions(filled: Path) -> str:
    """Each tab shown once more, and in 党支部 each chip, each order and a look at the last row."""
    window = open_program(filled).windows[0]
    for key in TITLES:
        window.show_tab(
            window.tabs.named(key)
        )  # made and painted once: what is loaded then is another figure
        QCoreApplication.processEvents()
    times = {what: _time(action) for what, action in _actions(window)}
    window.close()
    worst = max(times, key=times.__getitem__)
    title = f"One action in a store of {roster.ROWS:,} branches, to the painted window; the slowest: {worst}"
    return milliseconds(title, list(times.values()), aim=AIM)


def _actions(window: MainWindow) -> Iterator[tuple[str, Act]]:
    for key, title in TITLES.items():
        tab = window.tabs.named(key)
        tab.set_round(window.rounds.round_id)
        yield title, lambda tab=tab: window.show_tab(tab)
    tab = window.tabs.branches
    window.show_tab(tab)
    for kind in tab.model.counts:
        yield f"类型 {kind}", lambda kind=kind: tab.choose_chip(kind)
    tab.choose_chip("")
    yield from _orders(tab)
    yield "最后一行", lambda: tab.table.select(tab.model.total - 1)


def _orders(tab: BranchesTab) -> Iterator[tuple[str, Act]]:
    header = tab.table.horizontalHeader()
    for place, column in enumerate(tab.columns):
        for order in Qt.SortOrder:
            yield (
                f"按{column.label}排序",
                lambda place=place, order=order: header.setSortIndicator(place, order),
            )


def _time(action: Act) -> float:
    start = perf_counter()
    action()
    QCoreApplication.processEvents()
    return perf_counter() - start


def _export(window: MainWindow, path: Path) -> None:
    rows = registry.branches(window.office).rows
    exporting.export(path, "党支部", registry.BRANCH_COLUMNS, rows)


def _take_back(window: MainWindow) -> None:
    change_id = journal.last_undoable(window.office)
    if change_id is None or journal.undo(window.office, change_id) is None:
        raise RuntimeError("the import was not taken back")
