"""What is wrong with the current cell of a preview, or changes in it, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from db.vocabulary import ProblemKind, RowState
from dualcreate_desktop.fields import FieldType, ListKind
from dualcreate_desktop.intake.grid import Place
from dualcreate_desktop.intake.plan import PlanRow
from dualcreate_desktop.intake.reading import Problem
from dualcreate_desktop.office import choosing
from dualcreate_desktop.office.previewing import Preview, PreviewColumn
from ui import theme
from ui.cell_model import CellModel
from ui.widgets.buttons import button
from ui.widgets.card import label
from ui.widgets.cell_table import CellTable

HEIGHT = 82
"""In pixels: two lines of words and the actions, so that the grid never jumps."""

_EVERYWHERE = frozenset(
    {
        *(ProblemKind.UNKNOWN_CHOICE, ProblemKind.BAD_DATE, ProblemKind.BAD_NUMBER),
        *(ProblemKind.UNKNOWN_UNIT, ProblemKind.UNKNOWN_BRANCH),
    }
)
"""Problems of a text that may stand in many rows."""

_UNSURE = frozenset({ProblemKind.AMBIGUOUS, ProblemKind.UNKNOWN_BRANCH, ProblemKind.UNKNOWN_UNIT})
"""Problems of a name of which nobody knows whose it is."""


class CellLine(QFrame):
    """Tells of the current cell.

    Signals:
        mended: the place of a cell, and the text that shall stand there.
        confirmed: a name that is a new one, although it looks like known ones.
        choosing: the number of a row and the key of a field, whose unit or branch shall be chosen.
        replacing: likewise, of a text that shall be another everywhere.
        restored: the place of a cell that shall be as the sender wrote it.
        added, updated: the number of a row that is a record of its own, or after all the one that is named alike.
        unit_wanted: somebody wants to say whose list it is.
        left_out, brought_back: the number of a row that shall not, or shall, be imported.
        edit_wanted: the current cell shall be typed over.
    """

    mended = Signal(tuple, str)
    confirmed = Signal(str)
    choosing = Signal(int, str)
    replacing = Signal(int, str)
    restored = Signal(tuple)
    added = Signal(int)
    updated = Signal(int)
    unit_wanted = Signal()
    left_out = Signal(int)
    brought_back = Signal(int)
    edit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cellLine")
        self._place: Place | None = None
        self._row = 0
        self._key = self._suggestion = self._name = ""
        self.words = label("", "muted", wrap=True)
        self.choose = button("是哪一个…", lambda: self.choosing.emit(self._row, self._key), link=True)
        self.suggest = button("", lambda: self.mended.emit(self._place, self._suggestion), link=True)
        self.confirm = button("确认是新的", lambda: self.confirmed.emit(self._name), link=True)
        self.replace = button("全部改为…", lambda: self.replacing.emit(self._row, self._key), link=True)
        self.mend = button("改正（F2）", self.edit_wanted.emit, link=True)
        self.restore = button("还原", lambda: self.restored.emit(self._place), link=True)
        self.unit = button("指定单位…", self.unit_wanted.emit, link=True)
        self.add = button("另加一条", lambda: self.added.emit(self._row), link=True)
        self.update_known = button("还是更新", lambda: self.updated.emit(self._row), link=True)
        self.leave_out = button("不导入这一行", lambda: self.left_out.emit(self._row), link=True)
        self.bring_back = button("照常导入这一行", lambda: self.brought_back.emit(self._row), link=True)
        self._lay_out()

    def show_cell(self, model: CellModel, table: CellTable) -> None:
        """Tell of the current cell."""
        index = table.currentIndex()
        row, column = model.row_at(index), model.column_at(index)
        cell, problem = model.cell_at(index), _problem(model, table)
        self._place = model.place_at(index)
        self._row = row.row if row is not None else 0
        self._key = column.field.key if column is not None else ""
        here = problem is not None and self._place is not None and problem.key == self._key
        self._suggestion = problem.suggestion if problem is not None and here else ""
        unsure = problem is not None and problem.key == "name" and problem.kind is ProblemKind.AMBIGUOUS
        self._name = cell.typed if cell is not None and unsure and here else ""
        self.confirm.setVisible(bool(self._name))
        self.suggest.setText(f"改成“{self._suggestion}”")
        self.suggest.setVisible(bool(self._suggestion))
        self._show_choice(model, row, column, problem)
        self.replace.setVisible(problem is not None and here and problem.kind in _EVERYWHERE)
        self.mend.setVisible(here)
        self.restore.setVisible(cell is not None and cell.sent is not None and not model.frozen)
        self.unit.setVisible(not model.frozen and _asks_unit(model, problem))
        self._show_row_actions(model, row)
        self.words.setText(_words(model, table))
        tone = "muted" if problem is None else "problem" if problem.is_error else "warning"
        self.words.setProperty("role", tone)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)

    def _show_choice(
        self, model: CellModel, row: PlanRow | None, column: PreviewColumn | None, problem: Problem | None
    ) -> None:
        """Which one is meant, where nobody knows; and where a roster would add one that may be there already."""
        preview = model.preview
        asks = self._place is not None and preview is not None and choosing.asks(preview, self._key)
        unsure = problem is not None and problem.kind in _UNSURE
        new = row is not None and row.state is RowState.NEW and self._key == "name"
        other = bool(_taken_for(model, row, column))
        self.choose.setText("是哪一个…" if unsure else "更新已有的…" if new else "不是这个…")
        self.choose.setVisible(asks and (unsure or new or other))

    def offered(self) -> tuple[QPushButton, ...]:
        """What can be done now."""
        return tuple(action for action in self._actions() if not action.isHidden())

    def _show_row_actions(self, model: CellModel, row: PlanRow | None) -> None:
        state = row.state if row is not None else RowState.ABSENT
        sheet = model.preview.sheet if model.preview is not None else None
        added = sheet is not None and self._row in sheet.answers.added
        self.add.setVisible(not model.frozen and not added and _may_be_added(model, row))
        self.update_known.setVisible(not model.frozen and added)
        written = state in (RowState.NEW, RowState.CHANGED, RowState.PROBLEM)
        self.leave_out.setVisible(written and not model.frozen)
        self.bring_back.setVisible(state is RowState.SKIPPED and not model.frozen)

    def _lay_out(self) -> None:
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

    def _actions(self) -> tuple[QPushButton, ...]:
        return (
            *(self.choose, self.suggest, self.confirm, self.replace),
            *(self.mend, self.restore, self.unit, self.add, self.update_known),
            *(self.leave_out, self.bring_back),
        )


def _problem(model: CellModel, table: CellTable) -> Problem | None:
    """What is wrong with the current cell, else with a field of its row for which the file has no column."""
    index = table.currentIndex()
    row, problem = model.row_at(index), model.problem_at(index)
    if problem is not None or row is None or model.preview is None:
        return problem
    columns = {column.field.key for column in model.preview.columns if column.place is not None}
    return next((each for each in row.problems if each.is_error and each.key not in columns), None)


def _taken_for(model: CellModel, row: PlanRow | None, column: PreviewColumn | None) -> str:
    """What another name in a cell of the file was taken for; empty where nothing was taken for anything."""
    if model.preview is None or row is None or column is None or column.place is None:
        return ""
    return choosing.was_taken_for(model.preview, row, column.field.key)


def _asks_unit(model: CellModel, problem: Problem | None) -> bool:
    """Whether a row is kept out because nobody knows whose list it is."""
    if model.preview is None or problem is None or not problem.key:
        return False
    field = model.preview.kind.field(problem.key)
    return field.type is FieldType.UNIT and field.required and not problem.column


def _may_be_added(model: CellModel, row: PlanRow | None) -> bool:
    """Whether the row may be a record of its own, beside the one that is named alike."""
    preview = model.preview
    if row is None or preview is None or not preview.kind.repeats or preview.sheet.guess.form is not None:
        return False
    twice = any(problem.kind is ProblemKind.DUPLICATE_ROW for problem in row.problems)
    return row.state is RowState.CHANGED or twice


def _of_whole_row(row: PlanRow, preview: Preview, *, frozen: bool) -> str:
    """What is to be said of a row at a cell of which there is nothing to say."""
    if row.problems:
        whole = next((found for found in row.problems if not found.key), None)
        pointed = "这一行有问题，见标红的单元格。" if row.state is RowState.PROBLEM else ""
        return f"{whole.message}。" if whole is not None else pointed
    return _why_updated(preview.kind) if row.state is RowState.CHANGED and not frozen else ""


def _why_updated(kind: ListKind) -> str:
    """Why a row changes a record and may not be another one, where it may not."""
    if kind.repeats:
        return ""
    names = "、".join(kind.field(key).label for key in kind.identity)
    return f"会更新已有的一条：{kind.label}里，{names}都相同的只有一条，不能另加。"


def _words(model: CellModel, table: CellTable) -> str:
    index = table.currentIndex()
    row, column = model.row_at(index), model.column_at(index)
    cell, problem = model.cell_at(index), _problem(model, table)
    if row is None:
        return model.why_no_record(index)
    if row.state is RowState.ABSENT:
        return "库中有这一条，表里没有列出；导入不会删除它。"
    of_row = column is None or (problem is not None and problem.key != column.field.key)
    where = f"第 {row.row} 行" if column is None or of_row else column.where(row.row)
    told = []
    if row.state is RowState.SKIPPED:
        told.append("这一行不导入。")
    if problem is not None:
        told.append(f"{problem.message}。")
    if cell is not None and cell.before is not None:
        told.append(f"{column.field.label if column else ''}由“{cell.before}”改为“{cell.text}”。")
    if cell is not None and (known := _taken_for(model, row, column)):
        told.append(f"表中写作“{cell.typed}”，认作名册中的“{known}”。")
    if cell is not None and cell.sent is not None:
        told.append(f"表中原写作“{cell.sent}”，已改正（不改动原文件）。")
    if row.told and row.state is not RowState.PROBLEM:
        told.append(f"{row.told.sentence}。")
    if not any(told) and cell is not None and model.preview is not None:
        told.append(_of_whole_row(row, model.preview, frozen=model.frozen))
    return f"{where}：{''.join(told)}" if any(told) else ""
