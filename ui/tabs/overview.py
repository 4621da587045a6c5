"""总览: how the round stands and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from dualcreate_desktop.office.overview import Overview, StagePoint, StageState, Todo, overview
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.round_desk import RoundDesk
from ui.tabs.tab import Tab
from ui.widgets.bar_chart import BarChart
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import Card, clear, hairline, label
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_card import FigureCard
from ui.widgets.page_head import PageHead
from ui.widgets.stage_line import StageLine
from ui.widgets.todo_row import TodoRow

NO_ROUND, NO_ROUND_TODO = "这里还没有批次。", "选一份通知作底稿，核对时间和名额，就可以开始。"
COMING, COMING_TODO = "正在准备示例。", "大约十几秒，好了自己会显示出来。"


class OverviewTab(Tab):
    """Shows one round at a glance.

    Args:
        desk: what is done with the round.
    """

    title = "总览"
    manual = "01-总览"
    tables = frozenset(
        {
            "round",
            "rule_version",
            "unit",
            "branch",
            "application",
            "receipt",
            "appraisal",
            "confirmation",
            "calendar_day",
        }
        | {"honour", "incident", "review", "mark", "decision", "public_notice", "project", "quota_grant"}
        | {"exemption", "inquiry", "inquiry_reply", "evaluation", "payment", "project_day"}
    )

    def __init__(self, office: Office, desk: RoundDesk) -> None:
        super().__init__(office)
        self.rules = button("批次规则…", desk.edit_rules)
        self.more = MenuButton("本批次…")
        self.menu = self.more.menu()
        self.head = PageHead("", (self.rules, self.more))
        self.stages = StageLine()
        self.chart = BarChart()
        self._no_bars = label("收到申报后，这里对照各单位的名额。", "muted")
        self._figures = QHBoxLayout()
        self._todos = QVBoxLayout()
        self.begin = button("新建批次…", desk.new_round, primary=True, icon="plus")
        self.empty = EmptyState("flag", NO_ROUND, NO_ROUND_TODO, self.begin)
        self._lay_out()
        for words, act in (
            ("名额测算…", desk.try_quotas),
            ("时间表…", desk.show_timetable),
            ("通知条款…", desk.show_clauses),
            ("节假日和调休…", desk.edit_calendar),
        ):
            self.menu.addAction(words, act)

    def refresh(self) -> None:
        """Read the round anew; a large one in the background."""
        self._stack.setCurrentIndex(0 if self.round_id else 1)
        self.read_round("正在读取总览", overview, self.show_overview)

    def await_round(self, *, is_coming: bool) -> None:
        """Say that a round is on its way, instead of offering to begin one."""
        self.empty.say(*((COMING, COMING_TODO) if is_coming else (NO_ROUND, NO_ROUND_TODO)))
        self.begin.setVisible(not is_coming)

    def show_overview(self, shown: Overview) -> None:
        """Show these stages, figures, bars and todos."""
        self._stack.setCurrentIndex(0)
        self.head.title.setText(shown.title)
        self.head.figure.setText(_present_stage(shown.stages))
        self.stages.show_stages(shown.stages)
        self.chart.show_bars(shown.bars)
        self._no_bars.setVisible(not shown.bars)
        clear(self._figures)
        for figure in shown.figures:
            card = FigureCard(figure)
            card.opened.connect(self.place_opened)
            self._figures.addWidget(card, 1)
        self._show_todos(shown.todos)

    def _show_todos(self, todos: tuple[Todo, ...]) -> None:
        clear(self._todos)
        for todo in todos:
            row = TodoRow(todo)
            row.opened.connect(self.place_opened)
            self._todos.addWidget(row)
            self._todos.addWidget(hairline())
        if not todos:
            self._todos.addWidget(label("眼下没有要办的事。", "muted"))
        self._todos.addStretch()

    def _lay_out(self) -> None:
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM + 2)
        stage_card = Card()
        stage_card.body.addWidget(self.stages)
        self._figures.setSpacing(theme.MEDIUM + 2)
        column.addWidget(self.head)
        column.addWidget(stage_card)
        column.addLayout(self._figures)
        column.addLayout(self._lower_half(), 1)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(filled)
        self._stack.addWidget(self.empty)
        self.page.addWidget(holder)

    def _lower_half(self) -> QHBoxLayout:
        chart_card = Card()
        chart_card.body.addWidget(label("各单位申报与名额", "section"))
        chart_card.body.addWidget(self._no_bars)
        chart_card.body.addWidget(_scrolled(self.chart), 1)
        todo_card = Card()
        todo_card.body.addWidget(label("接下来要做的", "section"))
        todos = QWidget()
        todos.setLayout(self._todos)
        self._todos.setContentsMargins(0, 0, 0, 0)
        self._todos.setSpacing(theme.TINY)
        todo_card.body.addWidget(_scrolled(todos), 1)
        row = QHBoxLayout()
        row.setSpacing(theme.MEDIUM + 2)
        row.addWidget(chart_card, 3)
        row.addWidget(todo_card, 2)
        return row


def _present_stage(stages: tuple[StagePoint, ...]) -> str:
    """What is going on now; empty before and after."""
    names = [stage.name for stage in stages if stage.state is StageState.NOW]
    return f"正在进行：{'、'.join(names)}" if names else ""


def _scrolled(content: QWidget) -> QScrollArea:
    holder = QWidget()
    holder.setObjectName("scrolled")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, theme.SMALL, 0)
    column.addWidget(content)
    column.addStretch()
    area = QScrollArea()
    area.setWidget(holder)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
