"""样板支部考核: how the model branches of earlier batches were appraised, and the report on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut

from db.errors import NotAllowed
from dualcreate_desktop.office import earlier_models
from dualcreate_desktop.office.earlier_models import BRANCH_WORK, MODEL_COLUMNS, ModelRow, ModelState
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.standing_lists import EARLIER_LIST
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from ui.dialogs.evidence import EvidenceDialog
from ui.print_desk import PrintDesk
from ui.settings import Settings
from ui.tabs.evidence_page import SEARCH_WIDTH
from ui.tabs.list_tab import ListTab
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.record_card import RecordCard
from ui.widgets.switch import Switch
from ui.widgets.year_box import YearBox

NO_ROUND = NotAllowed("报告按批次的通知打印，现在还没有批次", todo="请先新建批次；只要名单的，请导出 Excel。")


class EarlierModelsPage(ListTab[ModelRow]):
    """Finds and shows the earlier model branches of a year, and prints the report."""

    title = "样板支部考核"
    tables = frozenset({"appraisal", "earlier_result", "branch", "unit", "lineage_event"})
    key = "earlier_models"
    columns = MODEL_COLUMNS
    chip_key = "state"
    hint = "党支部、拼音（Ctrl+F）"
    nothing = "没有登记以往批次的样板支部"
    nothing_todo = "在“更多”的“以往批次结果”里登记，结果为“培育创建”或“验收通过”的列在这里。"
    first, first_place = "去“以往批次结果”", Place("evidence", page=EARLIER_LIST.kind.key)

    card: RecordCard

    def __init__(self, office: Office, settings: Settings, switch: Switch) -> None:
        self.years = YearBox()
        self.print = button("打印…", self.print_report, primary=True)
        self.appraise = button("登记考核…", self.open_row)
        self._rows: tuple[ModelRow, ...] = ()
        card = RecordCard("在左侧选择一个党支部，这里显示它这一年的考核。", (self.appraise,))
        super().__init__(office, settings, (self.years, self.print), card, lead=switch)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.years.chosen.connect(self.refresh)
        self.desk = PrintDesk(self, settings)
        print_it = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        print_it.activated.connect(self.print_report)

    def refresh(self) -> None:
        """Read the years and the branches, with their appraisal of the chosen one."""
        newest = earlier_models.newest_year(self.office)
        self.years.offer(earlier_models.years(self.office), newest)
        self._rows = earlier_models.earlier_models(self.office, self.years.year)
        super().refresh()

    def fetch(self, query: TableQuery) -> Page[ModelRow]:
        """The branches that the search and the chip find."""
        return sift(self._rows, query, texts=lambda row: (row.branch, row.unit))

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """待报 first."""
        every = replace(query, filters={}, offset=0, limit=None)
        counts = Counter(row.state for row in self.fetch(every).rows)
        return [Chip(state.value, state.label, counts[state]) for state in ModelState]

    def show_row(self, row: ModelRow | None) -> None:
        """The card with the appraisal of the year."""
        if row is None:
            self.card.show_nothing()
            return
        self.appraise.setText("修改考核…" if row.appraisal_id else "登记考核…")
        facts = [
            ("创建", row.titles),
            ("年度", f"{row.year}年"),
            ("等次", row.grade or ""),
            ("得分", "" if row.score is None else f"{row.score:f}"),
            ("作用发挥", row.note),
        ]
        gone = [("沿革", row.standing)] if row.standing else []
        self.card.show_record(row.branch, row.unit, [*facts, *gone], ())
        self.appraise.setEnabled(row.state is not ModelState.GONE)

    def open_row(self) -> None:
        """Ask for the appraisal of the year of the selected branch."""
        row = self.table.current()
        if row is None or row.state is ModelState.GONE:
            return
        told: dict[str, Value] = {
            "unit": row.unit_id,
            "branch": row.id,
            "year": row.year,
            "kind": BRANCH_WORK,
        }

        def read(row: ModelRow) -> Form:
            if row.appraisal_id is None:
                return Form(None, "", told)
            return APPRAISAL_LIST.form(self.office, row.appraisal_id)

        self.edit_form(read, self._save)

    def print_report(self) -> None:
        """Show the report before it is printed, saved as PDF or opened in Word."""
        if self.round_id is None:
            self.refused.emit(NO_ROUND)
            return
        job = earlier_models.printed(self.office.clock().date(), self.years.year)
        self.desk.preview(self.round_id, job)

    def _save(self, form: Form) -> Form | None:
        return self.ask_and_save(
            form,
            lambda form, problem: EvidenceDialog.ask(
                self, self.office, APPRAISAL_LIST, form, problem=problem
            ),
            lambda answer: APPRAISAL_LIST.save(self.office, answer),
        )
