"""Taking back the newest action: what is asked first, and what not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import registry
from dualcreate_desktop.office.journal import UndoPreview
from dualcreate_desktop.office.store import Office
from ui.background import ImmediateRunner
from ui.dialogs.undo import UndoDialog, needs_asking
from ui.main_window import MainWindow
from ui.settings import Settings

WhenAsked = Callable[[Callable[[QDialog], None]], None]

AT = datetime(2024, 4, 16, 8, 30)


def _plan(restores: int, *kept: str) -> UndoPreview:
    return UndoPreview("c", "修改", AT, "章清和", ("一处",) * restores, kept)


def _rename(office: Office, branch_id: str, name: str) -> None:
    form = registry.branch_form(office, branch_id)
    registry.save_branch(office, replace(form, values={**form.values, "name": name}))


def test_a_large_undo_is_shown_first_and_may_be_declined(
    window: MainWindow, office: Office, when_asked: WhenAsked
) -> None:
    said: list[str] = []

    def decline(dialog: QDialog) -> None:
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.reject()

    when_asked(decline)
    window.undo()
    assert any(text.startswith("将还原 ") for text in said)
    assert registry.branches(office).total == 450


def test_a_large_undo_that_is_agreed_to_is_done(
    window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    when_asked(lambda dialog: dialog.accept())
    window.undo()
    assert registry.branches(office).total == 0
    qtbot.waitUntil(lambda: window.status.text.startswith("已撤销"))
    window.show_tab(window.tabs.branches)
    assert window.tabs.branches.empty.sentence.text() == "名册里还没有党支部"


def test_what_was_done_before_the_window_was_opened_is_not_taken_back_unasked(
    office: Office, qtbot: QtBot, tmp_path: Path, when_asked: WhenAsked
) -> None:
    row, other = registry.branches(office).rows[:2]
    _rename(office, row.id, "以前改的支部")
    tomorrow = replace(office, clock=lambda: office.clock() + timedelta(days=1))
    window = MainWindow(tomorrow, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    _rename(tomorrow, other.id, "刚才改的支部")
    window.undo()
    names = {one.name for one in registry.branches(office).rows}
    assert other.name in names, "one's own step is taken back at once"
    said: list[str] = []

    def decline(dialog: QDialog) -> None:
        said.extend([dialog.windowTitle(), *(label.text() for label in dialog.findChildren(QLabel))])
        dialog.reject()

    when_asked(decline)
    window.undo()
    assert said[0] == "撤销“修改 以前改的支部”"
    at = office.clock()
    assert f"{office.seat.actor.name}，{at.year}年{at.month}月{at.day}日 {at:%H:%M}" in said
    assert "以前改的支部" in {one.name for one in registry.branches(office).rows}


def test_nothing_to_undo_is_said_and_is_no_fault(empty_office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(empty_office, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    window.undo()
    assert window.status.text == "没有可以撤销的操作"


def test_only_an_undo_that_is_large_or_earlier_or_leaves_something_asks() -> None:
    assert not needs_asking(_plan(1), AT)
    assert needs_asking(_plan(1), AT + timedelta(minutes=1))
    assert needs_asking(_plan(1), None)
    assert needs_asking(_plan(1, "甲：之后又被修改过"), AT)
    assert needs_asking(_plan(20), AT)


def test_the_undo_dialog_names_what_stays_and_counts_what_nobody_reads(qtbot: QtBot) -> None:
    dialog = UndoDialog(None, _plan(450, "甲：之后又被修改过"))
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "……还有 350 处" in said
    assert "甲：之后又被修改过" in said
    assert dialog.primary.text() == "撤销 450 处"
