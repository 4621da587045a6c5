"""部门联审: letters to departments, their replies, and what is still silent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut

from db.errors import NotAllowed, UserError
from dualcreate_desktop.office import inquiry_desk, inquiry_letters, inquiry_lists
from dualcreate_desktop.office.evidence_places import INQUIRIES
from dualcreate_desktop.office.inquiry_desk import REPLY_COLUMNS, InquiryDesk, ReplyLine
from dualcreate_desktop.office.printing import Job
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from ui.dialogs.files import EXCEL, ask_save_path
from ui.dialogs.letters import LettersDialog
from ui.dialogs.project import ProjectDialog
from ui.dialogs.ready_text import ReadyTextDialog
from ui.print_desk import PrintDesk
from ui.settings import Settings
from ui.tabs.list_tab import ListTab, exported
from ui.widgets.buttons import MenuButton, button
from ui.widgets.chips import Chip
from ui.widgets.letter_card import LetterCard
from ui.widgets.switch import Switch

CARD_WIDTH = 356


class InquiriesTab(ListTab[ReplyLine]):
    """Sends the letters, takes the replies, chases silence."""

    title = "部门联审"
    manual = "06-申报"
    tables = frozenset({"inquiry", "inquiry_reply", "application", "branch", "unit", "rule_version"})
    key = INQUIRIES
    columns = REPLY_COLUMNS
    chip_key = "groups"
    fills = 1
    unit_word = "项"
    hint = "党组织、部门、拼音首字母（Ctrl+F）"
    nothing = "还没有征求部门意见"
    nothing_todo = "点右上角“制发征求意见函…”，各部门的函一次备好。"
    first = "制发征求意见函…"
    of_round = True

    card: LetterCard

    def __init__(self, office: Office, settings: Settings, switch: Switch) -> None:
        self._desk: InquiryDesk | None = None
        self.send = button("制发征求意见函…", self.send_letters, primary=True)
        self.clear = button("全部无异议…", self.answer_clear)
        self.answer = button("登记答复…", self.answer_selected)
        self.more = MenuButton("更多")
        self.more.menu().addAction("打印这份征求意见函…", self.print_letter)
        self.more.menu().addAction("打印全部征求意见函…", self.print_letters)
        self.more.menu().addAction("导出征求意见名单（供部门填写）…", self.export_list)
        self.more.menu().addSeparator()
        self.more.menu().addAction("催办文字…", self.show_reminder)
        self.more.menu().addAction("打印催办函…", self.print_reminder)
        card = LetterCard((self.clear, self.answer, self.more))
        super().__init__(office, settings, (self.send,), card, lead=switch)
        self.card.setMinimumWidth(CARD_WIDTH)
        self.printer = PrintDesk(self, settings)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self).activated.connect(self.print_letter)

    def set_round(self, round_id: str | None) -> None:
        """Without a round nobody is asked."""
        self.send.setEnabled(round_id is not None)
        super().set_round(round_id)

    def refresh(self) -> None:
        """Read the letters of the round as of today."""
        if self.round_id is None:
            self._show(None)
        else:
            self.read_round("正在读取部门意见", inquiry_desk.inquiry_desk, self._show)

    def fetch(self, query: TableQuery) -> Page[ReplyLine]:
        """One page of the replies."""
        return self._desk.page(query) if self._desk else Page((), 0)

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """What is open, then a chip for each letter."""
        known = self._desk.chips(query.search) if self._desk else {}
        if self.chip and self.chip not in known:
            self._keep_chip("")
        return [Chip(key, words, count) for key, (words, count) in known.items()]

    def count_all(self, chips: Sequence[Chip]) -> int:
        """A reply is under its letter and under its answer."""
        return self._desk.page(TableQuery(self.model.query.search, limit=None)).total if self._desk else 0

    def show_row(self, row: ReplyLine | None) -> None:
        """The reply with its letter."""
        letter = self._desk.letters.get(row.inquiry_id) if row and self._desk else None
        self.card.show_reply(row, letter)
        self.clear.setEnabled(letter is not None and letter.silent > 0)

    def open_row(self) -> None:
        """Enter: what one comes here for is the reply."""
        self.answer_selected()

    def fill(self) -> None:
        """Nobody but the office begins here."""
        self.send_letters()

    def send_letters(self) -> None:
        """Ask whom to write to, and prepare a letter for each at once."""
        self.tried(lambda: self.read_round("正在拟函", inquiry_letters.proposal, self._ask_letters))

    def _ask_letters(self, proposed: inquiry_letters.Proposal) -> None:
        round_id, problem = self.round_id or "", ""
        while answer := LettersDialog.ask(self, proposed, problem=problem):
            try:
                inquiry_letters.prepare_letters(
                    self.office, round_id, answer.documents, issued=answer.issued, due=answer.due
                )
                break
            except NotAllowed as trouble:
                problem = str(trouble)
        self.table.setFocus()

    def answer_clear(self) -> None:
        """All that is silent in the letter of the selected row is 无异议."""
        line, desk = self.table.current(), self._desk
        if line is None or desk is None:
            return
        asked = inquiry_desk.clear_form(self.office, desk.letters[line.inquiry_id])
        title = "全部无异议"
        self.ask_and_save(
            asked.form,
            lambda form, problem: ProjectDialog.ask(self, title, line.department, asked, problem=problem),
            lambda form: inquiry_desk.save_clear(self.office, desk.lines, form),
        )
        self.table.setFocus()

    def answer_selected(self) -> None:
        """Register one reply for the selected rows."""
        lines = self.table.selected()
        if not lines:
            return
        asked = inquiry_desk.reply_form(self.office, lines)
        names = "、".join(dict.fromkeys(line.department for line in lines))
        title = f"登记 {len(lines)} 项答复" if len(lines) > 1 else "登记答复"
        self.ask_and_save(
            asked.form,
            lambda form, problem: ProjectDialog.ask(
                self, title, names, inquiry_desk.again(asked, form), problem=problem
            ),
            lambda form: inquiry_desk.save_reply(self.office, lines, form),
        )
        self.table.setFocus()

    def print_letter(self) -> None:
        """The letter of the selected row, with its list."""
        if (line := self.table.current()) is not None:
            self._preview(inquiry_letters.letter_papers({line.inquiry_id}))

    def export_list(self) -> None:
        """The list of the selected row's letter as a workbook; filled in, it comes back through 收件."""
        if (line := self.table.current()) is None:
            return
        office, inquiry_id = self.office, line.inquiry_id
        name = inquiry_lists.reply_form_name(office, inquiry_id)
        path = ask_save_path(self, self._settings, "导出征求意见名单", name, EXCEL)
        if path is not None:
            self.work(
                "正在生成征求意见名单",
                lambda _: inquiry_lists.write_reply_form(office, inquiry_id, path),
                lambda count: self.offered.emit(exported(path, count, self.unit_word)),
            )

    def print_letters(self) -> None:
        """All letters of the round."""
        self._preview(inquiry_letters.letter_papers())

    def print_reminder(self) -> None:
        """A letter about what the department has not answered."""
        if (line := self.table.current()) is not None:
            day = self.office.clock().date()
            self._preview(inquiry_letters.reminder_papers({line.inquiry_id}, day))

    def show_reminder(self) -> None:
        """A ready text that asks for what has not come."""
        line, round_id = self.table.current(), self.round_id
        if line is None or round_id is None:
            return
        try:
            mail = inquiry_letters.reminder(self.office, round_id, line.inquiry_id)
        except UserError as trouble:
            self.refused.emit(trouble)
            return
        dialog = ReadyTextDialog(self, f"催办 {line.department}", mail)
        dialog.exec()
        dialog.deleteLater()

    def _show(self, found: inquiry_desk.InquiryDesk | None) -> None:
        self._desk = found
        super().refresh()

    def _preview(self, job: Job) -> None:
        if self.round_id is not None:
            self.printer.preview(self.round_id, job)
