"""原表: the sheet as its sender sees it, where head, region and columns are moved with a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from db.vocabulary import RowState
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.rows import Layout
from dualcreate_desktop.intake.shape import Guess
from dualcreate_desktop.office import laying_out
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.score_sheets import ScoreSheet
from ui import theme
from ui.preview_model import Wanted
from ui.sheet_model import SheetModel
from ui.widgets.card import label
from ui.widgets.sheet_table import SheetTable

HINT = "点行号：表头和数据的起止；点列名：这一列是什么"
NO_COLUMN = "不导入这一列"


class SheetView(QWidget):
    """Shows a sheet.

    Signals:
        laid_out: the key of the list that the sheet is said to be, and where it stands.
        left_out, brought_back: the number of a row that shall not, or shall, be imported.
    """

    laid_out = Signal(str, object)
    left_out = Signal(int)
    brought_back = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model = SheetModel(self)
        self.table = SheetTable(self.model)
        self.kind = QComboBox()
        self.kind.setAccessibleName("表的种类")
        self.hint = label(HINT, "muted", elide=True)
        self.menu = QMenu(self)
        self._kinds: tuple[ListKind, ...] = ()
        self._top = self._make_top()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._top)
        column.addWidget(self.table, 1)
        self.kind.activated.connect(self._say_kind)
        self.table.row_asked.connect(self.ask_row)
        self.table.column_asked.connect(self.ask_column)

    def show_sheet(
        self, preview: Preview, kinds: Sequence[ListKind], wanted: Wanted, *, frozen: bool
    ) -> None:
        """Show the sheet of a preview.

        Args:
            kinds: what it may be said to be.
        """
        self._kinds = tuple(kinds)
        self.model.show(preview, wanted, frozen=frozen)
        self.kind.clear()
        for kind in self._kinds:
            self.kind.addItem(kind.label, kind.key)
        self.kind.setCurrentIndex(self.kind.findData(preview.kind.key))
        self._top.setVisible(self._movable)

    def ask_row(self, row: int, where: QPoint) -> None:
        """Offer what a row of the sheet may be; rows from 0."""
        self.menu.clear()
        preview = self.model.preview
        if preview is None or self.model.frozen:
            return
        if self._movable:
            self._offer_region(self.menu, row)
            self.menu.addSeparator()
        self._offer_row(preview, row)
        if self.menu.actions():
            self.menu.popup(where)

    def offer_cell(self, menu: QMenu, index: QModelIndex) -> None:
        """Add to a menu what the row and the column of a cell may be."""
        if self._movable and index.isValid():
            self._offer_region(menu, self.model.number(index.row()))
            menu.addSeparator()
            menu.addAction("这一列是什么…", partial(self.table.ask_column, index.column()))

    def ask_column(self, column: int, where: QPoint) -> None:
        """Offer what a column may mean."""
        self.menu.clear()
        if not self._movable:
            return
        guess = self._guess
        meant = guess.mapping.get(column, "")
        taken = set(guess.mapping.values())
        self._offer(self.menu, NO_COLUMN, lambda: self._say_column(column, ""), checked=not meant)
        self.menu.addSeparator()
        for field in guess.kind.fields:
            words = field.label + ("（已有列对应）" if field.key in taken and field.key != meant else "")
            self._offer(
                self.menu, words, partial(self._say_column, column, field.key), checked=field.key == meant
            )
        self.menu.popup(where)

    @property
    def _guess(self) -> Guess:
        assert self.model.preview is not None
        return self.model.preview.sheet.guess

    @property
    def _movable(self) -> bool:
        """A form of our own, a Word form and a scoring sheet say themselves what stands where."""
        preview = self.model.preview
        return (
            preview is not None
            and not self.model.frozen
            and not isinstance(preview.sheet, ScoreSheet)
            and preview.sheet.guess.form is None
            and not preview.sheet.grid.origins
        )

    def _offer_region(self, menu: QMenu, row: int) -> None:
        number, guess, layout = row + 1, self._guess, self._guess.layout
        self._offer(menu, f"第 {number} 行是表头", lambda: self._say_head((row,)))
        if {row - 1, row + 1} & set(guess.header_rows) and row not in guess.header_rows:
            self._offer(menu, f"第 {number} 行也属于表头", lambda: self._say_head((*guess.header_rows, row)))
        self._offer(menu, f"数据从第 {number} 行开始", lambda: self._say(laying_out.with_first(layout, row)))
        self._offer(menu, f"数据到第 {number} 行为止", lambda: self._say(laying_out.with_last(layout, row)))

    def _offer_row(self, preview: Preview, row: int) -> None:
        record = next((each for each in preview.rows() if each.row == row + 1), None)
        if record is not None and record.state is RowState.SKIPPED:
            self._offer(self.menu, "照常导入这一行", lambda: self.brought_back.emit(row + 1))
        elif record is not None:
            self._offer(self.menu, "不导入这一行", lambda: self.left_out.emit(row + 1))

    @staticmethod
    def _offer(menu: QMenu, words: str, act: Callable[[], object], *, checked: bool = False) -> None:
        action = menu.addAction(words)
        action.setCheckable(checked)
        action.setChecked(checked)
        action.triggered.connect(lambda _: act())

    def _say_kind(self) -> None:
        kind = next((each for each in self._kinds if each.key == self.kind.currentData()), None)
        preview = self.model.preview
        if kind is not None and preview is not None and kind.key != preview.kind.key:
            layout = laying_out.with_head(preview.sheet.grid, kind, self._guess.header_rows)
            self.laid_out.emit(kind.key, layout)

    def _say_head(self, rows: Sequence[int]) -> None:
        preview = self.model.preview
        if preview is not None:
            self._say(laying_out.with_head(preview.sheet.grid, preview.kind, rows))

    def _say_column(self, column: int, key: str) -> None:
        self._say(laying_out.with_column(self._guess.layout, column, key))

    def _say(self, layout: Layout) -> None:
        self.laid_out.emit(self._guess.kind.key, layout)

    def _make_top(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(label("这张表是", "muted"))
        row.addWidget(self.kind)
        row.addWidget(self.hint, 1)
        return made
