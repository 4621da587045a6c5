"""The card of the selected 党支部: its facts and what was done to it last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dualcreate_desktop.office.journal import HistoryRow
from dualcreate_desktop.office.records import partial
from dualcreate_desktop.office.registry import KIND_LABELS, BranchRow, masked
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.card import Card, clear, hairline, label

SHOWN_ACTIONS = 3
UNKNOWN = "未填写"


class BranchCard(Card):
    """Shows one branch; its action stands at the foot.

    Args:
        edit: what 修改… does.
    """

    def __init__(self, edit: Callable[[], object]) -> None:
        super().__init__()
        content = QWidget()
        content.setObjectName("scrolled")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, theme.TINY, 0)
        self._column.setSpacing(theme.SMALL)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edit = button("修改…", edit)
        foot = QHBoxLayout()
        foot.addWidget(self.edit)
        self.body.addWidget(area, 1)
        self.body.addLayout(foot)
        self.show_branch(None, ())

    def show_branch(self, row: BranchRow | None, history: Sequence[HistoryRow]) -> None:
        """Show a branch and its newest actions; None when none is selected."""
        clear(self._column)
        self.edit.setEnabled(row is not None)
        if row is None:
            self._column.addWidget(label("在左侧选择一个党支部，这里显示它的详情。", "muted", wrap=True))
            self._column.addStretch()
            return
        self._column.addWidget(label(row.name, "section", wrap=True))
        self._column.addWidget(
            label(f"{row.unit} · {KIND_LABELS.get(row.kind, row.kind)}", "muted", elide=True)
        )
        self._column.addSpacing(theme.TINY)
        self._column.addLayout(_facts(row))
        if history:
            self._show_history(history)
        self._column.addStretch()

    def _show_history(self, history: Sequence[HistoryRow]) -> None:
        self._column.addSpacing(theme.TINY)
        self._column.addWidget(hairline())
        self._column.addSpacing(theme.TINY)
        self._column.addWidget(label("最近操作", "section"))
        for action in history[:SHOWN_ACTIONS]:
            self._column.addLayout(_action(action))


def _facts(row: BranchRow) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.LARGE)
    grid.setVerticalSpacing(theme.SMALL + 1)
    grid.setColumnStretch(1, 1)
    for number, (name, text) in enumerate(facts_of(row)):
        grid.addWidget(label(name, "muted"), number, 0)
        grid.addWidget(label(text or UNKNOWN, "" if text else "note", elide=True), number, 1)
    return grid


def facts_of(row: BranchRow) -> list[tuple[str, str]]:
    """What the card tells of a branch: (name, text), empty where nothing is known."""
    facts = [
        ("支部书记", row.secretary or ""),
        ("书记电话", masked(row.phone)),
        ("成立时间", _in_words(row.founded)),
        ("党员", _members(row)),
        ("预计撤并", _in_words(row.planned_end)),
        ("组织编码", row.code or ""),
        ("备注", row.note),
    ]
    usual = {"支部书记", "书记电话", "成立时间", "党员"}
    return [(name, text) for name, text in facts if text or name in usual]


def _members(row: BranchRow) -> str:
    if row.full_members is None and row.probationary_members is None:
        return ""
    return f"{row.members} 人（正式 {row.full_members or 0}，预备 {row.probationary_members or 0}）"


def _in_words(stored: str | None) -> str:
    day = partial(stored)
    return day.chinese if day else ""


def _action(action: HistoryRow) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(label(action.title, elide=True))
    when = f"{action.at:%Y-%m-%d %H:%M}"
    column.addWidget(label(f"{when} · {action.actor}", "note"))
    return column
