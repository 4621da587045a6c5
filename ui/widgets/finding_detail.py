"""One condition in full: what is asked, what is known, the records behind it, and who confirmed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dualcreate_desktop.office.evidence_places import WORDS
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.verdicts import Evidence
from ui import pills, theme
from ui.pills import Pill
from ui.widgets.buttons import button
from ui.widgets.card import clear, label

LONGEST = 30
"""So many characters of a record stand on its link; all of them in its tooltip."""


class FindingDetail(QScrollArea):
    """Shows a finding.

    Args:
        open_place: opens a record where it stands.
    """

    def __init__(self, open_place: Callable[[Place], object]) -> None:
        super().__init__()
        self._open = open_place
        inner = QWidget()
        inner.setObjectName("scrolled")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, theme.SMALL, 0)
        self.column.setSpacing(theme.SMALL)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.links: tuple[QPushButton, ...] = ()

    def show_finding(
        self,
        finding: Finding,
        clause: str,
        sentence: str,
        places: Sequence[tuple[Evidence, Place]],
        extra: QPushButton | None = None,
    ) -> None:
        """Show a finding.

        Args:
            clause: what the notice says there.
            sentence: the rule in words.
            places: the records behind it.
            extra: stands below what is known, for what settles the condition otherwise.
        """
        clear(self.column)
        head = QHBoxLayout()
        head.addWidget(label(finding.label, "section", wrap=True), 1)
        head.addWidget(
            Pill(finding.verdict.label, pills.tone_of(finding.verdict)), 0, Qt.AlignmentFlag.AlignTop
        )
        self.column.addLayout(head)
        said = "" if clause == finding.label else f"　{clause}"
        self.column.addWidget(
            label(f"通知 {finding.clause}{said}　（{finding.force.label}）", "muted", wrap=True)
        )
        self.column.addWidget(label(sentence, "note", wrap=True))
        self._add("登记情况", [label(text, wrap=True) for text in finding.evidence])
        if extra is not None:
            self.column.addLayout(_left(extra))
        self.links = tuple(self._link(link, place) for link, place in places)
        if self.links:
            self._add("依据的记录", [])
            for made in self.links:
                self.column.addLayout(_left(made))
        self._show_word(finding)
        self.column.addStretch()

    def _show_word(self, finding: Finding) -> None:
        if finding.confirmed_at is None:
            return
        lines = [f"{finding.confirmed_by}　{finding.confirmed_at:%Y-%m-%d %H:%M}"]
        lines += [f"{'例外说明' if finding.approver else '理由'}：{finding.reason}"] if finding.reason else []
        lines += [f"批准人：{finding.approver}"] if finding.approver else []
        self._add("核实", [label(text, wrap=True) for text in lines])

    def _add(self, title: str, widgets: Sequence[QWidget]) -> None:
        self.column.addSpacing(theme.TINY)
        self.column.addWidget(label(title, "muted"))
        for widget in widgets:
            self.column.addWidget(widget)

    def _link(self, link: Evidence, place: Place) -> QPushButton:
        whole = f"{WORDS[link.table]}：{link.text}"
        shown = whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"
        made = button(shown, lambda: self._open(place), link=True)
        made.setToolTip(f"打开这条记录\n{whole}")
        return made


def _left(made: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(made)
    row.addStretch()
    return row
