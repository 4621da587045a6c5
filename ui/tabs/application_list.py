"""The list of 申报: what was applied for, what the conditions say, what paper came, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from db.errors import NotAllowed, UserError
from db.vocabulary import ApplicationState, GuideOccasion, Verdict
from dualcreate_desktop.office import application_forms, application_papers, eligibility, progress, receipts
from dualcreate_desktop.office.application_desk import (
    ATTENTION,
    LINE_COLUMNS,
    ApplicationLine,
    Desk,
    desk,
)
from dualcreate_desktop.office.records import NEW, Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.steps import Need, Step, Verb
from ui.dialogs.application import ApplicationDialog
from ui.dialogs.check import CheckDialog
from ui.dialogs.finding import FindingDialog
from ui.dialogs.guide import fill_guides
from ui.dialogs.print_choice import PrintChoiceDialog, Scope
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.receiving import Received, ReceivingDialog
from ui.print_desk import PrintDesk
from ui.settings import Settings
from ui.tabs.list_tab import ListTab
from ui.tabs.unit_desk import show_unit_page
from ui.widgets.application_card import ApplicationCard, in_question_first
from ui.widgets.buttons import MenuButton, button
from ui.widgets.chips import Chip
from ui.widgets.switch import Switch

CARD_WIDTH = 324
"""Four buttons stand at its foot."""

DECIDED_ELSEWHERE = frozenset({Verb.PROPOSE, Verb.RESERVE, Verb.DECLINE, Verb.RECONSIDER, Verb.SELECT})
"""Steps of 评审 and 公示, which take them for a whole list."""


class ApplicationList(ListTab[ApplicationLine]):
    """Checks, receives, prints and mends the applications of a round.

    Signals:
        findings_wanted: id of an application and key of a condition, empty for the first in question.
        incidents_wanted, debarments_wanted: what bars is to be seen.
    """

    findings_wanted = Signal(str, str)
    incidents_wanted = Signal()
    debarments_wanted = Signal()

    title = "申报"
    manual = "06-申报"
    tables = frozenset(
        {
            "application",
            "appraisal",
            "branch",
            "confirmation",
            "debarment",
            "earlier_result",
            "exemption",
            "growth",
            "guide_answer",
            "honour",
            "incident",
            "inquiry",
            "inquiry_reply",
            "lineage_event",
            "lineage_part",
            "post",
            "printed",
            "project",
            "quota_grant",
            "receipt",
            "rule_version",
            "staffing",
            "topic",
            "unit",
        }
    )
    key = "applications"
    columns = LINE_COLUMNS
    chip_key = "groups"
    fills, fills_at_least = 1, 168
    unit_word = "项"
    hint = "党组织、书记、拼音首字母（Ctrl+F）"
    nothing = "本批次还没有申报"
    nothing_todo = "在“收件”导入各单位的申报汇总表，或点右上角“新增申报”。"
    of_round = True

    card: ApplicationCard

    def __init__(self, office: Office, settings: Settings, switch: Switch | None = None) -> None:
        self._desk: Desk | None = None
        self.add = button("新增申报", self.add_application, primary=True, icon="plus")
        self.check = button("完成资格审查", self.check_all)
        self.confirm = button("核实…", self.confirm_next)
        self.receive = button("收纸质…", self.receive_paper)
        self.receive.setToolTip("收纸质材料：登记收到了哪几份；电子表格在“收件”里导入")
        self.print = button("打印…", self.print_papers)
        self.more = MenuButton("更多")
        self.more.menu().aboutToShow.connect(self._fill_menu)
        actions = (self.confirm, self.receive, self.print, self.more)
        card = ApplicationCard(actions, self.confirm_condition, self.show_findings)
        super().__init__(office, settings, (self.check, self.add), card, lead=switch)
        self.card.setMinimumWidth(CARD_WIDTH)
        self.printer = PrintDesk(self, settings)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self).activated.connect(self.print_papers)

    def set_round(self, round_id: str | None) -> None:
        """Another round is looked at; without one there is nothing to apply for."""
        for made in (self.add, self.check):
            made.setEnabled(round_id is not None)
        super().set_round(round_id)

    def refresh(self) -> None:
        """Read the round's applications anew; a large round in the background."""
        if self.round_id is None:
            self._show(None)
        else:
            self.read_round("正在读取申报", desk, self._show)

    def fetch(self, query: TableQuery) -> Page[ApplicationLine]:
        """One page of what was read."""
        return self._desk.page(query) if self._desk else Page((), 0)

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """What a clerk looks for first, then the states that occur."""
        if self._desk is None:
            return []
        counts = self._desk.counts(query.search)
        labels = {**ATTENTION, **{state.value: state.label for state in ApplicationState}}
        return [
            Chip(group, words, counts[group])
            for group, words in labels.items()
            if counts[group] or group in ATTENTION or group == self.chip
        ]

    def count_all(self, chips: Sequence[Chip]) -> int:
        """An application may be under several chips."""
        return self._desk.counts(self.model.query.search)[""] if self._desk else 0

    def show_row(self, row: ApplicationLine | None) -> None:
        """The card, and which of its actions make sense."""
        self.card.show_application(self._desk, row.id if row else None)
        for made in (self.confirm, self.receive, self.print, self.more):
            made.setEnabled(row is not None)

    def open_row(self) -> None:
        """Enter: what one comes here for is the page of findings."""
        self.show_findings()

    def show_findings(self) -> None:
        """Open the page of findings of the selected application."""
        if (line := self.table.current()) is not None:
            self.findings_wanted.emit(line.id, "")

    def fill_guides(self) -> None:
        """Answer the guides of the selected application."""
        line = self.table.current()
        if line is not None:
            at = GuideOccasion.APPLICATION
            self.tried(lambda: fill_guides(self, self.office, line.id, at, line.applicant))
            self.table.setFocus()

    def show_unit(self) -> None:
        """How the unit of the selected application stands, and its order of preference."""
        if (line := self.table.current()) is not None:
            show_unit_page(self, line.unit_id)

    def add_application(self) -> None:
        """Ask for a new application, save it and show it."""
        if self.round_id is None:
            return
        known = set(self._desk.rows) if self._desk else set()
        if self._save(NEW, "") is not None:
            self.show_saved(lambda line: line.id not in known)

    def edit_application(self) -> None:
        """Edit what the selected application says."""
        line = self.table.current()
        if line is None:
            return
        try:
            form = application_forms.form(self.office, line.id)
        except UserError as trouble:
            self.refused.emit(trouble)
            return
        self._save(form, line.applicant)
        self.table.setFocus()

    def confirm_next(self) -> None:
        """核实… on the first condition that is open, else on the first that failed, else on the first."""
        line = self.table.current()
        if line is None or self._desk is None:
            return
        for finding in in_question_first(self._desk.assessments[line.id].findings)[:1]:
            self.confirm_condition(finding.key)

    def confirm_condition(self, condition: str) -> None:
        """Ask for a word on a condition of the selected application, and on its open ones as long as one goes on."""
        line = self.table.current()
        if line is None or self._desk is None:
            return
        findings = in_question_first(self._desk.assessments[line.id].findings)
        first = next(finding for finding in findings if finding.key == condition)
        waiting = [
            finding for finding in findings if finding.verdict is Verdict.UNVERIFIED and finding is not first
        ]
        clauses = self._desk.rules.notice.all_clauses
        for number, finding in enumerate((first, *waiting)):
            following = len(waiting) - number
            if not self._confirm(line, finding, clauses.get(finding.clause, ""), following):
                break
        self.table.setFocus()

    def _confirm(self, line: ApplicationLine, finding: Finding, clause: str, following: int) -> bool:
        """Ask for a word until it holds or is given up; whether to go on to the next condition."""
        by, problem = self.office.actor.name, ""
        while word := FindingDialog.ask(
            self, line.applicant, finding, clause, by, following=following, problem=problem
        ):
            try:
                eligibility.confirm(
                    self.office,
                    line.id,
                    finding.key,
                    word.verdict,
                    reason=word.reason,
                    approver=word.approver,
                )
                return word.more
            except NotAllowed as trouble:
                problem = str(trouble)
        return False

    def receive_paper(self) -> None:
        """Tick what came until it is taken or given up; then the slip, where it is wanted."""
        if self._desk is None or self.round_id is None:
            return
        line, problem = self.table.current(), ""
        unit_id = line.unit_id if line else None
        while received := ReceivingDialog.ask(self, self.office, self._desk, unit_id, problem=problem):
            try:
                receipts.receive(self.office, self.round_id, received.arrivals)
                self._print_slip(received)
                break
            except NotAllowed as trouble:
                problem = str(trouble)
        self.table.setFocus()

    def print_papers(self) -> None:
        """Ask what to print of which applications, and show it."""
        if self._desk is None or self.round_id is None or not self._desk.lines:
            return
        job = PrintChoiceDialog.ask(self, self._scopes(self._desk))
        if job is not None:
            self.printer.preview(self.round_id, job)

    def check_all(self) -> None:
        """Say what closing the check comes to, and close it when that is agreed to."""
        self.tried(lambda: self.read_round("正在汇总审查结果", progress.check_outlook, self._check))

    def take_step(self, step: Step) -> None:
        """Take a step with the selected application; a reason is asked for where one is needed."""
        line = self.table.current()
        if line is None or self._desk is None:
            return
        reason = ""
        if Need.REASON in step.needs:
            proposed = (
                progress.failed_clauses(self._desk.assessments[line.id]) if step.verb is Verb.REJECT else ""
            )
            follows = f"状态将由“{step.state.label}”变为“{step.to.label}”。"
            asked = ReasonDialog.ask(self, step.label, [line.applicant], follows, text=proposed)
            if asked is None:
                return
            reason = asked
        self.tried(lambda: progress.take(self.office, [line.id], step.verb, reason=reason))

    def _show(self, found: Desk | None) -> None:
        """Show what was read, unless another round is looked at meanwhile."""
        if (found.rules.round_id if found else None) == self.round_id:
            self._desk = found
            super().refresh()

    def _check(self, outlook: progress.CheckOutlook) -> None:
        if not outlook.settled:
            self.said.emit("没有可以完成审查的申报：已报送的都还有待核实的条件")
        elif CheckDialog.ask(self, outlook):
            office, round_id = self.office, self.round_id or ""
            self.work("正在完成资格审查", lambda _: progress.check_all(office, round_id), lambda _: None)

    def _save(self, form: Form, applicant: str) -> Form | None:
        round_id = self.round_id or ""
        return self.ask_and_save(
            form,
            lambda form, problem: ApplicationDialog.ask(
                self, self.office, round_id, form, applicant, problem=problem
            ),
            lambda answer: application_forms.save(self.office, round_id, answer),
        )

    def _print_slip(self, received: Received) -> None:
        ids = {arrival.application_id for arrival in received.arrivals if arrival.application_id}
        units = {arrival.unit_id for arrival in received.arrivals if not arrival.application_id}
        if self._desk is not None:
            ids |= {row.id for row in self._desk.rows.values() if row.unit_id in units}
        if received.slip and self.round_id is not None:
            self.printer.preview(self.round_id, application_papers.receipt_slips(ids))

    def _scopes(self, desk: Desk) -> list[Scope]:
        """The selected ones, those that the search and the chip leave, all."""
        chosen = self.table.selected()
        listed = self.fetch(TableQuery(self.model.query.search, self.model.query.filters, limit=None)).rows
        words = chosen[0].applicant if len(chosen) == 1 else f"选中的 {len(chosen)} 项"
        scopes = [Scope(words, {line.id for line in chosen})] if chosen else []
        if len(listed) < len(desk.lines):
            scopes.append(Scope(f"列表中的 {len(listed)} 项", {line.id for line in listed}))
        return [*scopes, Scope(f"全部 {len(desk.lines)} 项（已撤回的不印）", None)]

    def _fill_menu(self) -> None:
        """What can be done with the selected application in its state, and its form."""
        menu, line = self.more.menu(), self.table.current()
        menu.clear()
        if line is None:
            self._add_private(menu)
            return
        menu.addAction("修改…", self.edit_application)
        menu.addAction("审查意见…", self.show_findings)
        menu.addAction("任务指南…", self.fill_guides)
        menu.addAction("本单位申报、推荐顺序…", self.show_unit)
        self._add_private(menu)
        menu.addSeparator()
        for step in progress.steps_from(line.state):
            if step.verb not in DECIDED_ELSEWHERE:
                dots = "…" if Need.REASON in step.needs else ""
                menu.addAction(f"{step.label}{dots}", partial(self.take_step, step))

    def _add_private(self, menu: QMenu) -> None:
        """What bars an applicant is shown from here alone."""
        menu.addAction("负面情形…", self.incidents_wanted.emit)
        menu.addAction("取消资格名单…", self.debarments_wanted.emit)
