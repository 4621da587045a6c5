"""The card of one 征求意见函: what was asked, and how far the replies have come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from db.vocabulary import Reply
from dualcreate_desktop.office.inquiry_desk import ReplyLine
from dualcreate_desktop.office.inquiry_letters import Letter
from ui import theme
from ui.pills import Pill, tone_of
from ui.theme import Tone
from ui.widgets.card import label
from ui.widgets.detail_card import DetailCard


class LetterCard(DetailCard):
    """Shows the selected reply and its letter."""

    def __init__(self, actions: Sequence[QPushButton]) -> None:
        super().__init__(actions)
        self._actions = tuple(actions)
        self.show_reply(None, None)

    def show_reply(self, line: ReplyLine | None, letter: Letter | None) -> None:
        """Show a reply; None when none is selected."""
        for action in self._actions:
            action.setEnabled(line is not None)
        if line is None or letter is None:
            self.say_empty("在左侧选择一行，这里显示它的征求意见函。")
            return
        self.begin(line.applicant, line.unit)
        state = QHBoxLayout()
        state.addWidget(Pill(line.answer.label, tone_of(line.answer)))
        state.addWidget(label(line.department, "muted"))
        state.addStretch()
        self.column.addLayout(state)
        if line.text:
            self.column.addWidget(label(line.text, wrap=True))
        if line.replied_on or line.document:
            day = f"{line.replied_on:%Y-%m-%d}" if line.replied_on else ""
            self.column.addWidget(label("　".join(filter(None, (day, line.document))), "muted", wrap=True))
        self._show_letter(letter)
        self.column.addStretch()

    def _show_letter(self, letter: Letter) -> None:
        late = Pill("逾期", Tone.BAD) if letter.late else None
        self.add_section(f"{letter.department}的征求意见函", late)
        days = [f"{day:%Y-%m-%d}" if day else "" for day in (letter.issued, letter.due)]
        self.add_facts((("文号", letter.document), ("发函日期", days[0]), ("答复期限", days[1])))
        self.column.addSpacing(theme.TINY)
        for answer, count in (
            (Reply.CLEAR, letter.clear),
            (Reply.CONCERN, letter.concern),
            (Reply.SILENT, letter.silent),
        ):
            row = QHBoxLayout()
            row.addWidget(label(f"{count} 项"))
            row.addStretch()
            row.addWidget(Pill(answer.label, tone_of(answer) if count else Tone.CALM))
            self.column.addLayout(row)
        self.column.addWidget(label("没有书面答复的，审查时一律待核实，不当作无异议。", "note", wrap=True))
