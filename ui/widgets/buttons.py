"""Buttons of the house: plain, primary, as a link, and with a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QMenu, QPushButton

from ui import icons, theme


class HouseButton(QPushButton):
    """Pressed by Enter where it stands on a page; in a dialog Enter belongs to the primary button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt gives Enter to buttons of dialogs alone."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not isinstance(self.window(), QDialog):
            self.click()
        else:
            super().keyPressEvent(event)


class MenuButton(QPushButton):
    """Opens its menu by a click, Space, Enter or Alt+Down."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMenu(QMenu(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt opens a menu by Space alone."""
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or down:
            self.showMenu()
        else:
            super().keyPressEvent(event)


def offer_in_menu(menu: QMenu, buttons: Iterable[QPushButton]) -> None:
    """Add what some buttons do to a menu, as far as one could press them now; that of a MenuButton opens beside."""
    for made in buttons:
        if made.isHidden() or not made.isEnabled():
            continue
        if isinstance(made, MenuButton):
            made.menu().setTitle(made.text())
            menu.addMenu(made.menu())
        else:
            menu.addAction(made.icon(), made.text(), made.click)


def button(
    text: str, action: Callable[[], object], *, primary: bool = False, link: bool = False, icon: str = ""
) -> QPushButton:
    """A button that says what happens.

    Args:
        primary: the one main action of a page or dialog.
        icon: name of a picture in `resources/icons`.
    """
    made = HouseButton(text)
    made.setProperty("primary", primary)
    made.setProperty("link", link)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        worn = theme.colours()
        made.setIcon(icons.icon(icon, worn.on_accent if primary else worn.muted, gap=theme.TINY))
        made.setIconSize(QSize(icons.SIZE + theme.TINY, icons.SIZE))
    made.clicked.connect(lambda _checked: action())
    return made
