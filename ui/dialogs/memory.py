"""记住的写法: what the desk was told once, to look at and to forget."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from dualcreate_desktop.intake.values import folded
from dualcreate_desktop.office.learning import Memory, Remembered
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.widgets.card import Card, bare_column, label
from ui.widgets.chips import ALL, Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.entry_list import Entry, EntryList


class MemoryDialog(AskingDialog[Remembered]):
    """Lists what was learned; one thing after the other can be picked to be forgotten."""

    def __init__(self, parent: QWidget | None, known: Sequence[Remembered]) -> None:
        self._known = known
        self._shown: list[Remembered] = []
        self._memory = ALL
        self.search = QLineEdit()
        self.search.setPlaceholderText("搜索写法或所指")
        self.search.setAccessibleName("搜索")
        self.chips = Chips()
        self.list = EntryList("记住的写法")
        self.nothing = EmptyState(
            "inbox", "还没有记住什么", "在“收件”里选定支部、改正写法、对应列名之后，会列在这里。"
        )
        super().__init__(parent, "记住的写法", self._content(), accept_words="忘记这一条")
        self.cancel.setText("关闭")
        self.search.textChanged.connect(lambda _: self.show_known())
        self.chips.chosen.connect(self._choose)
        self.list.dropped.connect(self.accept)
        self.list.picked.connect(lambda number: self.primary.setEnabled(number >= 0))
        self.resize(640, 560)
        self.show_known()
        self.list.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, known: Sequence[Remembered]) -> Remembered | None:
        """What shall be forgotten; None when nothing shall."""
        return cls(parent, known).asked()

    def accept(self) -> None:
        """Close with the thing that is picked."""
        number = self.list.currentIndex().row()
        if 0 <= number < len(self._shown):
            self.answer = self._shown[number]
            super().accept()

    def show_known(self) -> None:
        """What the filter and the search leave."""
        wanted = folded(self.search.text())
        self._shown = [
            each
            for each in self._known
            if self._memory in (ALL, each.memory.value) and wanted in folded(each.written + each.means)
        ]
        self.list.entries.show([_entry(each) for each in self._shown])
        counts = {memory: sum(each.memory is memory for each in self._known) for memory in Memory}
        chips = [Chip(memory.value, memory.value, count) for memory, count in counts.items() if count]
        self.chips.show_chips([Chip(ALL, "全部", len(self._known)), *chips], self._memory)
        self.chips.setVisible(bool(self._known))
        self.search.setVisible(bool(self._known))
        self._card.setVisible(bool(self._known))
        self.nothing.setVisible(not self._known)
        if self._shown:
            self.list.select(0)
        self.primary.setEnabled(bool(self._shown))
        self.primary.setVisible(bool(self._known))

    def _choose(self, value: str) -> None:
        self._memory = value
        self.show_known()

    def _content(self) -> QWidget:
        made, column = bare_column(theme.MEDIUM)
        told = "收件时确认过的写法，以后直接采用。忘记之后会重新询问；已导入的内容不变。"
        column.addWidget(label(told, "muted", wrap=True))
        column.addWidget(self.search)
        column.addWidget(self.chips)
        self._card = Card(margin=1)
        self._card.body.addWidget(self.list)
        column.addWidget(self._card, 1)
        column.addWidget(self.nothing, 1)
        return made


def _entry(each: Remembered) -> Entry:
    return Entry(
        f"“{each.written}”", f"是 {each.means}", f"{each.at:%Y-%m-%d} · {each.actor}", each.memory.value
    )
