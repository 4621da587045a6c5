"""排名: the places of each category, the line, the ties, and the proposed list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut

from db.errors import UserError
from db.vocabulary import ApplicationState
from dualcreate_desktop.office import decisions, marking, results, review_papers, reviews, standings
from dualcreate_desktop.office.applications import ApplicationRow
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.reviews import ReviewRound
from dualcreate_desktop.office.standings import RANK_COLUMNS, RankRow
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from ui.dialogs.files import EXCEL, ask_save_path
from ui.dialogs.marks import MarksDialog
from ui.dialogs.proposal import ProposalDialog
from ui.print_desk import PrintDesk
from ui.settings import Settings
from ui.tabs.list_tab import ListTab, exported
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.rank_card import RankCard
from ui.widgets.rank_delegate import RankDelegate
from ui.widgets.switch import Switch

DECIDED = "名单已形成，评分不再改动。"


class RankingTab(ListTab[RankRow]):
    """Shows the ranking and makes the proposed list of it."""

    title = "评审排名"
    tables = frozenset({"application", "reviewer", "conflict", "mark", "decision", "rule_version", "person"})
    key = "ranking"
    columns = RANK_COLUMNS
    chip_key = "category"
    fills = 1
    delegate = RankDelegate
    unit_word = "项"
    hint = "名称、拼音首字母（Ctrl+F）"
    nothing = "还没有进入评审的申报"
    nothing_todo = "在“申报”中通过资格审查后，会列在这里。"
    first, first_place = "去“申报”", Place("applications")
    of_round = True

    card: RankCard

    def __init__(self, office: Office, settings: Settings, switch: Switch) -> None:
        self.print = button("打印排名…", self.print_ranking)
        self.propose = button("形成拟入选名单…", self.propose_list, primary=True)
        self._result: ReviewRound | None = None
        self._rows: tuple[RankRow, ...] = ()
        super().__init__(
            office, settings, (self.print, self.propose), RankCard(self.enter_marks), lead=switch
        )
        self.desk = PrintDesk(self, settings)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self).activated.connect(self.print.click)

    def refresh(self) -> None:
        """Reckon the ranking anew; that of a large round in the background."""
        if self.round_id is None:
            self._show(None)
        else:
            self.read_round("正在计算排名", reviews.review_round, self._show)

    def _show(self, result: ReviewRound | None) -> None:
        self._result = result
        self._rows = standings.rank_rows(self._result) if self._result else ()
        undecided = any(row.state is ApplicationState.ELIGIBLE for row in self._applications())
        self.print.setEnabled(bool(self._rows))
        self.propose.setVisible(undecided or not self._rows)
        self.propose.setEnabled(undecided)
        super().refresh()

    def fetch(self, query: TableQuery) -> Page[RankRow]:
        """One page of the ranking."""
        return standings.sifted(self._rows, query)

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """A chip for each category of the round."""
        found = standings.sifted(self._rows, TableQuery(query.search, limit=None)).rows
        counts = Counter(row.category for row in found)
        categories = self._result.rules.notice.categories if self._result else ()
        return [Chip(item.key, item.short_name, counts[item.key]) for item in categories]

    def show_row(self, row: RankRow | None) -> None:
        """The card with what each reviewer gave."""
        lines = standings.score_lines(self._result, row.id) if row and self._result else ()
        decided = row is not None and isinstance(row.outcome, ApplicationState)
        self.card.show_rank(row, lines, DECIDED if decided else "")

    def open_row(self) -> None:
        """Enter marks of the selected application by hand."""
        if self.card.enter.isEnabled():
            self.enter_marks()

    def enter_marks(self) -> None:
        """Ask for one reviewer's marks after the other until that is given up."""
        row = self.table.current()
        if row is None or self.round_id is None:
            return
        judge_id, problem = "", ""
        try:
            while True:
                form = marking.marking_form(self.office, self.round_id, row.id)
                answer = MarksDialog.ask(self, form, judge_id, problem=problem)
                if answer is None:
                    break
                marking.save_marks(self.office, self.round_id, answer.judge_id, row.id, answer.marks)
                if not answer.more:
                    break
                judge_id = form.after(answer.judge_id)
        except UserError as trouble:
            self.refused.emit(trouble)
        self.table.setFocus()

    def propose_list(self) -> None:
        """Show what the list would be, let the meeting's word settle the ties, and make it."""
        if self.round_id is None:
            return
        try:
            ties = ProposalDialog.ask(self, decisions.outlook(self.office, self.round_id))
            if ties is not None:
                decisions.propose(self.office, self.round_id, ties)
        except UserError as trouble:
            self.refused.emit(trouble)

    def print_ranking(self) -> None:
        """Preview the ranking as a paper."""
        if self.round_id is not None:
            self.desk.preview(self.round_id, review_papers.ranking())

    def export_rows(self) -> None:
        """The ranking as a workbook that recomputes."""
        round_id = self.round_id
        name = f"评审排名 {self.office.clock():%Y-%m-%d}.xlsx"
        path = ask_save_path(self, self._settings, "导出评审排名", name, EXCEL)
        if path is None or round_id is None:
            return
        self.work(
            "正在导出评审排名",
            lambda _: results.write_ranking_workbook(self.office, round_id, path),
            lambda _: self.offered.emit(exported(path, len(self._rows), self.unit_word)),
        )

    def _show_counts(self) -> None:
        """Besides how many there are, how many places a category has."""
        super()._show_counts()
        chosen = {row.target for row in self._rows if row.category == self.chip}
        if chosen:
            self.head.figure.setText(f"{self.head.figure.text()} · 名额 {max(chosen)} 个")

    def _applications(self) -> list[ApplicationRow]:
        categories = self._result.categories if self._result else ()
        return [row for category in categories for row in category.rows.values()]
