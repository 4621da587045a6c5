"""A short list whose order is set by dragging or by Alt with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

ROW = 34
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderList(QListWidget):
    """Shows words in an order that can be changed.

    Args:
        entries: (key, words), in their order.

    Signals:
        moved: the order is another.
    """

    moved = Signal()

    def __init__(self, name: str, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._words = dict(entries)
        self.setObjectName("backups")
        self.setAccessibleName(name)
        self.setToolTip("拖动，或按 Alt+↑、Alt+↓ 调整先后")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUniformItemSizes(True)
        for key, _ in entries:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.addItem(item)
        self._number()
        self.setFixedHeight(ROW * len(entries) + 12)
        self.setCurrentRow(0)
        self.model().rowsMoved.connect(lambda *_: self._on_moved())

    @property
    def keys(self) -> list[str]:
        """The keys in their order now."""
        return [str(self.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.count())]

    def shift(self, step: int) -> None:
        """Bring the current entry up or down."""
        row, to = self.currentRow(), self.currentRow() + step
        if row >= 0 and 0 <= to < self.count():
            item = self.takeItem(row)
            self.insertItem(to, item)
            self.setCurrentRow(to)
            self._on_moved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the entry; the arrow alone moves on."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)

    def _on_moved(self) -> None:
        self._number()
        self.moved.emit()

    def _number(self) -> None:
        for row, key in enumerate(self.keys):
            self.item(row).setText(f"{row + 1}　{self._words[key]}")
