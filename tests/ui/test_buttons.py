"""A button under the keyboard: on a page, and in a dialog."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.buttons import button


@pytest.mark.parametrize(("window", "pressed"), [(QMainWindow, ["next"]), (QDialog, [])])
def test_enter_presses_the_button_that_has_the_keyboard_on_a_page_only(
    qtbot: QtBot, window: type[QWidget], pressed: list[str]
) -> None:
    done: list[str] = []
    holder = window()
    qtbot.addWidget(holder)
    made = button("下一步", lambda: done.append("next"))
    page = QWidget(holder)
    QHBoxLayout(page).addWidget(made)
    holder.show()
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert done == pressed
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert done == [*pressed, "next"]
