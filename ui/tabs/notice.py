"""公示: the proposed list, its notice, and the final list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from dualcreate_desktop.office import decisions, printing, publication, review_papers
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.publication import LISTED_COLUMNS, ListedRow, NoticeState, Publication
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.publish import Announcement, PeriodRule, PublishDialog
from ui.print_desk import PrintDesk
from ui.settings import Settings
from ui.tabs.list_tab import ListTab
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.notice_card import NoticeActions, NoticeCard


class NoticeTab(ListTab[ListedRow]):
    """Publishes the proposed list and, when its days are over, makes it final."""

    title = "公示"
    manual = "08-公示"
    tables = frozenset(
        {"application", "decision", "public_notice", "project", "rule_version", "mark", "unit", "branch"}
        | {"calendar_day"}
    )
    key = "notice"
    columns = LISTED_COLUMNS
    chip_key = "category"
    fills = 1
    hint = "名称、拼音首字母（Ctrl+F）"
    nothing = "还没有拟入选名单"
    nothing_todo = "请先在“评审”中形成拟入选名单。"
    first, first_place = "去“评审”", Place("review")
    of_round = True

    card: NoticeCard

    def __init__(self, office: Office, settings: Settings) -> None:
        self.publish = button("发布公示…", self.publish_notice, primary=True)
        self.finish = button("确定入选名单…", self.finish_list, primary=True)
        self._shown: Publication | None = None
        actions = NoticeActions(self.preview_notice, self.preview_selection)
        super().__init__(office, settings, (self.publish, self.finish), NoticeCard(actions))
        self.desk = PrintDesk(self, settings)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self).activated.connect(self.print_latest)

    def refresh(self) -> None:
        """Read the list and the notice anew; those of a large round in the background."""
        if self.round_id is None:
            self._show(None)
        else:
            self.read_round("正在读取公示", publication.publication, self._show)

    def _show(self, shown: Publication | None) -> None:
        self._shown = shown
        state = shown.state if shown is not None else NoticeState.NO_LIST
        self.publish.setVisible(state is NoticeState.READY)
        self.finish.setVisible(state is NoticeState.OVER)
        self.card.show_publication(shown)
        super().refresh()

    def row_buttons(self) -> Sequence[QPushButton]:
        """None: its card is that of the round."""
        return ()

    def fetch(self, query: TableQuery) -> Page[ListedRow]:
        """One page of the list."""
        return sift(self._rows, query, texts=lambda row: (row.title, row.unit, row.secretary))

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """A chip for each category that has names on the list."""
        found = self.fetch(TableQuery(query.search, limit=None)).rows
        counts = Counter(row.category for row in found)
        names = {row.category: row.category_name for row in self._rows}
        return [Chip(key, name, counts[key]) for key, name in names.items()]

    def show_row(self, row: ListedRow | None) -> None:
        """The card shows the notice, whatever row is selected."""

    def publish_notice(self) -> None:
        """Ask for day, organ and contacts, and publish."""
        round_id, shown = self.round_id, self._shown
        if round_id is None or shown is None:
            return
        rule = PeriodRule(
            shown.workdays,
            shown.issue_day_counts,
            lambda day: publication.period_for(self.office, round_id, day),
        )
        values = {
            "issued": self.office.clock().date(),
            "organ": shown.organ or None,
            "contacts": shown.contacts,
        }
        answer = PublishDialog.ask(self, values, rule)
        if answer is not None:
            self.tried(lambda: self._publish(round_id, answer))

    def finish_list(self) -> None:
        """Say what it does, then make the list final."""
        round_id = self.round_id
        if round_id is None:
            return
        count = len(self._rows)
        done = [f"{count} 项申报转为“入选”", f"为这 {count} 项立项建设"]
        if ConfirmDialog.ask(self, "确定入选名单", f"确定 {count} 项的入选名单？", done, "确定入选名单"):
            self.tried(lambda: decisions.select_final(self.office, round_id))

    def print_latest(self) -> None:
        """Preview the paper of the stage that is reached: the final list, else the notice."""
        offered = [made for made in (self.card.selection, self.card.preview) if made.isVisible()]
        if offered:
            offered[0].click()

    def preview_notice(self) -> None:
        """Preview the notice as a paper."""
        if self.round_id is not None:
            self.desk.preview(self.round_id, printing.public_notice(self.round_id))

    def preview_selection(self) -> None:
        """Preview the final list as a paper."""
        if self.round_id is not None:
            self.desk.preview(self.round_id, review_papers.selection(self.round_id))

    def _publish(self, round_id: str, answer: Announcement) -> None:
        decisions.publish(self.office, round_id, answer.issued, organ=answer.organ, contacts=answer.contacts)

    @property
    def _rows(self) -> tuple[ListedRow, ...]:
        return self._shown.rows if self._shown is not None else ()
