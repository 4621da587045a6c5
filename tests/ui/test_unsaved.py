"""What was typed into a dialog: it is not lost unasked, and what was wrong with it is not said for longer than it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.lists import BRANCHES
from dualcreate_desktop.office.records import NEW
from dualcreate_desktop.office.store import Office
from ui.dialogs.branch import BranchDialog
from ui.dialogs.frame import FramedDialog
from ui.dialogs.project import ProjectDialog
from ui.dialogs.reason import ReasonDialog

Key = Qt.Key
GRADE = Field("grade", "等次", FieldType.TEXT, required=True)

Make = Callable[[Office], FramedDialog]
DIALOGS: dict[str, Make] = {
    "a record": lambda office: BranchDialog(None, office, NEW),
    "a step of a project": lambda _: ProjectDialog(None, "登记评估", "某支部", "", (GRADE,), {}),
    "a reason": lambda _: ReasonDialog(None, "退回补正", ("某支部",), ""),
}


@pytest.fixture(params=DIALOGS)
def dialog(request: pytest.FixtureRequest, qtbot: QtBot, office: Office) -> FramedDialog:
    """Open, with the keyboard in its first field."""
    made = DIALOGS[request.param](office)
    show(made, qtbot)
    return made


def show(made: QDialog, qtbot: QtBot) -> None:
    qtbot.addWidget(made)
    made.open()
    qtbot.waitUntil(lambda: made.isActiveWindow() and made.focusWidget() is not None)


def focused(dialog: QDialog) -> QWidget:
    found = dialog.focusWidget()
    assert found is not None
    return found


def test_esc_asks_once_before_what_was_typed_is_lost(dialog: FramedDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(focused(dialog), "abc")
    qtbot.keyClick(focused(dialog), Key.Key_Escape)
    if dialog.isVisible() and not dialog.problem.text():
        qtbot.keyClick(focused(dialog), Key.Key_Escape)  # the first one closed the list of completions
    assert dialog.isVisible()
    assert f"要留下请点“{dialog.primary.text()}”" in dialog.problem.text()
    qtbot.keyClick(focused(dialog), Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_who_goes_on_typing_is_asked_anew(dialog: FramedDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(focused(dialog), "a")
    dialog.close()
    assert dialog.problem.text(), "the cross asks as Esc does"
    qtbot.keyClicks(focused(dialog), "b")
    assert dialog.problem.text() == ""
    dialog.close()
    assert dialog.isVisible()
    assert dialog.problem.text()


def test_esc_closes_at_once_what_nobody_touched(dialog: FramedDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(dialog), Key.Key_Escape)
    assert not dialog.isVisible()


def test_cancelling_is_an_answer_and_asks_nothing(dialog: FramedDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(focused(dialog), "abc")
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_what_was_refused_and_comes_back_is_not_lost_unasked_either(qtbot: QtBot, office: Office) -> None:
    made = BranchDialog(None, office, NEW)
    made.resume("名册中已有“某支部”")
    show(made, qtbot)
    qtbot.keyClick(focused(made), Key.Key_Escape)
    assert made.isVisible()


def test_the_trouble_at_the_foot_goes_when_its_field_is_mended(dialog: FramedDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.problem.text()
    qtbot.keyClicks(focused(dialog), "a")
    assert dialog.problem.text() == ""


def test_every_field_of_a_branch_counts_as_typed(qtbot: QtBot, office: Office) -> None:
    for field in (BRANCHES.field("note"), BRANCHES.field("planned_reason"), BRANCHES.field("founded")):
        made = BranchDialog(None, office, NEW)
        show(made, qtbot)
        made.fields.focus(field.key)
        qtbot.keyClicks(focused(made), "1")
        made.close()
        assert made.isVisible(), field.label
