"""评委与回避: the panel, what each member keeps out of, and the sheets on which they mark."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton

from db.errors import UserError
from db.vocabulary import ConflictState
from dualcreate_desktop.office import panel, review_papers, reviews, score_sheets
from dualcreate_desktop.office.panel import PANEL_COLUMNS, ConflictRow, PanelRow
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from ui.background import Progress
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.reviewer import ReviewerDialog
from ui.dialogs.score_import import ReadSheets, ScoreImportDialog
from ui.print_desk import PrintDesk
from ui.settings import Settings
from ui.tabs import score_desk
from ui.tabs.list_tab import ListTab
from ui.widgets.buttons import MenuButton, button
from ui.widgets.chips import Chip
from ui.widgets.panel_card import CardActions, PanelCard
from ui.widgets.switch import Switch

DONE, OPEN = "done", "open"
SHEETS = "评分表 (*.xlsx *.xls *.et *.csv *.ods)"


class ReviewersTab(ListTab[PanelRow]):
    """Adds, edits and removes reviewers, records what they keep out of, and takes their marks in."""

    title = "评委"
    tables = frozenset({"application", "reviewer", "conflict", "mark", "rule_version", "person"})
    key = "reviewers"
    columns = PANEL_COLUMNS
    chip_key = "progress"
    fills = 2
    unit_word = "位"
    hint = "姓名、单位、拼音首字母（Ctrl+F）"
    nothing = "本批次还没有评委"
    nothing_todo = "点右上角“新增评委”添加，或在“收件”中导入评委名单。"
    first = "新增评委…"
    of_round = True

    card: PanelCard

    def __init__(self, office: Office, settings: Settings, switch: Switch) -> None:
        self._rows: Sequence[PanelRow] = ()
        self.sheets = MenuButton("评分表")
        menu = self.sheets.menu()
        menu.addAction("打印评分表…", self.print_sheets)
        menu.addAction("生成电子评分表…", self.write_sheets)
        menu.addAction("导入评分表…", self.import_sheets)
        self.add = button("新增评委", self.add_reviewer, primary=True, icon="plus")
        actions = CardActions(self.edit_reviewer, self.remove_reviewer, self.declare)
        super().__init__(office, settings, (self.sheets, self.add), PanelCard(settings, actions), lead=switch)
        self.desk = PrintDesk(self, settings)
        self.card.setMinimumWidth(400)
        self.card.setMaximumWidth(560)

    def refresh(self) -> None:
        """Read the panel anew; that of a large round in the background."""
        self.add.setEnabled(self.round_id is not None)
        if self.round_id is None:
            self._show(())
        else:
            self.read_round("正在读取评委", panel.panel, self._show)

    def _show(self, rows: Sequence[PanelRow]) -> None:
        self._rows = rows
        self.sheets.setEnabled(bool(rows))
        super().refresh()

    def row_buttons(self) -> Sequence[QPushButton]:
        """Its card is mostly a table of its own."""
        return self.card.edit, self.card.remove

    def fetch(self, query: TableQuery) -> Page[PanelRow]:
        """One page of the panel."""
        return sift(
            self._rows,
            query,
            texts=lambda row: (row.name, row.affiliation),
            sort_by={"marked": lambda row: row.given},
        )

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """Who has marked everything, and who has not."""
        found = sift(
            self._rows, TableQuery(query.search, limit=None), texts=lambda row: (row.name, row.affiliation)
        )
        done = sum(row.done for row in found.rows)
        return [Chip(DONE, "已评完", done), Chip(OPEN, "未评完", found.total - done)]

    def show_row(self, row: PanelRow | None) -> None:
        """The card with what is known of conflicts."""
        known: tuple[ConflictRow, ...] = ()
        if row is not None and self.round_id is not None:
            known = panel.conflict_rows(self.office, self.round_id, row.id)
        self.card.show_reviewer(row, known)

    def open_row(self) -> None:
        """Edit the selected reviewer."""
        self.edit_reviewer()

    def fill(self) -> None:
        """A panel is typed in faster than mailed."""
        self.add_reviewer()

    def add_reviewer(self) -> None:
        """Ask for a new reviewer, save and show it."""
        if self.round_id is None:
            return
        form = Form(None, "", {"number": panel.next_number(self.office, self.round_id)})
        saved = self._save(form)
        if saved is not None:
            self.show_saved(lambda row: row.number == saved.values["number"])

    def edit_reviewer(self) -> None:
        """Edit the selected reviewer."""
        row = self.table.current()
        if row is not None and self.tried(partial(self._edit, row)):
            self.table.setFocus()

    def remove_reviewer(self) -> None:
        """Ask once, then take the selected reviewer from the panel."""
        row = self.table.current()
        if row is None:
            return
        lost = [f"已录入的 {row.given} 项评分"] if row.given else []
        lost += [f"已登记的 {row.kept_out} 项回避"] if row.kept_out else []
        if ConfirmDialog.ask(self, "删除评委", f"删除评委{row.name}？", lost, "删除"):
            self.tried(lambda: panel.remove_reviewer(self.office, row.id))

    def declare(self, application_ids: Sequence[str], state: ConflictState, reason: str) -> None:
        """Record an answer of the selected reviewer."""
        row = self.table.current()
        if row is not None:
            self.tried(lambda: reviews.declare(self.office, row.id, application_ids, state, reason=reason))

    def print_sheets(self) -> None:
        """Preview the scoring sheets of all reviewers as papers."""
        if self.round_id is not None:
            self.desk.preview(self.round_id, review_papers.score_sheets())

    def write_sheets(self) -> None:
        """Make each reviewer's workbook, with a mail."""
        score_desk.make_sheets(self, self._settings, len(self._rows))

    def import_sheets(self) -> None:
        """Read scoring sheets that came back, show what they bring, and take it in."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "导入评分表", "", SHEETS)
        if chosen and self.round_id is not None:
            paths = [Path(name) for name in chosen]
            self.work("正在读取评分表", partial(_read, self.office, self.round_id, paths), self._take_in)

    def _take_in(self, read: ReadSheets) -> None:
        if ScoreImportDialog.ask(self, read):
            self.tried(lambda: [score_sheets.apply(self.office, sheet) for sheet in read.sheets])

    def _edit(self, row: PanelRow) -> None:
        self._save(panel.reviewer_form(self.office, row.id))

    def _save(self, form: Form) -> Form | None:
        round_id = str(self.round_id)
        return self.ask_and_save(
            form,
            lambda form, problem: ReviewerDialog.ask(self, form, problem=problem),
            lambda answer: panel.save_reviewer(self.office, round_id, answer),
        )


def _read(office: Office, round_id: str, paths: Sequence[Path], progress: Progress) -> ReadSheets:
    """Read files one after the other; what cannot be read is told and does not keep out the others."""
    sheets, refused = [], []
    for place, path in enumerate(paths):
        progress.step(place, len(paths), path.name)
        try:
            sheets.append(score_sheets.read_score_sheet(office, round_id, path, tick=progress.check))
        except UserError as trouble:
            refused.append(trouble)
    return ReadSheets(tuple(sheets), tuple(refused))
