"""任务指南: a checklist answered point by point, met or not, with a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from db.errors import NotAllowed
from db.vocabulary import GuideOccasion
from dualcreate_desktop.office import guides
from dualcreate_desktop.office.guides import Checklist, Item, Key, Said
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label

CHOICES: tuple[tuple[str, bool | None], ...] = (("达到", True), ("未达到", False), ("未答", None))
WORDS_WIDTH = 190


class PointRow(QWidget):
    """One point: its text, what was said before, the answer and its words."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.key: Key = (item.guide, item.key)
        self._group = QButtonGroup(self)
        self.words = QLineEdit(item.said.text)
        self.words.setPlaceholderText("说明（可不填）")
        self.words.setAccessibleName(f"{item.text} 说明")
        self.words.setFixedWidth(WORDS_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MEDIUM)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(label(item.text, wrap=True))
        if item.earlier:
            told.addWidget(label(item.earlier, "note", wrap=True))
        row.addLayout(told, 1)
        for number, (word, met) in enumerate(CHOICES):
            choice = QRadioButton(word)
            choice.setAccessibleName(f"{item.text} {word}")
            choice.setChecked(item.said.met is met)
            self._group.addButton(choice, number)
            row.addWidget(choice)
        row.addWidget(self.words)

    def choose(self, met: bool | None) -> None:
        """Answer with a word, as if it were clicked."""
        self.choice(met).setChecked(True)

    def choice(self, met: bool | None) -> QRadioButton:
        """The button of an answer."""
        found = self._group.button([answer for _, answer in CHOICES].index(met))
        assert isinstance(found, QRadioButton)
        return found

    def read(self) -> Said:
        """The answer as it stands."""
        return Said(CHOICES[self._group.checkedId()][1], self.words.text().strip())


class GuideDialog(AskingDialog[Mapping[Key, Said]]):
    """Asks for the answers of all guides of an application on one occasion, and writes nothing."""

    def __init__(
        self, parent: QWidget | None, applicant: str, occasion: GuideOccasion, asked: Sequence[Checklist]
    ) -> None:
        self.rows: tuple[PointRow, ...] = tuple(PointRow(item) for guide in asked for item in guide.items)
        super().__init__(
            parent, f"任务指南（{occasion.label}） {applicant}", self._content(asked), accept_words="保存"
        )
        self.resize(860, 600)
        if self.rows:
            self.rows[0].choice(met=True).setFocus()

    def accept(self) -> None:
        """Close with the answers."""
        self.answer = {row.key: row.read() for row in self.rows}
        super().accept()

    def meet_all(self, guide: str) -> None:
        """Every point of a guide that is not answered yet is met."""
        for row in self.rows:
            if row.key[0] == guide and row.read().met is None:
                row.choose(met=True)

    def _content(self, asked: Sequence[Checklist]) -> QWidget:
        made, column = bare_column()
        rows = {row.key: row for row in self.rows}
        for guide in asked:
            head = QHBoxLayout()
            head.addWidget(label(f"{guide.name}（通知 {guide.clause}）", "section", wrap=True), 1)
            head.addWidget(button("未答的都算达到", partial(self.meet_all, guide.key), link=True))
            column.addLayout(head)
            if guide.note:
                column.addWidget(label(guide.note, "warning", wrap=True))
            for item in guide.items:
                column.addWidget(rows[item.guide, item.key])
            column.addSpacing(theme.MEDIUM)
        column.addStretch()
        return made


def fill_guides(
    parent: QWidget, office: Office, application_id: str, occasion: GuideOccasion, applicant: str
) -> bool:
    """Ask for the answers until they are written or given up; whether something was written.

    Raises:
        NotAllowed: the round has no guide for the category.
    """
    asked = guides.checklists(office, application_id, occasion)
    if not asked:
        raise NotAllowed("这个类别没有任务指南", todo="可在“批次规则”中给类别登记任务指南。")
    dialog = GuideDialog(parent, applicant, occasion, asked)
    changed = None
    while dialog.exec() and dialog.answer is not None:
        try:
            changed = guides.answer(office, application_id, occasion, dialog.answer)
            break
        except NotAllowed as trouble:
            dialog.tell_problem(str(trouble))
    dialog.deleteLater()
    return changed is not None
