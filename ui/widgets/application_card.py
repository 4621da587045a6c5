"""The card of the selected 申报: who it is, what the conditions say, the unit's quota, and its paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.vocabulary import ApplicationState, Verdict
from dualcreate_desktop.office.application_desk import Desk
from dualcreate_desktop.office.applications import ApplicationRow
from dualcreate_desktop.office.finding_prints import Since
from dualcreate_desktop.office.receipts import Awaited, Paper
from dualcreate_desktop.office.records import partial
from dualcreate_desktop.office.registry import masked
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.quotas import QuotaLine
from ui import pills, theme
from ui.pills import Pill
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import clear, label
from ui.widgets.detail_card import DetailCard

CHANGES_SHOWN = 2
"""So many changes since the last print are told on the card; all of them in the tooltip."""


class ApplicationCard(DetailCard):
    """Shows one application.

    Args:
        actions: the buttons at the foot.
        confirm: opens 核实… on a condition; gets its key.
        show_findings: opens the page of all findings.
    """

    def __init__(
        self,
        actions: Sequence[QPushButton],
        confirm: Callable[[str], object],
        show_findings: Callable[[], object],
    ) -> None:
        super().__init__(actions)
        self._confirm, self._show_findings = confirm, show_findings
        self._shown: tuple[Desk | None, str | None] | None = None
        self.show_application(None, None)

    def show_application(self, desk: Desk | None, application_id: str | None) -> None:
        """Show an application; None when none is selected."""
        if (desk, application_id) == self._shown:
            return
        self._shown = (desk, application_id)
        clear(self.column)
        if desk is None or application_id is None:
            self.column.addWidget(label("在左侧选择一项申报，这里显示它的详情。", "muted", wrap=True))
            self.column.addStretch()
            return
        row = desk.rows[application_id]
        self._show_head(desk, row)
        self.add_section("条件审查", button("审查意见…", self._show_findings, link=True))
        self._show_since(desk.since.get(row.id))
        for finding in in_question_first(desk.assessments[row.id].findings):
            self.column.addWidget(FindingRow(finding, self._confirm))
        quota = desk.quota(row)
        if quota is not None:
            self.add_section("本单位名额")
            self._show_quota(quota)
        self._show_paper("纸质材料", desk.papers[row.id])
        self._show_paper("本单位一次报送", desk.unit_papers[row.unit_id])
        self.column.addStretch()

    def _show_head(self, desk: Desk, row: ApplicationRow) -> None:
        self.column.addWidget(label(row.title, "section", wrap=True))
        category = desk.rules.notice.category(row.category).short_name
        kind = row.kind_label
        self.column.addWidget(label(f"{category} · {kind} · {row.unit}", "muted", elide=True))
        state = QHBoxLayout()
        state.setSpacing(theme.SMALL)
        state.addWidget(Pill(row.state.label, pills.tone_of(row.state)))
        if row.preference is not None:
            state.addWidget(label(f"本单位第 {row.preference} 推荐", "muted"))
        state.addStretch()
        self.column.addLayout(state)
        if row.state is ApplicationState.SELECTED:
            self.column.addWidget(label(desk.rules.notice.category(row.category).status, wrap=True))
        if row.state_reason:
            self.column.addWidget(label(row.state_reason, "muted", wrap=True))
        self.add_facts(_facts(row))

    def _show_since(self, since: Since | None) -> None:
        """What changed since the sheet was printed; nothing while it never was."""
        if since is None:
            return
        made = label(since.sentence, "warning" if since.changes else "note", wrap=True)
        made.setToolTip("\n".join(since.changes))
        self.column.addWidget(made)
        for text in since.changes[:CHANGES_SHOWN]:
            self.column.addWidget(label(text, "note", wrap=True))
        if len(since.changes) > CHANGES_SHOWN:
            self.column.addWidget(label(f"……另有 {len(since.changes) - CHANGES_SHOWN} 处", "note"))

    def _show_quota(self, quota: QuotaLine) -> None:
        allowed = "不限" if quota.allowed is None else f"{quota.allowed} 项"
        words = f"名额 {allowed}，已报 {quota.applied} 项" + (
            f"，至少 {quota.obliged} 项" if quota.obliged else ""
        )
        tone = Tone.GOOD if not (quota.over or quota.short) else Tone.WARN
        said = f"超出 {quota.over} 项" if quota.over else f"还差 {quota.short} 项" if quota.short else "未超"
        self.column.addLayout(_line(words, Pill(said, tone)))
        where = f"（{quota.clause}）" if quota.clause else ""
        self.column.addWidget(label(f"{quota.explanation}{where}", "muted", wrap=True))

    def _show_paper(self, title: str, paper: Paper) -> None:
        listed = (*paper.items, *paper.files)
        if listed:
            self.add_section(title)
        for material, name in {item.material: item.name for item in listed}.items():
            own = Paper(
                tuple(item for item in paper.items if item.material == material),
                tuple(item for item in paper.files if item.material == material),
            )
            self.column.addLayout(_line(name, Pill(own.label, pills.tone_of(own))))
            told = [*(_arrivals(own.items) if own.has_come else ()), *map(_file, own.files)]
            if told:
                self.column.addWidget(label("\n".join(told), "note", wrap=True))


class FindingRow(QWidget):
    """One condition: its name, its clause, its verdict, what it rests on; a click on 待核实 opens 核实…."""

    def __init__(self, finding: Finding, confirm: Callable[[str], object]) -> None:
        super().__init__()
        tone = pills.tone_of(finding.verdict)
        open_ = finding.verdict is Verdict.UNVERIFIED
        pill = (
            PillButton(finding.verdict.label, tone, lambda: confirm(finding.key))
            if open_
            else Pill(finding.verdict.label, tone)
        )
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(label(finding.label, wrap=True), 1)
        head.addWidget(label(finding.clause, "note"))
        head.addWidget(pill)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        for text in (*finding.evidence, *confirmed(finding)):
            column.addWidget(label(text, "muted", wrap=True))


class PillButton(Pill):
    """A state that one can act on, by mouse or by keyboard."""

    def __init__(self, text: str, tone: Tone, action: Callable[[], object]) -> None:
        super().__init__(text, tone)
        self._action = action
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("单击核实")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click acts."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._action()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do Enter and the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._action()
        else:
            super().keyPressEvent(event)


def in_question_first(findings: Sequence[Finding]) -> list[Finding]:
    """What is open, then what failed, then the rest, each in the order of the notice."""
    rank = (Verdict.UNVERIFIED, Verdict.FAIL, Verdict.PASS, Verdict.NOT_APPLICABLE)
    return sorted(findings, key=lambda finding: rank.index(finding.verdict))


def confirmed(finding: Finding) -> Iterator[str]:
    """Who put their name to it, when and why; nothing while nobody has."""
    if finding.confirmed_at is not None:
        excepted = bool(finding.approver)  # its reason stands in the evidence
        why = f"：{finding.reason}" if finding.reason and not excepted else ""
        yield f"{finding.confirmed_by} {finding.confirmed_at:%Y-%m-%d} 核实{why}"


def _facts(row: ApplicationRow) -> list[tuple[str, str]]:
    founded = partial(row.founded)
    facts = [
        ("书记", row.secretary or ""),
        ("成立时间", founded.chinese if founded else ""),
        ("党员", f"{row.members} 人" if row.members else ""),
        ("联系人", "　".join(filter(None, (row.contact or "", masked(row.phone))))),
        ("备注", row.note),
    ]
    return [(name, text) for name, text in facts if text]


def _line(text: str, pill: Pill) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    row.addWidget(label(text, wrap=True), 1)
    row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
    return row


def _arrivals(items: Sequence[Awaited]) -> Iterator[str]:
    """When each copy came; copies that came together in one line."""
    for (at, brought_by, reason), group in groupby(
        items, key=lambda item: (item.received_at, item.brought_by, item.late_reason)
    ):
        copies = "、".join(f"第{item.copy}份" for item in group)
        yield f"{copies} {_arrival(at, brought_by, reason)}"


def _file(item: Awaited) -> str:
    """The electronic version of a material, come or not."""
    return f"{item.label} {_arrival(item.received_at, item.brought_by, item.late_reason)}"


def _arrival(at: datetime | None, brought_by: str, reason: str) -> str:
    if at is None:
        return "未收"
    by = f"，{brought_by}送" if brought_by else ""
    late = f"，逾期：{reason}" if reason else ""
    return f"{at:%Y-%m-%d %H:%M}{by}{late}"
