"""The card of a selected record: its facts and what belongs to it, told as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from ui import theme
from ui.pills import Pill
from ui.theme import Tone
from ui.widgets.card import bare_column, clear, label
from ui.widgets.detail_card import DetailCard, Facts


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a section: its text, a smaller note below, a state at the right."""

    text: str
    note: str = ""
    pill: str = ""
    tone: Tone = Tone.CALM


@dataclass(frozen=True, slots=True)
class Section:
    """Some lines under a heading."""

    title: str
    lines: tuple[Line, ...]


class RecordCard(DetailCard):
    """Shows one record.

    Args:
        nothing: what stands there while none is selected.
        actions: the buttons at the foot; they are dead while none is selected.
    """

    def __init__(self, nothing: str, actions: Sequence[QPushButton]) -> None:
        super().__init__(actions)
        self._nothing, self._actions = nothing, tuple(actions)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No record is selected."""
        self._begin(selected=False)
        self.column.addWidget(label(self._nothing, "muted", wrap=True))
        self.column.addStretch()

    def show_record(self, title: str, subtitle: str, facts: Facts, sections: Sequence[Section]) -> None:
        """Show a record; sections without lines are left out."""
        self._begin(selected=True)
        self.column.addWidget(label(title, "section", wrap=True))
        if subtitle:
            self.column.addWidget(label(subtitle, "muted", elide=True))
        self.column.addSpacing(theme.TINY)
        self.add_facts(facts)
        for section in sections:
            if section.lines:
                self._add(section)
        self.column.addStretch()

    def _begin(self, *, selected: bool) -> None:
        clear(self.column)
        for action in self._actions:
            action.setEnabled(selected)

    def _add(self, section: Section) -> None:
        lines, column = bare_column()
        for line in section.lines:
            column.addLayout(_line(line))
        self.add_section(section.title)
        self.column.addWidget(lines)


def _line(line: Line) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(line.text, wrap=True))
    if line.note:
        words.addWidget(label(line.note, "note", elide=True))
    row.addLayout(words, 1)
    if line.pill:
        row.addWidget(Pill(line.pill, line.tone), 0, Qt.AlignmentFlag.AlignTop)
    return row
