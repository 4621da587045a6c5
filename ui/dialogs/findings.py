"""审查意见: all conditions of an application, one beside the other, confirmed one after the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.errors import NotAllowed
from db.vocabulary import GuideOccasion, Verdict
from dualcreate_desktop.office import eligibility
from dualcreate_desktop.office.evidence_places import places
from dualcreate_desktop.office.finding_page import FindingPage, finding_page
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.conditions import Finding
from ui import pills, theme
from ui.dialogs.finding import NO_VERDICT
from ui.dialogs.frame import FramedDialog
from ui.dialogs.guide import fill_guides
from ui.pills import Pill
from ui.widgets.application_card import in_question_first
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, clear, hairline, label
from ui.widgets.entry_list import LOW_HEIGHT, Entry, EntryList
from ui.widgets.finding_detail import FindingDetail
from ui.widgets.word_form import WordForm

LIST_WIDTH = 344
CHANGES_SHOWN = 3
"""So many changes since the last print are told at once; the others in the tooltip."""


class FindingsDialog(FramedDialog):
    """Writes each word at once, and goes on to the next open condition.

    Args:
        condition: key of the one to begin with; empty for the first in question.

    Attributes:
        findings: in the order in which they are listed.

    Signals:
        place_opened: a record is wanted; the page has closed.
        print_wanted: the sheet is to be printed; the page has closed.
    """

    place_opened = Signal(Place)
    print_wanted = Signal()

    def __init__(
        self, parent: QWidget | None, office: Office, application_id: str, condition: str = ""
    ) -> None:
        self._office, self._id = office, application_id
        self._page: FindingPage = finding_page(office, application_id)
        self.findings: list[Finding] = in_question_first(self._page.assessment.findings)
        self.list = EntryList("条件", height=LOW_HEIGHT)
        self.detail = FindingDetail(self._open)
        self.form = WordForm()
        self._head, self._since = QHBoxLayout(), label("", "warning", wrap=True)
        by = office.actor.name
        super().__init__(
            parent,
            f"审查意见 {self._page.row.title}",
            self._content(),
            accept_words=f"以{by}的名义确认，看下一条",
        )
        self.cancel.setText("关闭")
        self.print = button("打印资格审查表…", self._print)
        self.foot.insertWidget(0, self.print)
        self.list.picked.connect(self._show_finding)
        self.list.opened.connect(lambda: self.form.button(Verdict.PASS).setFocus())
        self.form.chosen.connect(lambda: self.tell_problem(""))
        self.resize(940, 640)
        self._show_page()
        keys = [finding.key for finding in self.findings]
        self.list.select(keys.index(condition) if condition in keys else 0)
        self.list.setFocus()

    @property
    def finding(self) -> Finding:
        """The condition that is shown."""
        return self.findings[max(self.list.currentIndex().row(), 0)]

    def accept(self) -> None:
        """Write the word and show the next open condition; the page stays."""
        word, finding = self.form.read(), self.finding
        if word is None:
            self.tell_problem(NO_VERDICT)
            return
        try:
            eligibility.confirm(
                self._office,
                self._id,
                finding.key,
                word.verdict,
                reason=word.reason,
                approver=word.approver,
            )
        except NotAllowed as trouble:
            self.tell_problem(str(trouble))
            return
        self._refresh()
        self._go_on()

    def _go_on(self) -> None:
        """The next open condition below this one, else above it, else this one as it is now."""
        here, count = self.list.currentIndex().row(), len(self.findings)
        following = [(here + step) % count for step in range(1, count)]
        waiting = [row for row in following if self.findings[row].verdict is Verdict.UNVERIFIED]
        self.tell_problem("")
        if waiting:
            self.list.select(waiting[0])
            self.form.button(Verdict.PASS).setFocus()
        else:
            self._show_finding(here)
            self.list.setFocus()

    def _refresh(self) -> None:
        """Read the page anew; each condition stays in its place."""
        order = {finding.key: place for place, finding in enumerate(self.findings)}
        self._page = finding_page(self._office, self._id)
        self.findings = sorted(
            self._page.assessment.findings, key=lambda finding: order.get(finding.key, len(order))
        )
        self._show_page()

    def _show_page(self) -> None:
        page = self._page
        clear(self._head)
        words = f"{page.row.title}　{page.category}"
        self._head.addWidget(label(words, "section", elide=True), 1)
        open_ = sum(finding.verdict is Verdict.UNVERIFIED for finding in self.findings)
        self._head.addWidget(label(f"还有 {open_} 条待核实" if open_ else "各条都有结论", "muted"))
        overall = page.assessment.overall
        self._head.addWidget(Pill(overall.label, pills.tone_of(overall)))
        self._show_since()
        self.list.entries.show([_entry(finding) for finding in self.findings])

    def _show_since(self) -> None:
        since = self._page.since
        self._since.setVisible(since is not None and bool(since.changes))
        if since is not None:
            more = len(since.changes) - CHANGES_SHOWN
            rest = [f"……另有 {more} 处"] if more > 0 else []
            told = "\n".join([f"{since.sentence}：", *since.changes[:CHANGES_SHOWN], *rest])
            self._since.setText(told)
            self._since.setToolTip("\n".join(since.changes))

    def _show_finding(self, number: int) -> None:
        if not 0 <= number < len(self.findings):
            return
        finding = self.findings[number]
        self.detail.show_finding(
            finding,
            self._page.clauses.get(finding.clause, ""),
            self._page.sentences.get(finding.key, ""),
            places(self._office, finding.links),
            self._guide_button() if finding.key in self._page.guided else None,
        )
        self.form.ask(finding.force)
        self.tell_problem("")

    def _guide_button(self) -> QPushButton:
        return button("填写任务指南…", partial(self._fill_guide), link=True)

    def _fill_guide(self) -> None:
        row = self.list.currentIndex().row()
        if fill_guides(self, self._office, self._id, GuideOccasion.APPLICATION, self._page.row.title):
            self._refresh()
            self._show_finding(row)

    def _open(self, place: Place) -> None:
        self.reject()
        self.place_opened.emit(place)

    def _print(self) -> None:
        self.reject()
        self.print_wanted.emit()

    def _content(self) -> QWidget:
        made, column = bare_column()
        column.addLayout(self._head)
        column.addWidget(self._since)
        column.addWidget(hairline())
        right = QVBoxLayout()
        right.setSpacing(theme.SMALL)
        right.addWidget(self.detail, 1)
        right.addWidget(hairline())
        right.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        self.list.setFixedWidth(LIST_WIDTH)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        column.addLayout(row, 1)
        return made


def _entry(finding: Finding) -> Entry:
    detail = f"{finding.clause} · {finding.force.label}"
    if finding.confirmed_at is not None:
        detail += f" · {finding.confirmed_by} {finding.confirmed_at:%m-%d}"
    return Entry(finding.label, detail, state=finding.verdict.label, tone=pills.tone_of(finding.verdict))
