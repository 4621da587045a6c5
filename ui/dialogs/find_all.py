"""搜索全部: whatever has a name is found as one types, and opened on the page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.searching import Found, Hit
from ui import icons, theme
from ui.turns import Turns
from ui.widgets.card import hairline, label

DEBOUNCE_MS = 120
WIDE, TALL = 660, 560
Index = QModelIndex | QPersistentModelIndex
LINE = 34
HEADING = 30
PAD = 11
DETAIL_SHARE = 0.55
"""At most so much of a line is left to what stands at its right."""

_PLACE = Qt.ItemDataRole.UserRole
_DETAIL = Qt.ItemDataRole.UserRole + 1
_WALKING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class FindDialog(QDialog):
    """A box to type in and what it finds; the arrow keys walk through the list while one types.

    Args:
        find: what contains a text; each sort is searched for when it is asked for.

    Signals:
        chosen: the page that shows what was picked.
    """

    chosen = Signal(Place)

    def __init__(self, parent: QWidget | None, find: Callable[[str], Iterable[Found]]) -> None:
        super().__init__(parent)
        self._find = find
        self.setWindowTitle("搜索全部")
        self.setModal(True)
        self.box = QLineEdit()
        self.box.setObjectName("search")
        self.box.setPlaceholderText("院级党组织、党支部、人员、申报、文件：名称的任意一段，或拼音首字母")
        self.box.setAccessibleName("搜索全部")
        self.box.setClearButtonEnabled(True)
        self.box.addAction(
            icons.icon("search", theme.colours().faint), QLineEdit.ActionPosition.LeadingPosition
        )
        self.box.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("found")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName("搜索结果")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.hint = label("", "muted", wrap=True)
        self._rest = QTimer(self, interval=DEBOUNCE_MS, singleShot=True)
        self._lay_out()
        self._search: Turns | None = None
        self._rest.timeout.connect(self.search)
        self.box.textChanged.connect(lambda _: self._rest.start())
        self.box.returnPressed.connect(self.open_current)
        self.list.itemActivated.connect(lambda _: self.open_current())
        self.list.itemClicked.connect(lambda _: self.open_current())
        self._show("", ())

    @property
    def rests(self) -> bool:
        """Whether what is shown is what contains the text in the box."""
        return not self._rest.isActive() and self._search is None

    def search(self) -> None:
        """Search for what stands in the box, each sort in a turn of its own, and show it when all is found."""
        self._rest.stop()
        self._leave_search()
        text, found = self.box.text().strip(), list[Found]()
        self._search = Turns((partial(found.append, one) for one in self._find(text)), self)
        self._search.finished.connect(lambda: self._show(text, found))
        self._search.begin()

    def show_found(self) -> None:
        """Show at once what contains the text in the box."""
        if self._rest.isActive() or self._search is None:
            self.search()
        if self._search is not None:
            self._search.finish()

    def open_current(self) -> None:
        """Show the page of the chosen hit; a search that is not done yet is done first."""
        if not self.rests:
            self.show_found()
        place = self._place(self.list.currentRow())
        if place is not None:
            self.accept()
            self.chosen.emit(place)

    def done(self, result: int) -> None:
        """Nothing is searched for behind a closed box."""
        self._rest.stop()
        self._leave_search()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the box walk through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _WALKING:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _leave_search(self) -> None:
        if self._search is not None:
            self._search.stop()
            self._search.deleteLater()
            self._search = None

    def _show(self, text: str, found: Sequence[Found]) -> None:
        """List what was found and choose the first hit."""
        self._leave_search()
        self.list.clear()
        for one in found:
            self._add(one)
        first = next((row for row in range(self.list.count()) if self._place(row)), None)
        if first is not None:
            self.list.setCurrentRow(first)
        self.hint.setText(_hint(text, found))

    def _place(self, row: int) -> Place | None:
        item = self.list.item(row)
        place = item.data(_PLACE) if item else None
        return place if isinstance(place, Place) else None

    def _add(self, found: Found) -> None:
        """A heading that cannot be chosen, then its hits."""
        count = f"{len(found.hits)} / {found.total}" if found.total > len(found.hits) else str(found.total)
        heading = QListWidgetItem(f"{found.sort.label}  {count}")
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setFont(theme.font(12))
        heading.setSizeHint(QSize(0, HEADING))
        self.list.addItem(heading)
        for hit in found.hits:
            self.list.addItem(_item(hit))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.box)
        column.addWidget(self.list, 1)
        column.addWidget(hairline())
        column.addWidget(self.hint)
        self.resize(WIDE, TALL)


class _LineDelegate(QStyledItemDelegate):
    """Draws a hit on one line: its name, and faintly at the right where it belongs."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The background and the name as the style has them, then the rest."""
        detail = index.data(_DETAIL)
        if not detail:
            super().paint(painter, option, index)
            return
        room: QRect = option.rect.adjusted(PAD, 0, -PAD, 0)
        painter.save()
        painter.setFont(theme.font(12))
        told = painter.fontMetrics().elidedText(
            detail, Qt.TextElideMode.ElideMiddle, int(room.width() * DETAIL_SHARE)
        )
        taken = painter.fontMetrics().horizontalAdvance(told) + theme.MEDIUM
        painter.restore()
        self.initStyleOption(option, index)
        whole, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.colours().ink))
        name = painter.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideMiddle, room.width() - taken)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(theme.colours().muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, told)
        painter.restore()


def _item(hit: Hit) -> QListWidgetItem:
    item = QListWidgetItem(hit.title)
    item.setData(_PLACE, hit.place)
    item.setData(_DETAIL, hit.detail)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}，{hit.detail}")
    item.setToolTip(f"{hit.title}\n{hit.detail}")
    item.setSizeHint(QSize(0, LINE))
    return item


def _hint(text: str, found: Sequence[Found]) -> str:
    if not text:
        return "输入后立即查找；↑ ↓ 选择，回车打开，Esc 关闭。"
    if not found:
        return f"没有找到“{text}”。可以只输入名称的一部分，或拼音首字母，如 jsjxy。"
    return "↑ ↓ 选择，回车打开，Esc 关闭。"
