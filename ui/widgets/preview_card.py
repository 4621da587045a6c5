"""A previewed sheet: what it is, what was noted, chips, the grid, and the line on the current cell."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.vocabulary import ProblemKind, RowState
from dualcreate_desktop.intake.grid import Place
from dualcreate_desktop.office.previewing import Doubt, Preview
from dualcreate_desktop.office.receiving import NO_ANSWERS
from ui import theme
from ui.preview_model import FIRST, PreviewModel, Wanted
from ui.widgets.buttons import button
from ui.widgets.card import hairline, label
from ui.widgets.chips import ALL, Chip, Chips
from ui.widgets.preview_table import PreviewTable

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
HEIGHT = 82
"""Of the line on the current cell, in pixels: two lines of words and the actions, so that the grid never jumps."""


class PreviewCard(QFrame):
    """Shows a preview and tells what is mended.

    Signals:
        mended: (row, column) in the sheet, from 0, and the text that shall stand there.
        restored: the place of a cell that shall be as the sender wrote it.
        all_restored: the whole sheet shall be so.
        confirmed: a name that is a new one, although it looks like known ones.
        left_out: the number of a row, as Excel counts, that shall not be imported.
        renewed: the sheet shall be previewed again.
        removed: the sheet shall leave the list.
    """

    mended = Signal(tuple, str)
    restored = Signal(tuple)
    all_restored = Signal()
    confirmed = Signal(str)
    left_out = Signal(int)
    renewed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tableCard")
        self.title = label("", "section", elide=True)
        self.detail = label("", "muted", elide=True)
        self.notes = label("", "note", wrap=True)
        self.trouble = label("", "problem", wrap=True)
        self.renew = button("重新预览", self.renewed.emit, link=True)
        self.restore_all = button("还原全部改动", self.all_restored.emit, link=True)
        self.remove = button("移出列表", self.removed.emit, link=True)
        self._refused = QWidget()
        self.chips = Chips()
        self.model = PreviewModel(self)
        self.table = PreviewTable(self.model)
        self.line = _CellLine(self)
        self._lay_out()
        self.chips.chosen.connect(self.choose)
        self.table.moved.connect(self._show_cell)
        self.model.typed.connect(self.mended, Qt.ConnectionType.QueuedConnection)  # once the editor is closed

    def show_preview(self, preview: Preview, *, fresh: bool, frozen: bool, trouble: str = "") -> None:
        """Show a sheet.

        Args:
            fresh: another sheet than before; else the filter and the current cell stay where they can.
            frozen: nothing may be mended any more.
            trouble: why it could not be imported.
        """
        sheet = preview.sheet
        self.title.setText(sheet.source.name)
        mended = " · 已在预览中改动，原文件不变" if sheet.answers != NO_ANSWERS else ""
        self.detail.setText(f"{preview.what}{mended}")
        self.restore_all.setVisible(sheet.answers != NO_ANSWERS and not frozen)
        self._show_notes(preview)
        self.trouble.setText(trouble)
        self._refused.setVisible(bool(trouble))
        wanted = None if fresh or self.model.wanted not in preview.counts else self.model.wanted
        at = self.table.currentIndex()
        row, column = (0, FIRST) if fresh or not at.isValid() else (at.row(), at.column())
        self.model.show(preview, wanted, frozen=frozen)
        self._show_chips()
        self.table.go_to(row, column)
        self._show_cell()

    def choose(self, value: str) -> None:
        """Show the rows of a chip, with the first thing that is wrong as the current cell."""
        preview = self.model.preview
        if preview is not None:
            self.model.show(preview, _WANTED[value], frozen=self.model.frozen)
            self._show_chips()
            self.table.go_to(0, self.model.doubtful_column(0))

    def _show_chips(self) -> None:
        preview = self.model.preview
        counts = preview.counts if preview is not None else {}
        chips = [
            Chip(_VALUES[wanted], wanted.label if wanted is not None else "全部", counts[wanted])
            for wanted in ORDER
            if wanted in counts
        ]
        self.chips.show_chips(chips, _VALUES[self.model.wanted])

    def _show_notes(self, preview: Preview) -> None:
        told = [*filter(None, (preview.sheet.earlier,)), *preview.sheet.plan.notes]
        lines = told[:NOTES_SHOWN] + (
            [f"另有 {len(told) - NOTES_SHOWN} 条说明"] if len(told) > NOTES_SHOWN else []
        )
        self.notes.setText("\n".join(lines))
        self.notes.setToolTip("\n".join(told) if len(told) > NOTES_SHOWN else "")
        self.notes.setVisible(bool(told))

    def _show_cell(self) -> None:
        self.line.show_cell(self.model, self.table)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (self.title, self.detail, self.notes):
            words.addWidget(widget)
        head = QHBoxLayout()
        head.setContentsMargins(18, theme.MEDIUM, theme.MEDIUM, 0)
        head.addLayout(words, 1)
        head.addWidget(self.restore_all, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self._refused)
        row.setContentsMargins(18, 0, theme.MEDIUM, 0)
        row.addWidget(self.trouble, 1)
        row.addWidget(self.renew)
        filters = QHBoxLayout()
        filters.setContentsMargins(18, 0, 18, 0)
        filters.addWidget(self.chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addWidget(self._refused)
        column.addLayout(filters)
        column.addWidget(hairline())
        column.addWidget(self.table, 1)
        column.addWidget(self.line)


class _CellLine(QFrame):
    """What is wrong with the current cell, or changes in it, and what can be done about it."""

    def __init__(self, card: PreviewCard) -> None:
        super().__init__()
        self.setObjectName("cellLine")
        self._card = card
        self._place: Place | None = None
        self._row = 0
        self._suggestion = self._name = ""
        self.words = label("", "muted", wrap=True)
        self.suggest = button("", lambda: card.mended.emit(self._place, self._suggestion), link=True)
        self.confirm = button("确认是新的", lambda: card.confirmed.emit(self._name), link=True)
        self.mend = button("改正（F2）", lambda: card.table.edit(card.table.currentIndex()), link=True)
        self.restore = button("还原", lambda: card.restored.emit(self._place), link=True)
        self.leave_out = button("不导入这一行", lambda: card.left_out.emit(self._row), link=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TINY)
        for action in self._actions():
            row.addWidget(action)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, theme.TINY, 18, theme.SMALL)
        column.setSpacing(theme.TINY)
        column.addWidget(self.words, 1)
        column.addLayout(row)
        self.setFixedHeight(HEIGHT)

    def show_cell(self, model: PreviewModel, table: PreviewTable) -> None:
        """Tell of the current cell."""
        index = table.currentIndex()
        row, cell, problem = model.row_at(index), model.cell_at(index), model.problem_at(index)
        self._place = model.place_at(index)
        self._row = row.row if row is not None else 0
        self._suggestion = problem.suggestion if problem is not None and self._place is not None else ""
        unsure = problem is not None and problem.key == "name" and problem.kind is ProblemKind.AMBIGUOUS
        self._name = cell.typed if cell is not None and unsure and self._place is not None else ""
        self.confirm.setVisible(bool(self._name))
        self.suggest.setText(f"改成“{self._suggestion}”")
        self.suggest.setVisible(bool(self._suggestion))
        self.mend.setVisible(problem is not None and self._place is not None)
        self.restore.setVisible(cell is not None and cell.sent is not None and not model.frozen)
        self.leave_out.setVisible(row is not None and row.state is RowState.PROBLEM and not model.frozen)
        self.words.setText(_words(model, table))
        tone = "muted" if problem is None else "problem" if problem.is_error else "warning"
        self.words.setProperty("role", tone)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)

    def _actions(self) -> tuple[QPushButton, ...]:
        return (self.suggest, self.confirm, self.mend, self.restore, self.leave_out)


def _words(model: PreviewModel, table: PreviewTable) -> str:
    index = table.currentIndex()
    row, column = model.row_at(index), model.column_at(index)
    cell, problem = model.cell_at(index), model.problem_at(index)
    if row is None:
        return ""
    if row.state is RowState.ABSENT:
        return "库中有这一条，表里没有列出；导入不会删除它。"
    where = f"第 {row.row} 行" if column is None else column.where(row.row)
    told = []
    if problem is not None:
        told.append(f"{problem.message}。")
    if cell is not None and cell.before is not None:
        told.append(f"{column.field.label if column else ''}由“{cell.before}”改为“{cell.text}”。")
    if cell is not None and cell.sent is not None:
        told.append(f"表中原写作“{cell.sent}”，已改正（不改动原文件）。")
    if not told and row.problems and cell is not None:
        told.append("这一行有问题，见标红的单元格。" if row.state is RowState.PROBLEM else "")
    return f"{where}：{''.join(told)}" if any(told) else ""


_VALUES = {wanted: ALL if wanted is None else wanted.value for wanted in ORDER}
_WANTED = {value: wanted for wanted, value in _VALUES.items()}
