"""September: one workbook re-sets the student branches of a unit, looked at in 收件, carried out, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from db.vocabulary import RowState
from dualcreate_desktop.office import lineages, registry
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.undo import UndoDialog
from ui.main_window import MainWindow

WhenAsked = Callable[[Callable[[QDialog], None]], None]

HEAD = ("调整方式", "原党支部名称", "新党支部名称", "支部类型", "调整时间", "文号")
GRADUATE = "计算机学院硕士生第{}党支部"
UNDERGRADUATE = "计算机学院本科生第{}党支部"


def workbook(path: Path) -> Path:
    """Twenty rows as a unit sends them: renamed, dissolved, new, merged, and two that cannot be."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["计算机学院党委学生党支部调整情况表"], ["填报单位", "计算机学院党委"], HEAD):
        sheet.append(row)
    on, document = "2023年9月", "计党发〔2023〕12号"
    for n in (2, 5, 8, 11, 14):
        sheet.append(
            ["更名", UNDERGRADUATE.format(n), f"计算机学院{2020 + n}级本科生党支部", None, on, document]
        )
    for n in (17, 20, 23):
        sheet.append(["撤销", UNDERGRADUATE.format(n), None, None, "2023.9", document])
    for n in range(1, 8):
        sheet.append(["新建", None, f"计算机学院新生第{n}党支部", "本科生", "2023.9", document])
    both = f"{GRADUATE.format(3)}、{GRADUATE.format(6)}"
    sheet.append(["合并", both, "计算机学院研究生联合党支部", None, "2023.9", document])
    sheet.append(["合并", GRADUATE.format(9), GRADUATE.format(12), None, "2023.9", document])
    sheet.append(
        ["拆分", GRADUATE.format(15), f"{GRADUATE.format(15)}、计算机学院网安研究生党支部", None, on, None]
    )
    sheet.append(["撤销", "计算机学院没有的党支部", None, None, on, None])
    sheet.append(["新建", None, "计算机学院明年党支部", "本科生", "2030.9", None])
    book.save(path)
    return path


def test_the_preview_says_in_words_what_becomes_of_each_branch_and_undo_restores_all(
    window: MainWindow, office: Office, qtbot: QtBot, when_asked: WhenAsked, tmp_path: Path
) -> None:
    before = {row.name for row in registry.branches(office).rows}
    window.show_tab(window.tabs.intake)
    window.tabs.intake.take_in([workbook(tmp_path / "学生党支部调整.xlsx")])
    card = window.tabs.intake.card
    preview = card.model.preview
    assert preview is not None
    assert {state: count for state, count in preview.counts.items() if isinstance(state, RowState)} == {
        RowState.NEW: 18,
        RowState.PROBLEM: 2,
    }
    (first, *_) = preview.columns
    assert first.field.label == "将会怎样"
    shown = [preview.cell(row, first).text for row in preview.rows()]
    assert shown[0] == "只改名称，其余照旧"
    assert shown[5] == "撤销，不再列入名册"
    assert shown[8] == "新建本科生党支部"
    assert shown[15:18] == ["原支部撤销，新建一个", f"并入“{GRADUATE.format(12)}”", "原支部继续，分出新支部"]
    assert shown[18:] == ["", ""], "what cannot be does nothing"
    card.table.go_to(16, 4)
    assert f"“{GRADUATE.format(9)}”并入“{GRADUATE.format(12)}”后撤销" in card.line.words.text()
    card.table.go_to(18, 4)
    assert "没有“计算机学院没有的党支部”" in "".join(
        problem.message for problem in preview.rows()[18].problems
    )

    window.tabs.intake.import_current()
    qtbot.waitUntil(lambda: "计算机学院新生第1党支部" in {row.name for row in registry.branches(office).rows})
    after = {row.name for row in registry.branches(office).rows}
    assert GRADUATE.format(9) not in after
    joined = registry.branches(office, TableQuery("计算机学院研究生联合党支部")).rows[0]
    assert lineages.descent(office, joined.id)[0].document == "计党发〔2023〕12号"

    when_asked(lambda dialog: dialog.accept() if isinstance(dialog, UndoDialog) else None)
    window.undo()
    qtbot.waitUntil(lambda: {row.name for row in registry.branches(office).rows} == before)
