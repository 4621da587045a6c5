"""A list of entries of two lines with a pill: the files that came in, and those imported earlier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import pills, theme
from ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
ENTRY_HEIGHT = 66
HEADING_HEIGHT = 32
LOW_HEIGHT = 50
"""Where no entry has a note."""
PAD = 14
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list shows of one thing.

    Args:
        title: elided in the middle where it is long.
        detail, note: two faint lines under it; a note may be empty.
        heading: it only stands above others, and cannot be picked.
        state: the word of the pill; empty for none.
    """

    title: str
    detail: str
    note: str = ""
    state: str = ""
    tone: Tone = Tone.CALM
    heading: bool = False


class EntriesModel(QAbstractListModel):
    """Holds the entries of a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these; where only their words change the selection stays."""
        if [entry.heading for entry in entries] == [entry.heading for entry in self._entries]:
            self._entries = tuple(entries)
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, index: Index) -> Entry:
        """The entry of an index."""
        return self._entries[index.row()]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be picked."""
        flags = super().flags(index)
        heading = index.isValid() and self.entry(index).heading
        return flags & ~(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable) if heading else flags

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One for each entry."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, for a screen reader and for the tooltip."""
        if not index.isValid():
            return None
        entry = self.entry(index)
        words = [entry.title, entry.detail, entry.note, entry.state]
        if role == Qt.ItemDataRole.DisplayRole:
            return "，".join(filter(None, words))
        return "\n".join(filter(None, words[:3])) if role == Qt.ItemDataRole.ToolTipRole else None


class EntryList(QListView):
    """Shows entries one under the other.

    Signals:
        picked: the number of the current entry, -1 for none.
        opened: Enter was pressed on the current entry.
        dropped: Delete was pressed on the current entry.
    """

    picked = Signal(int)
    opened = Signal()
    dropped = Signal()

    def __init__(self, name: str, *, selectable: bool = True, height: int = ENTRY_HEIGHT) -> None:
        super().__init__()
        self.entries = EntriesModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(_EntryDelegate(self, height))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        if not selectable:
            self.setSelectionMode(QListView.SelectionMode.NoSelection)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.selectionModel().currentChanged.connect(lambda index, _: self.picked.emit(index.row()))

    def select(self, number: int) -> None:
        """Make an entry the current one."""
        self.setCurrentIndex(self.entries.index(number))

    def keyPressEvent(self, event: Any) -> None:
        """Enter goes into the entry, Delete takes it off the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget, height: int) -> None:
        super().__init__(parent)
        self._height = height
        self._small = theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list; each entry as high as the others, a heading low."""
        model = index.model()
        heading = isinstance(model, EntriesModel) and model.entry(index).heading
        return QSize(0, HEADING_HEIGHT if heading else self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Title and pill, then the faint lines."""
        model = index.model()
        assert isinstance(model, EntriesModel)
        entry = model.entry(index)
        worn = theme.colours()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(worn.selected))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), 3, box.height() - 1), QColor(worn.focus))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(worn.line))
        room = box.adjusted(PAD, 7, -PAD, -7)
        if entry.heading:
            painter.fillRect(box.adjusted(0, 0, 0, -1), QColor(worn.calm_soft))
            painter.setFont(self._small)
            _line(painter, room, 0, entry.title, worn.muted)
            painter.restore()
            return
        if entry.state:
            painter.setFont(self._small)
            wide = pills.pill_width(entry.state, painter.fontMetrics())
            middle = QPoint(room.right() - wide + 1, room.top() + 10)
            pills.draw_pill(painter, middle, entry.state, entry.tone)
        else:
            wide = 0
        painter.setFont(theme.font())
        _line(painter, room.adjusted(0, 0, -wide - theme.SMALL * bool(wide), 0), 0, entry.title, worn.ink)
        painter.setFont(self._small)
        _line(painter, room, 20, entry.detail, worn.muted)
        _line(painter, room, 36, entry.note, worn.muted)
        painter.restore()


def _line(painter: QPainter, room: QRect, down: int, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(
        QRect(room.left(), room.top() + down, room.width(), 18), Qt.AlignmentFlag.AlignVCenter, shown
    )
