"""One reviewer's marks of one application, typed in from paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from dualcreate_desktop.office.marking import MarkingForm, MarkingJudge
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.inputs import LineInput
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label

SAVE, SAVE_AND_GO_ON = "保存", "保存，录下一位"


@dataclass(frozen=True, slots=True)
class MarksAnswer:
    """What was typed; `more` when the next reviewer's marks are to follow."""

    judge_id: str
    marks: Mapping[str, Decimal]
    more: bool


class UnsavedMarks(QWidget):
    """What is to become of marks that were typed for one reviewer when another is chosen.

    Attributes:
        carry: they belong to the other.
        drop: they are not wanted.
    """

    def __init__(self, carry: Callable[[], None], drop: Callable[[], None]) -> None:
        super().__init__()
        self.told = label("", "warning", wrap=True)
        self.carry, self.drop = button("", carry), button("不要了", drop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.told, 1)
        row.addWidget(self.carry)
        row.addWidget(self.drop)
        self.hide()

    def ask(self, typed_for: str, chosen: str) -> None:
        """Ask; to leave it and save goes on with the one for whom they were typed."""
        self.told.setText(f"给“{typed_for}”填的评分还没有保存。")
        self.carry.setText(f"改记给“{chosen}”")
        self.show()
        self.carry.setFocus()


class MarksDialog(AskingDialog[MarksAnswer]):
    """Asks for a mark of each criterion and writes nothing.

    Another reviewer is shown at once, unless something was typed that would be lost.

    Args:
        judge_id: whose marks first; the first who has not marked yet when empty.

    Attributes:
        other: saves and does what Enter does not: Enter goes on as long as another reviewer has not marked.
    """

    def __init__(self, parent: QWidget | None, form: MarkingForm, judge_id: str) -> None:
        self._form = form
        self.judges = QComboBox()
        self.judges.setAccessibleName("评委")
        for judge in form.judges:
            self.judges.addItem(f"{judge.name}{'' if judge.marks else '　未评'}", judge.id)
        self._shown, self._wanted = 0, 0
        self.unsaved = UnsavedMarks(self._carry, self._drop)
        self._holder = QVBoxLayout()
        self.total = label("", "muted")
        super().__init__(parent, f"录入评分 {form.title}", self._content(), accept_words=SAVE)
        self.other = button("", self._accept_otherwise)
        self.foot.insertWidget(self.foot.count() - 1, self.other)
        self._more = False
        self.fields: FieldForm
        self.judges.setCurrentIndex(self._place_of(judge_id))
        self._show_judge()
        self.judges.currentIndexChanged.connect(self._choose_judge)
        self.resize(640, 380)

    @classmethod
    def ask(
        cls, parent: QWidget | None, form: MarkingForm, judge_id: str = "", *, problem: str = ""
    ) -> MarksAnswer | None:
        """The marks as they were typed; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        return cls(parent, form, judge_id).asked(problem)

    def accept(self) -> None:
        """Close with the marks, unless one is missing or outside its criterion."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("有评分需要改正，已用红字标出")
            return
        marks = {key: Decimal(str(value)) for key, value in values.items()}
        self.answer = MarksAnswer(self.judges.currentData(), marks, self._more)
        super().accept()

    def _accept_otherwise(self) -> None:
        """Close with the marks, and go on where Enter would not, or the other way round."""
        self._more = not self._more
        self.accept()
        self._more = not self._more

    def _place_of(self, judge_id: str) -> int:
        found = self.judges.findData(judge_id) if judge_id else -1
        if found >= 0:
            return found
        empty = (place for place, judge in enumerate(self._form.judges) if not judge.marks)
        return next(empty, 0)

    def _judge(self) -> MarkingJudge:
        return self._form.judges[self.judges.currentIndex()]

    def _choose_judge(self, place: int) -> None:
        """Show another reviewer, unless something that was typed for the one who is shown would be lost."""
        if self._typed() == self._before:
            self._show_judge()
            return
        self._wanted = place
        with QSignalBlocker(self.judges):
            self.judges.setCurrentIndex(self._shown)
        self.unsaved.ask(self._judge().name, self._form.judges[place].name)

    def _carry(self) -> None:
        """What was typed belongs to the other reviewer."""
        typed = self._typed()
        self._drop()
        for key, text in typed.items():
            self._line(key).setText(text)

    def _drop(self) -> None:
        """What was typed is not wanted."""
        with QSignalBlocker(self.judges):
            self.judges.setCurrentIndex(self._wanted)
        self._show_judge()

    def _typed(self) -> dict[str, str]:
        return {field.key: self._line(field.key).text() for field in self._form.fields}

    def _line(self, key: str) -> LineInput:
        found = self.fields.input(key)
        assert isinstance(found, LineInput)
        return found

    def _show_judge(self) -> None:
        """The marks that the chosen reviewer gave so far."""
        self.unsaved.hide()
        self._shown = self.judges.currentIndex()
        while (item := self._holder.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.fields = FieldForm((Group("", self._form.fields),), self._judge().marks, {})
        self.guard(self.fields.changed)
        self._holder.addWidget(self.fields)
        self._before = self._typed()
        for field in self._form.fields:
            self._line(field.key).textChanged.connect(lambda _: self._show_total())
        self._show_total()
        self._more = self._form.waits_after(self.judges.currentData())
        self.primary.setText(SAVE_AND_GO_ON if self._more else SAVE)
        self.other.setText("只保存这一位" if self._more else SAVE_AND_GO_ON)
        self.other.setVisible(len(self._form.judges) > 1)
        self.fields.focus(self._form.fields[0].key)

    def _show_total(self) -> None:
        read = {field.key: self.fields.input(field.key).read().value for field in self._form.fields}
        marks = {key: Decimal(str(value)) for key, value in read.items() if value is not None}
        total = self._form.total(marks)
        self.total.setText("合计 —" if total is None else f"合计 {total} 分")

    def _content(self) -> QWidget:
        made, column = bare_column(theme.MEDIUM)
        title = label("评委", "muted")
        title.setBuddy(self.judges)
        column.addWidget(title)
        column.addWidget(self.judges)
        column.addWidget(self.unsaved)
        column.addLayout(self._holder)
        column.addWidget(self.total)
        column.addStretch()
        return made
