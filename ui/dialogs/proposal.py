"""Before the proposed list is made: what it would be, and the meeting's word where a tie crosses the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from dualcreate_desktop.office.decisions import Outlook, TieBreak
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.widgets.card import bare_column, hairline, label

Ties = Mapping[str, TieBreak]
"""Category → whom the meeting took."""


class ProposalDialog(AskingDialog[dict[str, TieBreak]]):
    """Shows each category's outcome; ties are ticked by hand, never filled in."""

    def __init__(self, parent: QWidget | None, outlooks: Sequence[Outlook]) -> None:
        self.ties = {item.category: TieBox(item) for item in outlooks if item.contested}
        content = _content(outlooks, self.ties)
        places = sum(len(item.above) + item.vacant for item in outlooks)
        super().__init__(parent, "形成拟入选名单", content, accept_words=f"形成名单（{places} 个）")
        self.resize(640, 620)
        for tie in self.ties.values():
            self.guard(tie.changed)
        if self.ties:
            next(iter(self.ties.values())).boxes[0].setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, outlooks: Sequence[Outlook]) -> Ties | None:
        """What the meeting decided, by category with a tie; None when given up."""
        return cls(parent, outlooks).asked()

    def accept(self) -> None:
        """Close when every tie is settled with exactly the vacant places and the meeting's words."""
        for tie in self.ties.values():
            if wanting := tie.wanting():
                tie.take_keyboard()
                self.tell_problem(wanting)
                return
        self.answer = {category: tie.read() for category, tie in self.ties.items()}
        super().accept()


class TieBox(QWidget):
    """Who of a tie is taken, and why.

    Attributes:
        boxes: a tick for each application.
        reason: the words of the meeting.

    Signals:
        changed: what is ticked or written is another than before.
    """

    changed = Signal()

    def __init__(self, outlook: Outlook) -> None:
        super().__init__()
        self._outlook = outlook
        self.boxes = [QCheckBox(title) for _, title in outlook.contested]
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("如：同分，经会议表决")
        self.reason.setAccessibleName("会议意见")
        self._counted = label("", "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(
            label(
                f"{len(outlook.contested)} 项同分跨线，还有 {outlook.vacant} 个名额。请按会议决定勾选入选者：",
                "warning",
                wrap=True,
            )
        )
        for box in self.boxes:
            box.toggled.connect(lambda _: self._on_ticked())
            column.addWidget(box)
        column.addWidget(self._counted)
        title = label("会议意见", "muted")
        title.setBuddy(self.reason)
        column.addWidget(title)
        column.addWidget(self.reason)
        self.reason.textEdited.connect(self.changed)
        self._count()

    def wanting(self) -> str:
        """What is not settled yet; empty when all is."""
        taken = sum(box.isChecked() for box in self.boxes)
        name, vacant = self._outlook.name, self._outlook.vacant
        if taken != vacant:
            return f"“{name}”须勾选 {vacant} 项，现在勾选了 {taken} 项"
        return "" if self.reason.text().strip() else f"请写明“{name}”同分取舍的会议意见"

    def take_keyboard(self) -> None:
        """Where something is wanting: the first that can be ticked, or the words of the meeting."""
        taken = sum(box.isChecked() for box in self.boxes)
        (self.reason if taken == self._outlook.vacant else self.boxes[0]).setFocus()

    def read(self) -> TieBreak:
        """What the meeting decided."""
        keys = (key for key, _ in self._outlook.contested)
        chosen = (key for key, box in zip(keys, self.boxes, strict=True) if box.isChecked())
        return TieBreak(frozenset(chosen), self.reason.text().strip())

    def _on_ticked(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        taken = sum(box.isChecked() for box in self.boxes)
        self._counted.setText(f"已勾选 {taken} 项，须勾选 {self._outlook.vacant} 项")


def _content(outlooks: Sequence[Outlook], ties: Mapping[str, TieBox]) -> QWidget:
    made, column = bare_column()
    for place, item in enumerate(outlooks):
        if place:
            column.addSpacing(theme.SMALL)
            column.addWidget(hairline())
            column.addSpacing(theme.SMALL)
        column.addWidget(label(f"{item.name}：名额 {item.target} 个", "section"))
        column.addWidget(label(_named(f"列为拟入选 {len(item.above)} 项", item.above), wrap=True))
        if item.category in ties:
            column.addWidget(ties[item.category])
        if item.reserve:
            column.addWidget(
                label(_named(f"列为备选 {len(item.reserve)} 项", item.reserve), "muted", wrap=True)
            )
        if item.below:
            column.addWidget(label(f"其余 {item.below} 项列为未入选。", "muted"))
    column.addStretch()
    return made


def _named(head: str, names: Sequence[str]) -> str:
    return f"{head}：{'、'.join(names)}。" if names else f"{head}。"
