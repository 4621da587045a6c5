"""The card of one project: what is owed, what was paid, how it was evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.vocabulary import ProjectState
from dualcreate_desktop.office.project_days import OwnDay
from dualcreate_desktop.office.project_desk import (
    EvaluationLine,
    PaymentLine,
    ProjectCard,
    ProjectLine,
    money,
)
from dualcreate_desktop.office.project_settling import settling
from dualcreate_desktop.rules.projects import Due
from ui import theme
from ui.pills import Pill, tone_of
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import clear, label
from ui.widgets.detail_card import DetailCard


class ProjectSideCard(DetailCard):
    """Shows one project.

    Args:
        actions: at the foot; dead while none is selected.
        correct_payment, correct_evaluation, correct_day: get the id of what is to be corrected.
    """

    def __init__(
        self,
        actions: Sequence[QPushButton],
        correct_payment: Callable[[str], object],
        correct_evaluation: Callable[[str], object],
        correct_day: Callable[[str], object],
        settle: Callable[[str], object],
    ) -> None:
        super().__init__(actions)
        self._actions = tuple(actions)
        self._correct_payment, self._correct_evaluation = correct_payment, correct_evaluation
        self._correct_day, self._settle = correct_day, settle
        self.show_project(None, None)

    def show_project(self, row: ProjectLine | None, told: ProjectCard | None) -> None:
        """Show a project; None when none is selected."""
        clear(self.column)
        for action in self._actions:
            action.setEnabled(row is not None)
        if row is None or told is None:
            self.column.addWidget(
                label("在左侧选择一个项目，这里显示应办事项、拨款和评估。", "muted", wrap=True)
            )
        else:
            self._show(row, told)
        self.column.addStretch()

    def _show(self, row: ProjectLine, told: ProjectCard) -> None:
        self.column.addWidget(label(row.name, "section", wrap=True))
        self.column.addWidget(label(f"{row.unit} · {row.category}", "muted", elide=True))
        self.column.addWidget(Pill(row.state.label, tone_of(row.state)))
        self.column.addSpacing(theme.TINY)
        paid = f"{money(row.paid)} / {money(row.planned)}" if row.planned else "本批次没有安排经费"
        called = (("称谓", told.called),) if told.called else ()
        self.add_facts((*called, ("建设周期", row.cycle), ("已拨 / 应拨", paid)))
        self._show_dues(row, told)
        self._add("调整过的期限", map(self._own_day, told.days))
        self._add("拨款", map(self._payment, told.payments))
        self._add("评估", map(self._evaluation, told.evaluations))
        if told.guides:
            self.add_section("任务指南")
            self.column.addWidget(label("\n".join(told.guides), "muted", wrap=True))
        if told.note:
            self.add_section("会议决定")
            self.column.addWidget(label(told.note, "muted", wrap=True))

    def _show_dues(self, row: ProjectLine, told: ProjectCard) -> None:
        self.add_section("应办事项")
        for due in told.dues:
            self.column.addLayout(self._due(due))
        if row.state is ProjectState.RECTIFYING:
            self.column.addWidget(label("正在限期整改：整改后请再登记一次评估。", wrap=True))
        elif not told.dues:
            self.column.addWidget(label("没有应办的事。", "muted"))

    def _add(self, title: str, lines: Iterable[QHBoxLayout]) -> None:
        """A section with its lines; none without lines."""
        made = list(lines)
        if made:
            self.add_section(title)
        for line in made:
            self.column.addLayout(line)

    def _payment(self, line: PaymentLine) -> QHBoxLayout:
        if line.id is None or line.paid_on is None:
            return _line(
                f"{line.name} {money(line.amount)}", f"未拨 · {line.due:%Y-%m-%d} 前 · {line.clause}", None
            )
        known = line.id
        edit = button("修改", lambda: self._correct_payment(known), link=True)
        note = f"{line.paid_on:%Y-%m-%d} 拨付 · {line.clause}"
        return _line(
            f"{line.name} {money(line.amount)}", f"{note} · {line.note}" if line.note else note, edit
        )

    def _due(self, due: Due) -> QHBoxLayout:
        row = _line(due.what, f"{due.due:%Y-%m-%d} 前 · {due.debtor.label} · {due.clause}", None)
        right = QVBoxLayout()
        right.setSpacing(2)
        if due.days_overdue:
            right.addWidget(
                Pill(f"逾期 {due.days_overdue} 天", Tone.BAD), alignment=Qt.AlignmentFlag.AlignRight
            )
        if words := settling(due):
            done = button(words, lambda: self._settle(due.key), link=True)
            right.addWidget(done, alignment=Qt.AlignmentFlag.AlignRight)
        row.addLayout(right)
        row.setAlignment(right, Qt.AlignmentFlag.AlignTop)  # a stretch below would spread the whole card
        return row

    def _own_day(self, day: OwnDay) -> QHBoxLayout:
        edit = button("修改", lambda: self._correct_day(day.id), link=True)
        note = f"原定 {day.usual:%Y-%m-%d} · {day.reason} · {day.clause}"
        return _line(f"{day.name}：{day.day:%Y-%m-%d}", note, edit)

    def _evaluation(self, line: EvaluationLine) -> QHBoxLayout:
        edit = button("修改", lambda: self._correct_evaluation(line.id), link=True)
        note = f"{line.evaluated_on:%Y-%m-%d} · {line.consequence} · {line.clause}"
        return _line(f"{line.name}：{line.grade}", f"{note} · {line.opinion}" if line.opinion else note, edit)


def _line(text: str, note: str, right: QWidget | None) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(text, wrap=True))
    words.addWidget(label(note, "note", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    row.addLayout(words, 1)
    if right is not None:
        row.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
    return row
