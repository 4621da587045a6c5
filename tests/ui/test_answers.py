"""What nobody said stays unsaid: 未填写, 是 and 否; and 双带头人 on a post and on the cards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel
from pytestqt.qtbot import QtBot

from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office import posts, registry
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.posts import PostDialog, PostsDialog
from ui.form import FieldForm, Group
from ui.main_window import MainWindow
from ui.pills import Pill

WhenAsked = Callable[[Callable[[QDialog], None]], None]


def test_a_fact_that_nobody_told_is_neither_yes_nor_no(qtbot: QtBot) -> None:
    form = FieldForm((Group("", (Field("party", "党内荣誉", FieldType.FLAG),)),), {}, {})
    qtbot.addWidget(form)
    assert form.read() == {"party": None}
    box = form.input("party")
    assert isinstance(box, QComboBox)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert (box.currentText(), form.read()) == ("是", {"party": True})
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert (box.currentText(), form.read()) == ("否", {"party": False})


def test_the_secretary_of_a_branch_is_marked_as_double_leader_and_counted_on_the_card_of_the_unit(
    window: MainWindow, office: Office, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    window.show_tab(window.tabs.branches)
    tab = window.tabs.branches
    row = registry.branches(office, TableQuery("计算机学院教工第1党支部")).rows[0]
    tab.show_rows("", row.id, row.name)

    def edit(dialog: QDialog) -> None:
        assert isinstance(dialog, PostsDialog)
        when_asked(mark)
        dialog.edit.click()

    def mark(dialog: QDialog) -> None:
        assert isinstance(dialog, PostDialog)
        box = dialog.fields.input("double_leader")
        assert isinstance(box, QComboBox)
        assert box.currentText() == "未填写"
        box.setCurrentText("是")
        when_asked(lambda again: again.reject())
        dialog.accept()

    when_asked(edit)
    tab.show_posts()
    (held,) = posts.held(office, Body(row.unit_id, row.id))
    assert held.double_leader is True
    qtbot.waitUntil(lambda: "双带头人" in [pill.text for pill in tab.card.findChildren(Pill)])
    window.show_tab(window.tabs.units)
    card = window.tabs.units.card
    qtbot.waitUntil(lambda: "双带头人 1 人" in "".join(child.text() for child in card.findChildren(QLabel)))
