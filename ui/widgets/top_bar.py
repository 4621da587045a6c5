"""The bar at the top of the window: the tabs, the round, and a menu for the office as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QTabBar

from ui import theme
from ui.widgets.buttons import button
from ui.widgets.round_box import RoundBox

Entry = tuple[str, Callable[[], object]]
"""The words of an entry of the menu, and what it does."""


class TopBar(QFrame):
    """Tabs at the left, the round and the menu at the right.

    Args:
        entries: of the menu; None for a line between two of them.
    """

    def __init__(self, titles: Sequence[str], entries: Sequence[Entry | None]) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setFixedHeight(49)
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setExpanding(False)
        for title in titles:
            self.tabs.addTab(title)
        self.rounds = RoundBox()
        self.more = button("", self.open_menu, link=True, icon="menu")
        self.more.setAccessibleName("菜单")
        self.more.setToolTip("批次、备份、手册")
        self.menu = QMenu(self)
        for entry in entries:
            if entry is None:
                self.menu.addSeparator()
            else:
                self.menu.addAction(*entry)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 12, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        row.addWidget(self.rounds)
        row.addWidget(self.more)

    def open_menu(self) -> None:
        """Show the menu below its button, within the window."""
        below = self.more.rect().bottomRight() - QPoint(self.menu.sizeHint().width(), -theme.TINY)
        self.menu.popup(self.more.mapToGlobal(below))
