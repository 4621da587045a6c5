"""A previewed sheet: what it is, what was noted, chips, the grid in two views, and the line on the current cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from db.vocabulary import RowState
from dualcreate_desktop.fields import FieldType, ListKind
from dualcreate_desktop.office.previewing import Doubt, Preview
from dualcreate_desktop.office.receiving import NO_ANSWERS
from dualcreate_desktop.office.score_sheets import ScoreSheet
from ui import theme
from ui.cell_model import CellModel
from ui.preview_model import FIRST, PreviewModel, Wanted
from ui.widgets.buttons import button
from ui.widgets.card import hairline, label
from ui.widgets.cell_line import CellLine
from ui.widgets.cell_table import CellTable
from ui.widgets.chips import ALL, Chip, Chips
from ui.widgets.preview_table import PreviewTable
from ui.widgets.sheet_view import SheetView
from ui.widgets.switch import Switch

ORDER: tuple[Wanted, ...] = (
    None,
    RowState.NEW,
    RowState.CHANGED,
    RowState.SAME,
    RowState.PROBLEM,
    Doubt.WARNED,
    RowState.DUPLICATE,
    RowState.SKIPPED,
    RowState.ABSENT,
)
"""The chips from left to right."""

NOTES_SHOWN = 2

RESULT, SHEET = 0, 1
"""The two views: what an import would do, and the sheet as it was sent."""


class PreviewCard(QFrame):
    """Shows a preview and tells what is mended.

    Signals:
        mended: (row, column) in the sheet, from 0, and the text that shall stand there.
        restored: the place of a cell that shall be as the sender wrote it.
        all_restored: the whole sheet shall be so.
        confirmed: a name that is a new one, although it looks like known ones.
        choosing: the number of a row and the key of a field, whose unit or branch shall be chosen.
        replacing: likewise, of a text that shall be another everywhere.
        added, updated: the number of a row that is a record of its own, or after all the one that is named alike.
        left_out, brought_back: the number of a row that shall not, or shall, be imported.
        laid_out: the key of the list that the sheet is said to be, and where it stands.
        unit_wanted: somebody wants to say whose list it is.
        sent_back: it shall go back to its sender.
        gone_on: the rows that an import kept out shall be mended after it.
        renewed: the sheet shall be previewed again.
        removed: the sheet shall leave the list.
    """

    mended = Signal(tuple, str)
    restored = Signal(tuple)
    all_restored = Signal()
    confirmed = Signal(str)
    choosing = Signal(int, str)
    replacing = Signal(int, str)
    added = Signal(int)
    updated = Signal(int)
    left_out = Signal(int)
    brought_back = Signal(int)
    laid_out = Signal(str, object)
    unit_wanted = Signal()
    sent_back = Signal()
    gone_on = Signal()
    renewed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tableCard")
        self.title = label("", "section", elide=True)
        self.detail = label("", "muted", elide=True)
        self.unit = button("", self.unit_wanted.emit, link=True)
        self.notes = label("", "note", wrap=True)
        self.trouble = label("", "problem", wrap=True)
        self.renew = button("重新预览", self.renewed.emit, link=True)
        self.restore_all = button("还原全部改动", self.all_restored.emit, link=True)
        self.send_back = button("退回修改…", self.sent_back.emit, link=True)
        self.go_on = button("", self.gone_on.emit, link=True)
        self.remove = button("移出列表", self.removed.emit, link=True)
        self._refused = QWidget()
        self.switch = Switch(("导入结果", "原表"))
        self.chips = Chips()
        self.model = PreviewModel(self)
        self.table = PreviewTable(self.model)
        self.sheet = SheetView()
        self.line = CellLine()
        self.menu = QMenu(self)
        self._kinds: Sequence[ListKind] = ()
        self._wanted: Wanted = None
        self._views = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_preview(
        self,
        preview: Preview,
        *,
        fresh: bool,
        frozen: bool,
        trouble: str = "",
        kinds: Sequence[ListKind] = (),
    ) -> None:
        """Show a sheet.

        Args:
            fresh: another sheet than before; else the filter and the current cell stay where they can.
            frozen: nothing may be mended any more.
            trouble: why it could not be imported.
            kinds: the lists that it may be said to be.
        """
        self._kinds = kinds
        self._show_head(preview, frozen=frozen)
        self._show_notes(preview)
        self.trouble.setText(trouble)
        self._refused.setVisible(bool(trouble))
        self._wanted = None if fresh or self._wanted not in preview.counts else self._wanted
        if fresh:
            self.show_view(SHEET if preview.needs_layout else RESULT)
        places = {
            table: (0, first) if fresh or not at.isValid() else (at.row(), at.column())
            for table, first in ((self.table, FIRST), (self.sheet.table, 0))
            for at in (table.currentIndex(),)
        }
        self._fill(preview, frozen=frozen)
        for table, place in places.items():
            table.go_to(*place)
        self._show_cell()

    def choose(self, value: str) -> None:
        """Show the rows of a chip, with the first thing that is wrong as the current cell."""
        preview = self.model.preview
        if preview is not None:
            self._wanted = _WANTED[value]
            self._fill(preview, frozen=self.model.frozen)
            column = self.model.doubtful_column(0)
            self.table.go_to(0, column)
            place = preview.columns[column - FIRST].place if column >= FIRST else 0
            self.sheet.table.go_to(0, place or 0)
            self._show_cell()

    def show_view(self, place: int) -> None:
        """Show what an import would do, or the sheet as it was sent."""
        self.switch.choose(place)
        self._views.setCurrentIndex(place)
        self._show_chips()
        self._show_cell()

    @property
    def shown(self) -> tuple[CellModel, CellTable]:
        """The grid that is seen."""
        if self._views.currentIndex() == SHEET:
            return self.sheet.model, self.sheet.table
        return self.model, self.table

    def take_keyboard(self) -> None:
        """The grid that is seen."""
        self.shown[1].setFocus()

    @property
    def is_editing(self) -> bool:
        """Whether somebody is typing into a cell."""
        return self.table.is_editing or self.sheet.table.is_editing

    def ask_row(self, at: QPoint) -> None:
        """Offer what can be done with the current cell, and in 原表 what its row and its column may be."""
        table = self.shown[1]
        self.menu.clear()
        for action in self.line.offered():
            self.menu.addAction(action.text(), action.click)
        if table is self.sheet.table:
            self.menu.addSeparator()
            self.sheet.offer_cell(self.menu, table.currentIndex())
        if self.menu.actions():
            self.menu.popup(table.viewport().mapToGlobal(at))

    def _fill(self, preview: Preview, *, frozen: bool) -> None:
        self.model.show(preview, self._wanted, frozen=frozen)
        self.sheet.show_sheet(preview, self._kinds, self._wanted, frozen=frozen)
        self._show_chips()

    def _show_head(self, preview: Preview, *, frozen: bool) -> None:
        sheet = preview.sheet
        self.title.setText(sheet.source.path)
        self.switch.setVisible(not sheet.grid.origins)
        answered = sheet.answers != NO_ANSWERS
        self.detail.setText(f"{preview.what}{' · 已在预览中改动，原文件不变' if answered else ''}")
        self.restore_all.setVisible(answered and not frozen)
        self.send_back.setVisible(bool(sheet.plan.all_problems))
        kept_out = preview.counts.get(RowState.PROBLEM, 0)
        self.go_on.setText(f"接着改没导入的 {kept_out} 行")
        self.go_on.setVisible(bool(kept_out) and frozen)
        asks = any(field.type is FieldType.UNIT and field.required for field in preview.kind.fields)
        unit = sheet.plan.unit
        self.unit.setVisible(asks and not frozen and not isinstance(sheet, ScoreSheet))
        self.unit.setText("单位：未认出，请指定…" if unit is None else f"单位：{unit.name}")
        why = [] if unit is None else [unit.reason, *(f"但{doubt}" for doubt in unit.doubts)]
        self.unit.setToolTip("；".join([*why, "点击可以改为另一个单位"]))

    def _show_chips(self) -> None:
        preview = self.model.preview
        counts = preview.counts if preview is not None else {}
        seen = [wanted for wanted in ORDER if wanted in counts]
        if self._views.currentIndex() == SHEET:
            seen = [wanted for wanted in seen if wanted is not RowState.ABSENT]
        chips = [
            Chip(_VALUES[wanted], wanted.label if wanted is not None else "全部", counts[wanted])
            for wanted in seen
        ]
        self.chips.show_chips(chips, _VALUES[self._wanted])

    def _show_notes(self, preview: Preview) -> None:
        doubts = preview.sheet.plan.unit.doubts if preview.sheet.plan.unit is not None else ()
        told = [
            *filter(None, (preview.sheet.earlier,)),
            *(f"请核对单位：{doubt}" for doubt in doubts),
            *preview.sheet.plan.notes,
        ]
        lines = told[:NOTES_SHOWN] + (
            [f"另有 {len(told) - NOTES_SHOWN} 条说明"] if len(told) > NOTES_SHOWN else []
        )
        self.notes.setText("\n".join(lines))
        self.notes.setToolTip("\n".join(told) if len(told) > NOTES_SHOWN else "")
        self.notes.setVisible(bool(told))

    def _show_cell(self) -> None:
        self.line.show_cell(*self.shown)

    def _connect(self) -> None:
        self.chips.chosen.connect(self.choose)
        self.switch.chosen.connect(self.show_view)
        for model, table in ((self.model, self.table), (self.sheet.model, self.sheet.table)):
            table.moved.connect(self._show_cell)
            table.asked.connect(self.ask_row)
            model.typed.connect(self.mended, Qt.ConnectionType.QueuedConnection)  # once the editor is closed
        line = self.line
        for told, tells in (
            (line.mended, self.mended),
            (line.confirmed, self.confirmed),
            (line.choosing, self.choosing),
            (line.replacing, self.replacing),
            (line.restored, self.restored),
            (line.added, self.added),
            (line.updated, self.updated),
            (line.unit_wanted, self.unit_wanted),
            (line.left_out, self.left_out),
            (line.brought_back, self.brought_back),
            (self.sheet.laid_out, self.laid_out),
            (self.sheet.left_out, self.left_out),
            (self.sheet.brought_back, self.brought_back),
        ):
            told.connect(tells)
        line.edit_wanted.connect(lambda: self.shown[1].edit(self.shown[1].currentIndex()))

    def _lay_out(self) -> None:
        self._views.addWidget(self.table)
        self._views.addWidget(self.sheet)
        head = QHBoxLayout()
        head.setContentsMargins(18, theme.MEDIUM, theme.MEDIUM, 0)
        head.setSpacing(theme.TINY)
        head.addWidget(self.title, 1)
        for action in (self.restore_all, self.go_on, self.send_back, self.remove):
            head.addWidget(action)
        second = QHBoxLayout()
        second.setContentsMargins(18, 0, theme.MEDIUM, 0)
        second.addWidget(self.detail, 1)
        second.addWidget(self.unit)
        row = QHBoxLayout(self._refused)
        row.setContentsMargins(18, 0, theme.MEDIUM, 0)
        row.addWidget(self.trouble, 1)
        row.addWidget(self.renew)
        noted = QHBoxLayout()
        noted.setContentsMargins(18, 0, 18, 0)
        noted.addWidget(self.notes)
        filters = QHBoxLayout()
        filters.setContentsMargins(18, 0, 18, 0)
        filters.setSpacing(theme.MEDIUM)
        filters.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        filters.addWidget(self.chips, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addLayout(second)
        column.addLayout(noted)
        column.addWidget(self._refused)
        column.addLayout(filters)
        column.addWidget(hairline())
        column.addWidget(self._views, 1)
        column.addWidget(self.line)


_VALUES = {wanted: ALL if wanted is None else wanted.value for wanted in ORDER}
_WANTED = {value: wanted for wanted, value in _VALUES.items()}
