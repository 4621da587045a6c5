"""人员配备: 应配/实配 of 党支部书记, 专职组织员 and 辅导员, a row for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.errors import NotAllowed, UserError
from dualcreate_desktop.office import staffing, staffing_forms
from dualcreate_desktop.office.project_forms import Asked
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.staffing import STAFFING_COLUMNS, StaffingRow
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from ui.dialogs.project import ProjectDialog
from ui.settings import Settings
from ui.tabs.evidence_page import SEARCH_WIDTH
from ui.tabs.list_tab import ListTab
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.record_card import Line, RecordCard, Section
from ui.widgets.switch import Switch
from ui.widgets.unit_card import staffing_lines
from ui.widgets.year_box import YearBox

SHORT = "short"
HINT = "没有数字的留空；留空的条件在审查时列为待核实。"


class StaffingPage(ListTab[StaffingRow]):
    """Finds, shows and edits the staff of units in a year."""

    title = "人员配备"
    tables = frozenset({"staffing", "unit"})
    key = "staffing"
    columns = STAFFING_COLUMNS
    unit_word = "个单位"
    hint = "名称、拼音（Ctrl+F）"
    nothing = "名册里还没有院级党组织"
    nothing_todo = "先在“院级党组织”新增，或在“收件”里导入名册。"

    card: RecordCard

    def __init__(self, office: Office, settings: Settings, switch: Switch) -> None:
        self.years = YearBox()
        self.edit = button("登记…", self.open_row)
        self._rows: tuple[StaffingRow, ...] = ()
        card = RecordCard("在左侧选择一个院级党组织，这里显示它的人员配备。", (self.edit,))
        super().__init__(office, settings, (self.years,), card, lead=switch)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.years.chosen.connect(self.refresh)

    def refresh(self) -> None:
        """Read the years and the rows of the chosen one."""
        known, now = staffing.years(self.office), self.office.clock().year
        self.years.offer(sorted({*known, now, now - 1}, reverse=True), known[0] if known else now)
        self._rows = staffing.staffing(self.office, self.years.year)
        super().refresh()

    def fetch(self, query: TableQuery) -> Page[StaffingRow]:
        """The units that the search finds, all or those with too few people."""
        rows = [row for row in self._rows if row.short] if self.chip == SHORT else self._rows
        return sift(rows, replace(query, filters={}), texts=lambda row: (row.unit,))

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """Those that have too few people."""
        found = sift(self._rows, TableQuery(query.search, limit=None), texts=lambda row: (row.unit,)).rows
        return [Chip(SHORT, "有缺额", sum(bool(row.short) for row in found))]

    def count_all(self, chips: Sequence[Chip]) -> int:
        """Every unit."""
        query = TableQuery(self.model.query.search, limit=None)
        return sift(self._rows, query, texts=lambda row: (row.unit,)).total

    def show_row(self, row: StaffingRow | None) -> None:
        """The card with each role."""
        if row is None:
            self.card.show_nothing()
            return
        lines = staffing_lines(row) or (Line("还没有登记", "点下面的“登记…”填写", "", Tone.CALM),)
        self.card.show_record(row.unit, f"{row.year}年", (), (Section("应配和实配", lines),))

    def open_row(self) -> None:
        """Ask for the numbers of the selected unit and save them."""
        row, problem = self.table.current(), ""
        if row is None:
            return
        form = Form(row.unit_id, "", staffing_forms.values_of(row))
        name = f"{row.unit} {row.year}年"
        while True:
            asked = Asked(staffing_forms.FIELDS, form, HINT)
            answer = ProjectDialog.ask(self, "登记人员配备", name, asked, problem=problem)
            if answer is None:
                break
            try:
                posts = staffing_forms.posts_of(answer.values)
                staffing.save_staffing(self.office, row.unit_id, row.year, posts)
                break
            except NotAllowed as trouble:
                form, problem = answer, str(trouble)
            except UserError as trouble:
                self.refused.emit(trouble)
                break
        self.table.setFocus()
