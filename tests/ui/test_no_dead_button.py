"""Every button and entry that can be pressed does something that is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dualcreate_desktop.office.store import Office
from ui import pictures
from ui.background import ImmediateRunner
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.widgets.buttons import button

LEAVES = frozenset({"打开示例"})
"""Leaves for another window, which a test elsewhere opens."""

TURNS, TURN_MS = 20, 25
"""What a button does may come in short turns: so long it is waited for."""


class Witness(QObject):
    """Closes whatever opens, as somebody who looks and goes on, and notes it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0
        self._looking = QTimer(self, interval=5)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        QDesktopServices.setUrlHandler("file", self, "note")

    def stop(self) -> None:
        self._looking.stop()
        QDesktopServices.unsetUrlHandler("file")

    @Slot(QUrl)
    def note(self, _: QUrl) -> None:
        self.seen += 1

    def _look(self) -> None:
        opened = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if opened is not None:
            self.seen += 1
            opened.reject() if isinstance(opened, QDialog) else opened.close()


@pytest.fixture
def witness() -> Iterator[Witness]:
    blinking = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    made = Witness()
    yield made
    made.stop()
    QApplication.setCursorFlashTime(blinking)


@pytest.fixture
def filled(sample_office: Office, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window on the sample office."""
    window = MainWindow(
        sample_office, ImmediateRunner(), Settings(tmp_path), lambda: None, lambda _path: None
    )
    qtbot.addWidget(window)
    return window


def pressable(made: QPushButton) -> bool:
    """Whether a person could press it now; a segment or chip that is chosen already need not do anything."""
    chosen = made.isCheckable() and made.isChecked()
    return made.isVisible() and made.isEnabled() and not chosen and made.text() not in LEAVES


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def state(window: QWidget) -> tuple[QImage, str, int]:
    """What is seen, what was copied, how many windows are open."""
    settle()
    others = sum(other.isVisible() for other in QApplication.topLevelWidgets())
    return window.grab().toImage(), QGuiApplication.clipboard().text(), others


def does_something(window: QWidget, witness: Witness, press: Callable[[], object]) -> bool:
    before, seen = state(window), witness.seen
    press()
    for _ in range(TURNS):
        if state(window) != before or witness.seen > seen:
            return True
        QTest.qWait(TURN_MS)
    return False


def test_every_button_of_every_tab_does_something(filled: MainWindow, witness: Witness) -> None:
    dead: list[str] = []
    pressed = 0
    for name, widget in pictures.views(filled, pictures.USUAL):
        if widget is not filled:
            break
        for made in filled.findChildren(QPushButton):
            if isValid(made) and pressable(made):
                words = made.text() or made.accessibleName()
                pressed += 1
                if not does_something(filled, witness, made.click):
                    dead.append(f"{name}: {words}")
    assert dead == []
    assert pressed > 80


def test_every_button_of_every_dialog_is_connected(filled: MainWindow) -> None:
    dead: list[str] = []
    for name, widget in pictures.views(filled, pictures.USUAL):
        dead += [
            f"{name}: {made.text()}"
            for made in widget.findChildren(QPushButton)
            if not made.receivers("2clicked(bool)") and made.menu() is None and made.group() is None
        ]
    assert dead == []


def test_every_entry_of_the_menu_does_something(filled: MainWindow, witness: Witness) -> None:
    filled.show()
    for action in filled.top.menu.actions():
        if not action.isSeparator():
            assert does_something(filled, witness, action.trigger), action.text()


def test_a_dead_button_would_be_noticed(qtbot: QtBot, witness: Witness) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    dead = button("没有用", lambda: None)
    dead.setParent(holder)
    holder.show()
    assert not does_something(holder, witness, dead.click)
    menu = QMenu(holder)
    menu.addAction("修改…")
    alive = button("有用", lambda: menu.popup(holder.pos()))
    alive.setParent(holder)
    alive.show()
    assert does_something(holder, witness, alive.click)
