"""A button under the keyboard: on a page, and in a dialog."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.buttons import MenuButton, button


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


@pytest.mark.parametrize(
    ("key", "with_key"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_a_menu_opens_by_the_keys_that_people_try(
    qtbot: QtBot, key: Qt.Key, with_key: Qt.KeyboardModifier
) -> None:
    holder = QMainWindow()
    qtbot.addWidget(holder)
    made = MenuButton("更多")
    done: list[str] = []
    made.menu().addAction("修改…", lambda: done.append("edit"))
    holder.setCentralWidget(made)
    holder.show()
    made.setFocus()
    made.menu().aboutToShow.connect(lambda: QTimer.singleShot(0, lambda: take_first(qtbot, made)))
    qtbot.keyClick(made, key, with_key)
    qtbot.waitUntil(lambda: done == ["edit"])


def take_first(qtbot: QtBot, made: MenuButton) -> None:
    qtbot.keyClick(made.menu(), Qt.Key.Key_Down)
    qtbot.keyClick(made.menu(), Qt.Key.Key_Return)
