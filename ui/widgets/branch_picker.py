"""Branches of which some are ticked, found by any part of their name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db.pinyin import initials, normalise
from ui import theme
from ui.widgets.search_box import SearchBox

HEIGHT = 116


class BranchPicker(QWidget):
    """A search box above a list with ticks; what is ticked stays so when the search hides it.

    Args:
        lead: stands before the search box and says whose branches are offered.

    Signals:
        changed: another tick.
    """

    changed = Signal()

    def __init__(self, branches: Sequence[tuple[str, str]], title: str, lead: QWidget) -> None:
        super().__init__()
        self.search = SearchBox("名称、拼音首字母", self)
        self.list = QListWidget()
        self.list.setObjectName("backups")
        self.list.setAccessibleName(title)
        self.list.setFixedHeight(HEIGHT)
        self.offer(branches)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(lead, 1)
        row.addWidget(self.search, 1)
        column.addLayout(row)
        column.addWidget(self.list)
        self.search.searched.connect(self._find)
        self.search.left_down.connect(self._enter_list)
        self.list.itemChanged.connect(lambda _: self.changed.emit())

    def offer(self, branches: Sequence[tuple[str, str]]) -> None:
        """Offer others; what is ticked stays, above them."""
        ticked = self.picked()
        for item in self._items():
            if item.checkState() is Qt.CheckState.Unchecked:
                self.list.takeItem(self.list.row(item))
        for key, name in branches:
            if key not in ticked:
                item = QListWidgetItem(name)
                item.setData(Qt.ItemDataRole.UserRole, key)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                self.list.addItem(item)
        self._find(self.search.text())

    def picked(self) -> tuple[str, ...]:
        """The ids of those that are ticked, from the top."""
        ticked = (item for item in self._items() if item.checkState() is Qt.CheckState.Checked)
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)

    def tick(self, key: str, *, on: bool = True) -> None:
        """Tick one, or take its tick away."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        for item in self._items():
            if item.data(Qt.ItemDataRole.UserRole) == key:
                item.setCheckState(state)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _find(self, text: str) -> None:
        wanted = normalise(text)
        for item in self._items():
            item.setHidden(wanted not in normalise(item.text()) and wanted not in initials(item.text()))

    def _enter_list(self) -> None:
        shown = next((item for item in self._items() if not item.isHidden()), None)
        if shown is not None:
            self.list.setCurrentItem(shown)
            self.list.setFocus()
