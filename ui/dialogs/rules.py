"""批次规则: the notice by its clauses, the rules of each, and every one of them editable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.errors import UserError
from dualcreate_desktop.fields import Column
from dualcreate_desktop.office import exporting, round_files, rule_clauses, rule_editing, supplement_drafts
from dualcreate_desktop.office.clause_services import SERVED_COLUMNS, ServedRow, served_rows
from dualcreate_desktop.office.rule_differences import Difference, differences
from dualcreate_desktop.office.rule_editing import RuleDraft, VerdictChange
from dualcreate_desktop.office.rule_edits import RuleEdit, addable, edit_of, new_rule
from dualcreate_desktop.office.rule_parts import RuleField
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.timetables import DATE_COLUMNS, DateRow, issued_period, timetable
from ui import theme
from ui.background import Work
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.files import EXCEL, RULES, ask_save_path
from ui.dialogs.notice_text import NoticeTextDialog
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.rule import RuleDialog
from ui.dialogs.rule_saving import RuleSavingDialog
from ui.dialogs.supplement import SupplementDialog
from ui.round_tools import RoundTools
from ui.settings import Settings
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import label
from ui.widgets.page_head import PageHead
from ui.widgets.rule_book import BookActions, RuleBook
from ui.widgets.rule_card import RuleActions
from ui.widgets.served_clauses import ServedClauses
from ui.widgets.switch import Switch
from ui.widgets.timetable import TimetableView

BY_CLAUSE, BY_KIND, TIMETABLE, SERVICES = range(4)
PAGES = {"": BY_CLAUSE, "timetable": TIMETABLE, "services": SERVICES}
"""By the name under which it is asked for."""


class RulesDialog(QDialog):
    """Edits a draft of a round's rules; only 保存 writes.

    Args:
        tools: what is done with its rules.
    """

    def __init__(
        self,
        parent: QWidget,
        office: Office,
        settings: Settings,
        round_id: str,
        tools: RoundTools,
    ) -> None:
        super().__init__(parent)
        self._office, self._settings, self._tools = office, settings, tools
        self.draft = rule_editing.opened(office, round_id)
        self._past: list[RuleDraft] = []
        self.switch = Switch(("按条款", "按种类", "时间表", "通知条款"))
        self.files = MenuButton("更多")
        self.menu = self.files.menu()
        self.undo = button("撤回一步", self.take_back, icon="undo")
        self.save = button("保存…", self.save_draft, primary=True)
        self.problem = label("", "problem", wrap=True)
        self.head = PageHead("", (self.undo, self.files, self.save), lead=self.switch)
        rule_actions = RuleActions(self.edit_rule, self.remove_rule, self.move_rule)
        self.book = RuleBook(BookActions(rule_actions, self.add_rule, self.note_clause), addable())
        self.timetable = TimetableView(settings, self.edit_rule, self.edit_calendar, self.export_days)
        self.services = ServedClauses(settings, self.open_clause, self.export_clauses)
        self._pages = QStackedWidget()
        self.setWindowTitle(f"批次规则　{self.draft.saved.round_name}")
        self._lay_out()
        self._connect()
        self.resize(min(1240, parent.width() - theme.HUGE * 2), min(760, parent.height() - theme.HUGE * 2))
        self._show()
        self.book.take_keyboard()

    def show_page(self, page: str) -> None:
        """Open with a page: ``timetable``, ``services``, or empty for the clauses."""
        self.switch.choose(PAGES[page])
        self._turn(PAGES[page])

    def edit_rule(self, path: str) -> None:
        """Open the form of a rule."""
        self._ask(edit_of(self.draft, path))

    def add_rule(self, group: RuleField) -> None:
        """Open the form of a new rule for the clause that is shown."""
        self._ask(new_rule(self.draft, group, self.book.clause, self.book.category))

    def remove_rule(self, path: str) -> None:
        """Take a rule out of the draft; 撤回一步 brings it back."""
        self._take(self.draft.removed(path))

    def move_rule(self, path: str, by: int) -> None:
        """Move a rule in its list."""
        self._take(self.draft.moved(path, by))

    def note_clause(self, clause: str, note: str) -> None:
        """Ask why a clause makes no rule."""
        reason = ReasonDialog.ask(self, "写明为什么没有规则", [clause], text=note)
        if reason is not None:
            self._take(rule_clauses.with_note(self.draft, clause, reason))

    def open_clause(self, row: ServedRow) -> None:
        """Open the one rule of a clause, else all that stands at it."""
        if len(row.paths) == 1:
            self.edit_rule(row.paths[0])
        else:
            self.show_page("")
            self.book.open_page(row.id)

    def try_quotas(self) -> None:
        """名额测算 over the draft; the quotas that were chosen become its own."""
        draft = self._tools.tried(self, self.draft)
        if draft is not None:
            self._take(draft)

    def edit_calendar(self) -> None:
        """Open 节假日和调休; the days of the draft are told by it anew."""
        self._tools.edit_calendar(self, self._reckon)

    def add_supplement(self) -> None:
        """Ask for a later notice: its text makes its clauses; then for what it supersedes and moves."""
        answer = SupplementDialog.ask(self)
        if answer is None:
            return
        draft, path = supplement_drafts.with_supplement(self.draft, answer)
        self._take(draft, at=path)
        self.edit_rule(path)

    def export_days(self, rows: Sequence[DateRow]) -> None:
        """Write the timetable into a workbook."""
        self._export("时间表", DATE_COLUMNS, rows)

    def export_clauses(self, rows: Sequence[ServedRow]) -> None:
        """Write the list of clauses into a workbook."""
        self._export("通知条款", SERVED_COLUMNS, rows)

    def edit_text(self) -> None:
        """Put in the text of the notice; the clauses follow it."""
        text = NoticeTextDialog.ask(self, rule_clauses.wording(self.draft.notice))
        if text is not None:
            self._take(rule_clauses.with_wording(self.draft, text))

    def take_back(self) -> None:
        """Go back to the draft before the last step."""
        if self._past:
            self.draft = self._past.pop()
            self._show()

    def save_draft(self) -> None:
        """Say what would change, ask why, and make the next version."""
        wrong = rule_editing.troubles(self.draft)
        if not self.draft.changed:
            self.problem.setText("还没有改动，不需要保存")
        elif wrong:
            self.show_page("")
            self.problem.setText(f"还有 {len(wrong)} 处有误，改正后才能保存")
            self.book.show_wrong()
        else:
            draft = self.draft
            self._tools.carry_out(
                Work(
                    "正在核对规则改动的影响",
                    lambda _: rule_editing.verdict_changes(self._office, draft),
                    self._ask_why,
                )
            )

    def import_file(self) -> None:
        """Put the rules of a file in the place of the draft."""
        chosen, _ = QFileDialog.getOpenFileName(self, "导入规则文件", "", RULES)
        if chosen:
            self._try(lambda: self._take(round_files.imported(self.draft, Path(chosen))))

    def export_file(self) -> None:
        """Write the draft as one file."""
        name = f"{self.draft.saved.round_name}{round_files.ENDING}"
        path = ask_save_path(self, self._settings, "导出规则文件", name, RULES)
        if path is not None and self._try(lambda: round_files.export(self.draft, path)):
            self.problem.setText("")
            self.head.figure.setText(f"已导出 {path.name}")

    def reject(self) -> None:
        """Close; what was not saved is asked for once."""
        count = len(self._differences())
        if not count or ConfirmDialog.ask(
            self, "放弃改动", f"{count} 处改动还没有保存，放弃？", [], "放弃改动", undoable=False
        ):
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross of the window asks as Esc does."""
        event.ignore()
        self.reject()

    def _ask(self, edit: RuleEdit) -> None:
        draft = RuleDialog.ask(self, edit)
        if draft is not None:
            self._take(draft, at=None if not edit.is_new else f"{edit.path}[{len(draft.at(edit.path))}]")

    def _ask_why(self, verdicts: tuple[VerdictChange, ...]) -> None:
        reason = RuleSavingDialog.ask(self, self._differences(), verdicts)
        if reason is not None and self._try(lambda: rule_editing.save(self._office, self.draft, reason)):
            self._past.clear()
            self.draft = rule_editing.opened(self._office, self.draft.saved.round_id)
            self._show()
            self.head.figure.setText(f"已保存为第 {self.draft.saved.version} 版")

    def _take(self, draft: RuleDraft, at: str | None = None) -> None:
        """Go on with another draft, and show the rule at a path."""
        self._past.append(self.draft)
        self.draft = draft
        self._show(at)

    def _export(self, what: str, columns: Sequence[Column], rows: Sequence[object]) -> None:
        title = f"{self.draft.saved.round_name}　{what}"
        path = ask_save_path(self, self._settings, f"导出{what}", f"{title}.xlsx", EXCEL)
        shown = [column for column in columns if column.key != "span"]
        if path is not None and self._try(lambda: exporting.export(path, title, shown, rows)):
            self.head.figure.setText(f"已导出 {path.name}")

    def _reckon(self) -> None:
        """The office's calendar may be another now."""
        self.draft = replace(self.draft, calendar=rule_editing.calendar_of(self._office))
        self._show()

    def _turn(self, place: int) -> None:
        """Show a page."""
        if place in (BY_CLAUSE, BY_KIND):
            self.book.show_by(clauses=place == BY_CLAUSE)
        pages: dict[int, TimetableView | ServedClauses | RuleBook] = {
            TIMETABLE: self.timetable,
            SERVICES: self.services,
        }
        page = pages.get(place, self.book)
        self._pages.setCurrentWidget(page)
        self._show()
        page.take_keyboard()

    def _try(self, act: Callable[[], object]) -> bool:
        """Do it, and say the user's trouble at the foot; whether it was done."""
        try:
            act()
        except UserError as trouble:
            self.problem.setText(str(trouble))
            return False
        return True

    def _show(self, at: str | None = None) -> None:
        lines = rule_editing.lines(self.draft)
        if self.switch.place == TIMETABLE:
            issued = issued_period(self._office, self.draft.saved.round_id)
            self.timetable.show_timetable(timetable(self.draft, self._office.clock().date(), issued))
        elif self.switch.place == SERVICES:
            self.services.show_rows(served_rows(self.draft, lines))
        else:
            self.book.show_rules(lines, rule_clauses.clauses(self.draft, lines), at)
        count, wrong = len(self._differences()), sum(bool(line.troubles) for line in lines)
        parts = [f"第 {self.draft.saved.version} 版", f"{len(lines)} 条规则"]
        parts += [f"改动 {count} 处"] if count else []
        parts += [f"{wrong} 条有误"] if wrong else []
        self.head.figure.setText("　".join(parts))
        self.undo.setEnabled(bool(self._past))
        self.problem.setText("")

    def _differences(self) -> tuple[Difference, ...]:
        return differences(self.draft.saved.written, self.draft.notice)

    def _connect(self) -> None:
        self.switch.chosen.connect(self._turn)
        self.menu.addAction("名额测算…", self.try_quotas)
        self.menu.addAction("补充、延期、验收通知…", self.add_supplement)
        self.menu.addAction("节假日和调休…", self.edit_calendar)
        self.menu.addSeparator()
        self.menu.addAction("通知正文…", self.edit_text)
        self.menu.addSeparator()
        self.menu.addAction("导入规则文件（.toml）…", self.import_file)
        self.menu.addAction("导出规则文件（.toml）…", self.export_file)
        keys = (
            (QKeySequence.StandardKey.Save, self.save_draft),
            (QKeySequence.StandardKey.Undo, self.take_back),
            (QKeySequence.StandardKey.HelpContents, self._tools.explained.emit),
        )
        for key, act in keys:
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _lay_out(self) -> None:
        self.setObjectName("page")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, theme.LARGE, 20, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.head)
        for page in (self.book, self.timetable, self.services):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.problem, 1)
        foot.addWidget(button("关闭", self.reject), alignment=Qt.AlignmentFlag.AlignRight)
        column.addLayout(foot)
