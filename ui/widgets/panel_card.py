"""The card of a 评委: who it is, and what is known of conflicts with each application."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import ConflictState
from dualcreate_desktop.office.panel import CONFLICT_COLUMNS, ConflictRow, PanelRow
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from ui import theme
from ui.rows_model import RowsModel
from ui.settings import Settings
from ui.widgets.buttons import button, offer_in_menu
from ui.widgets.card import Card, label
from ui.widgets.table import Table

ANSWERS = (
    (ConflictState.NOT_ASKED, "未询问", "1"),
    (ConflictState.NONE, "无回避", "2"),
    (ConflictState.DECLARED, "应当回避", "3"),
)
"""What can be answered: the state, its button, its key."""


@dataclass(frozen=True, slots=True)
class CardActions:
    """What the card can do.

    Args:
        declare: writes an answer of the shown reviewer for applications, with the reason.
    """

    edit: Callable[[], object]
    remove: Callable[[], object]
    declare: Callable[[Sequence[str], ConflictState, str], object]


class PanelCard(Card):
    """Shows one reviewer; answers are given for the selected rows by click or key."""

    def __init__(self, settings: Settings, actions: CardActions) -> None:
        super().__init__()
        self._actions = actions
        self._shown: str | None = None
        self._rows: tuple[ConflictRow, ...] = ()
        self.model: RowsModel[ConflictRow] = RowsModel(CONFLICT_COLUMNS, self._fetch, self)
        self.table = Table(self.model, settings, "conflicts")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.answers = {state: button(words, partial(self.answer, state)) for state, words, _ in ANSWERS}
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("回避理由，如：亲属、弃权")
        self.reason.setAccessibleName("回避理由")
        self.edit = button("修改…", actions.edit, link=True)
        self.remove = button("删除…", actions.remove, link=True)
        self.title = label("", "section", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.locked = label("", "note", wrap=True)
        self._answering = QWidget()
        self._lay_out()
        self.table.picked.connect(lambda _: self._show_lock())
        self.table.asked.connect(lambda menu: offer_in_menu(menu, self.answers.values()))
        for state, _, key in ANSWERS:
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._answer_and_go_on, state))

    def show_reviewer(self, row: PanelRow | None, conflicts: Sequence[ConflictRow]) -> None:
        """Show a reviewer and what is known; None when none is selected."""
        place = self.table.currentIndex().row() if row and row.id == self._shown else 0
        self._shown, self._rows = (row.id if row else None), tuple(conflicts)
        self.title.setText(f"{row.number} {row.name}" if row else "在左侧选择一位评委")
        self.facts.setText(_facts(row) if row else "这里登记评委对各项申报是否应当回避。")
        for made in (self.edit, self.remove, self._answering):
            made.setVisible(row is not None)
        self.model.load()
        if self.model.total:
            self.table.select(min(max(place, 0), self.model.total - 1))
        self._show_lock()

    def chosen(self) -> list[ConflictRow]:
        """The selected applications, from top to bottom."""
        numbers = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [row for row in map(self.model.row_at, numbers) if row is not None]

    def answer(self, state: ConflictState) -> None:
        """Write an answer for the selected applications; those whose answer is reckoned stay."""
        rows = self.chosen()
        free = [row.id for row in rows if not row.locked] or [row.id for row in rows]
        if free:
            reason = self.reason.text().strip() if state is ConflictState.DECLARED else ""
            self._actions.declare(free, state, reason)
            self.reason.clear()

    def _answer_and_go_on(self, state: ConflictState) -> None:
        """By key: after a single row the next one is selected."""
        single = len(self.chosen()) == 1
        self.answer(state)
        following = self.table.currentIndex().row() + 1
        if single and following < self.model.total:
            self.table.select(following)

    def _show_lock(self) -> None:
        """Why the selected row is as it is; how to answer where nothing is known."""
        row = self.table.current() if self._shown is not None else None
        if row is not None and row.locked:
            said = "评委所在单位的申报，程序已列为回避，不能更改。"
        elif row is not None and row.reason:
            said = f"回避理由：{row.reason}"
        else:
            said = "选中一行或多行后单击，或按 1、2、3 键。"
        self.locked.setText(said)

    def _fetch(self, query: TableQuery) -> Page[ConflictRow]:
        return sift(self._rows, query, texts=lambda row: (row.title, row.unit))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.TINY)
        for made in (self.title, self.edit, self.remove):
            head.addWidget(made, int(made is self.title))
        answers = QHBoxLayout()
        answers.setSpacing(theme.SMALL)
        for made in self.answers.values():
            answers.addWidget(made)
        column = QVBoxLayout(self._answering)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.table, 1)
        column.addWidget(self.locked)
        column.addLayout(answers)
        column.addWidget(self.reason)
        self.body.addLayout(head)
        self.body.addWidget(self.facts)
        self.body.addWidget(self._answering, 1)
        self.body.addStretch()


def _facts(row: PanelRow) -> str:
    said = " · ".join(filter(None, (row.affiliation, row.title)))
    counted = f"已评 {row.given}/{row.expected}，回避 {row.kept_out}，未询问 {row.not_asked}"
    statement = f"自述：{row.statement}" if row.statement else ""
    return "\n".join(filter(None, (said, counted, statement)))
