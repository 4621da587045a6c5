"""The house table: lit rows, column chooser, remembered widths and order, copying for Excel."""

from __future__ import annotations

from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from dualcreate_desktop.fields import Align, Column
from ui import theme
from ui.delegates import CellDelegate
from ui.rows_model import RowsModel
from ui.settings import Settings
from ui.widgets.plain_table import PlainTable

RowT = TypeVar("RowT")

CHARACTER_PX = 6.6
"""Width of a half-width character of the body font, for the declared widths."""

FILLING_AT_LEAST = 150
"""The filling column, usually the first, takes what the others leave, but never less."""

FILLING_LIKES = 236
"""As long as it has less, other long columns give way a little."""

LONG = 16
"""From this declared width on a column may give way, down to this share of its width."""
GIVES_WAY = 0.7

_SAVE_AFTER_MS = 400
_NEITHER = -1


class Table(PlainTable, Generic[RowT]):
    """Shows a :class:`RowsModel`.

    Args:
        key: under which widths, order, hidden columns and sorting are remembered.
        fills: the number of the column that takes the width that is left, `fills_at_least` pixels in any case.
        delegate: what draws the cells.

    Signals:
        opened: double click or Enter on a row; carries the row.
        picked: the current row changed; carries it, or None.
        asked: the menu of the selected rows is about to open, still empty; carries it.

    Attributes:
        menu: what can be done with the selected rows, ending with what the table itself can do: copying.
    """

    opened = Signal(object)
    picked = Signal(object)
    asked = Signal(QMenu)

    def __init__(
        self,
        model: RowsModel[RowT],
        settings: Settings,
        key: str,
        parent: QWidget | None = None,
        *,
        fills: int = 0,
        fills_at_least: int = FILLING_AT_LEAST,
        delegate: type[CellDelegate] = CellDelegate,
    ) -> None:
        super().__init__(parent)
        self._fills, self._at_least = fills, fills_at_least
        self.rows = model
        self._settings, self._key = settings, f"table/{key}"
        self._delegate = delegate(self)
        self.menu = QMenu(self)
        self._widths: dict[int, int] = {}
        self._unwanted: set[str] = set()
        self._left_out: frozenset[str] = frozenset()
        self._fitting = False
        self._saving = QTimer(self, interval=_SAVE_AFTER_MS, singleShot=True)
        self._saving.timeout.connect(self._remember)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._dress()
        self._restore()
        self.selectionModel().currentRowChanged.connect(lambda *_: self.picked.emit(self.current()))
        self.doubleClicked.connect(lambda _: self._open())
        header = self.horizontalHeader()
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(lambda *_: self._saving.start())
        header.sortIndicatorChanged.connect(self._on_sorted)
        header.customContextMenuRequested.connect(self._choose_columns)

    def current(self) -> RowT | None:
        """The row that is selected; None when there is none."""
        return self.rows.row_at(self.currentIndex().row())

    def selected(self) -> list[RowT]:
        """All rows that are selected, from the top."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for row in map(self.rows.row_at, chosen) if row is not None]

    def select(self, number: int) -> None:
        """Select a row and bring it into view."""
        index = self.rows.index(number, self.horizontalHeader().logicalIndex(0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def copy(self, *, headed: bool = False) -> None:
        """Put the selected rows on the clipboard as Excel takes them: shown columns, tabs between.

        Args:
            headed: the names of the columns stand above them.
        """
        columns = [self.rows.columns[number] for number in self.shown_columns()]
        lines = ["\t".join(column.label for column in columns)] if headed else []
        lines += ["\t".join(_one_line(column.show(row)) for column in columns) for row in self.selected()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def shown_columns(self) -> list[int]:
        """The columns that are not hidden, from left to right."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [column for column in order if not header.isSectionHidden(column)]

    def leave_out(self, keys: frozenset[str]) -> None:
        """Neither show nor offer columns that mean nothing for these rows; what was chosen is remembered."""
        if keys != self._left_out:
            self._left_out = keys
            self._hide_columns()
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies; Up from the first row and Tab leave the table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the row under the pointer, or with the keyboard with the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.menu.clear()
        self.asked.emit(self.menu)
        self.menu.addSeparator()
        self.menu.addAction("复制（Ctrl+C）", self.copy)
        self.menu.addAction("连同表头复制", partial(self.copy, headed=True))
        at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        self.menu.popup(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the mouse."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: Any) -> None:
        """No row is under the mouse any more."""
        self._hover(_NEITHER)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the filling column take the width that is left."""
        super().resizeEvent(event)
        self._fit()

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setToolTip("单击排序，拖动换位，右键选择显示哪些列")

    def _fit(self) -> None:
        """Give the filling column what is left, after long ones have given way where it is narrow."""
        others = [column for column in self.shown_columns() if column != self._fills]
        yielding = [column for column in others if self._yields(column)]
        room = self.viewport().width()
        wanted = sum(self._widths[column] for column in others)
        soft = sum(self._widths[column] for column in yielding)
        share = 1 - min(max(wanted + FILLING_LIKES - room, 0) / soft, 1 - GIVES_WAY) if soft else 1
        self._fitting = True
        for column in others:
            self.setColumnWidth(column, int(self._widths[column] * (share if column in yielding else 1)))
        left = room - sum(self.columnWidth(column) for column in others)
        self.setColumnWidth(self._fills, max(self._at_least, left))
        self._fitting = False

    def _yields(self, column: int) -> bool:
        """Long text does; a width that was chosen by hand stays as it was chosen."""
        declared = self.rows.columns[column]
        is_long = declared.align is Align.LEFT and declared.width >= LONG
        return is_long and self._widths[column] == _declared_px(declared)

    def _on_resized(self, column: int, _old: int, new: int) -> None:
        """A width that the user chose is remembered; the filling column keeps filling."""
        if not self._fitting:
            self._widths[column] = new
            self._fit()
            self._saving.start()

    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        self.rows.sort(column, order)
        self._saving.start()

    def _choose_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        for number, column in enumerate(self.rows.columns[1:], start=1):
            if column.key in self._left_out:
                continue
            action = menu.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda shown, number=number: self._show_column(number, shown))
        menu.addSeparator()
        menu.addAction("恢复默认列", self._forget)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _show_column(self, number: int, shown: bool) -> None:
        key = self.rows.columns[number].key
        self._unwanted = self._unwanted - {key} if shown else self._unwanted | {key}
        self._hide_columns()
        self._fit()
        self._saving.start()

    def _hide_columns(self) -> None:
        for number, column in enumerate(self.rows.columns):
            self.setColumnHidden(number, column.key in self._unwanted | self._left_out)

    def _remember(self) -> None:
        header = self.horizontalHeader()
        keys = [column.key for column in self.rows.columns]
        query = self.rows.query
        self._settings.put(
            self._key,
            {
                "widths": {keys[number]: width for number, width in self._widths.items()},
                "order": [keys[header.logicalIndex(place)] for place in range(header.count())],
                "hidden": [key for key in keys if key in self._unwanted],
                "sort": query.sort,
                "descending": query.descending,
            },
        )

    def _forget(self) -> None:
        self._settings.put(self._key, {})
        self._restore()

    def _restore(self) -> None:
        """Lay the columns out as remembered, else as declared, and load the rows in the remembered order."""
        known = self._settings.get(self._key)
        header = self.horizontalHeader()
        columns = self.rows.columns
        keys = [column.key for column in columns]
        self._unwanted = set(known.get("hidden", [column.key for column in columns if column.hidden]))
        widths = known.get("widths", {})
        for number, column in enumerate(columns):
            self._widths[number] = int(widths.get(column.key, _declared_px(column)))
        self._hide_columns()
        remembered = [key for key in known.get("order", []) if key in keys]
        for place, key in enumerate([*remembered, *(key for key in keys if key not in remembered)]):
            header.moveSection(header.visualIndex(keys.index(key)), place)
        sort = known.get("sort", "")
        order = Qt.SortOrder.DescendingOrder if known.get("descending") else Qt.SortOrder.AscendingOrder
        place = keys.index(sort) if sort in keys else _NEITHER
        header.setSortIndicator(place, order)
        self.rows.sort(place, order)
        self._fit()


def _declared_px(column: Column) -> int:
    return round(column.width * CHARACTER_PX) + 2 * theme.MEDIUM


def _one_line(text: str) -> str:
    return " ".join(text.split())
