"""核实 of what is asked in principle: an exception is explained and somebody approves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.vocabulary import Verdict
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.requirements import Force
from ui.dialogs.finding import FindingDialog, Word
from ui.widgets.application_card import confirmed

MISSED = Finding(
    "branch_age",
    "教师党支部一般应成立满3年",
    "二(二)1",
    Verdict.FAIL,
    ("2 年 1 个月（成立 2022年2月）",),
    Force.IN_PRINCIPLE,
)


def shown(qtbot: QtBot, finding: Finding) -> FindingDialog:
    dialog = FindingDialog(None, "法学院教工第一党支部", finding, "成立年限和周期内稳定", "王小明")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_an_exception_is_typed_with_its_reason_and_approver(qtbot: QtBot) -> None:
    dialog = shown(qtbot, MISSED)
    qtbot.keyClick(dialog.button(Verdict.PASS), Qt.Key.Key_Space)
    dialog.reason.setFocus()
    qtbot.keyClicks(dialog.reason, "new")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.approver, "the tabulator leads from the reason to the approver"
    qtbot.keyClicks(dialog.approver, "zhang ")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.answer == Word(Verdict.PASS, "new", False, "zhang")


@pytest.mark.parametrize("force", [Force.HARD, Force.REFERENCE])
def test_nobody_approves_what_knows_no_exception(qtbot: QtBot, force: Force) -> None:
    dialog = shown(qtbot, Finding("key", "标签", "一", Verdict.FAIL, (), force))
    assert not dialog.approver.isVisible()


def test_the_reason_of_an_exception_is_not_said_twice() -> None:
    passed = replace(
        MISSED,
        verdict=Verdict.PASS,
        confirmed_by="王小明",
        confirmed_at=datetime(2024, 3, 18),
        reason="新建",
        approver="章书记",
    )
    assert list(confirmed(passed)) == ["王小明 2024-03-18 核实"]
    assert list(confirmed(replace(passed, approver=""))) == ["王小明 2024-03-18 核实：新建"]
