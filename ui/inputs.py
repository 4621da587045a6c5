"""One input for each type of field. All read what was typed by the same rules as an import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QListView, QPlainTextEdit

from db.vocabulary import ProblemKind
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.intake.values import EMPTY, Coerced, Issue, coerce, folded
from dualcreate_desktop.office.records import Value

Options = Sequence[tuple[str, str]]
"""(value, shown word) of what can be chosen."""

TEXT_HEIGHT = 64

ANSWERS = (("未填写", None), ("是", True), ("否", False))
"""What can be said of a fact that nobody may have said anything of."""

_DATES = (FieldType.PARTIAL_DATE, FieldType.DATE, FieldType.DATETIME)
_EXAMPLES = {FieldType.PARTIAL_DATE: "如 2023.9", FieldType.DATE: "如 2024.3.15"}
"""How a date may be typed, where its field says nothing else."""


class LineInput(QLineEdit):
    """Text, numbers and dates, typed the way people type them.

    Signals:
        left: the keyboard went elsewhere; what was typed can be judged.
        changed: another character was typed.
    """

    left = Signal()
    changed = Signal()

    def __init__(self, field: Field, value: Value) -> None:
        super().__init__(_typed(field, value))
        self._field = field
        self.setPlaceholderText(field.hint or _EXAMPLES.get(field.type, ""))
        self.editingFinished.connect(self.left)
        self.textChanged.connect(lambda _: self.changed.emit())

    def read(self) -> Coerced:
        """The typed value, or what is wrong with it."""
        return coerce(self._field, self.text())

    def settle(self) -> None:
        """Write a date that was understood in its usual form: 2019.9 as 2019-09."""
        value = self.read().value
        if self._field.type in _DATES and value is not None:
            self.setText(_typed(self._field, value))


class TextInput(QPlainTextEdit):
    """Text of several lines; Tab goes on to the next input."""

    left = Signal()
    changed = Signal()

    def __init__(self, field: Field, value: Value) -> None:
        super().__init__("" if value is None else str(value))
        self._field = field
        self.setPlaceholderText(field.hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(TEXT_HEIGHT)
        self.textChanged.connect(self.changed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def read(self) -> Coerced:
        """The text."""
        return coerce(self._field, self.toPlainText())

    def settle(self) -> None:
        """Text stays as it was typed."""


class StillBox(QComboBox):
    """A choice of words that a wheel never changes: it scrolls the form."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the form."""
        event.ignore()


class ChoiceInput(StillBox):
    """One of several words: chosen from the list, or typed in part.

    Args:
        options: of a reference such as UNIT; a CHOICE brings its own.
    """

    left = Signal()
    changed = Signal()

    def __init__(self, field: Field, value: Value, options: Options) -> None:
        super().__init__()
        self._field, self._options = field, options
        line = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line.setPlaceholderText(field.hint or "请选择，或输入其中几个字")
        line.editingFinished.connect(self.left)
        self.activated.connect(lambda _: self.left.emit())
        self.offer(options, value)
        self.currentTextChanged.connect(lambda _: self.changed.emit())

    def offer(self, options: Options, value: Value) -> None:
        """Offer other words, of which one may be chosen."""
        self._options = options
        self.clear()
        for key, word in options:
            self.addItem(word, key)
        shown = next((word for key, word in options if key == value), value)
        self.setCurrentIndex(self.findData(value))
        self.setEditText("" if shown is None else str(shown))
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
        self._complete_by_any_part()

    def read(self) -> Coerced:
        """The value of the word; of a part when only one word has it."""
        text = self.currentText().strip()
        if self._field.type is FieldType.CHOICE:
            read = coerce(self._field, text)
            key = self._named(text) if text and read.value is None else None
            return read if key is None else Coerced(key)
        if not text:
            return EMPTY
        key = self._named(text)
        if key is not None:
            return Coerced(key)
        message = f"没有名为“{text}”的{self._field.label}，请从列表中选择"
        return Coerced(issue=Issue(ProblemKind.UNKNOWN_UNIT, message))

    def settle(self) -> None:
        """Write the whole word where a part was typed."""
        value = self.read().value
        word = next((word for key, word in self._options if key == value), None)
        if word is not None:
            self.setCurrentIndex(self.findData(value))
            self.setEditText(word)

    def _named(self, text: str) -> str | None:
        wanted = folded(text)
        words = [(key, folded(word)) for key, word in self._options]
        exact = [key for key, word in words if word == wanted]
        within = [key for key, word in words if wanted in word]
        return next((found[0] for found in (exact, within) if len(found) == 1), None)

    def _complete_by_any_part(self) -> None:
        completer = QCompleter([word for _, word in self._options], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = QListView()
        popup.setObjectName("completions")
        completer.setPopup(popup)
        self.setCompleter(completer)


class AnswerInput(StillBox):
    """Yes, no, or that nobody has said."""

    left = Signal()
    changed = Signal()

    def __init__(self, field: Field, value: Value) -> None:
        super().__init__()
        self._field = field
        for word, answer in ANSWERS:
            self.addItem(word, answer)
        self.setCurrentIndex(
            [answer for _, answer in ANSWERS].index(value if isinstance(value, bool) else None)
        )
        self.activated.connect(lambda _: self.left.emit())
        self.currentIndexChanged.connect(lambda _: self.changed.emit())

    def read(self) -> Coerced:
        """What is chosen."""
        return Coerced(self.currentData())

    def settle(self) -> None:
        """An answer needs no other form."""


class FlagInput(QCheckBox):
    """Yes or no."""

    left = Signal()
    changed = Signal()

    def __init__(self, field: Field, value: Value) -> None:
        super().__init__("是")
        self._field = field
        self.setChecked(bool(value))
        self.clicked.connect(self.left)
        self.toggled.connect(lambda _: self.changed.emit())

    def read(self) -> Coerced:
        """Whether it is ticked."""
        return Coerced(self.isChecked())

    def settle(self) -> None:
        """A tick needs no other form."""


Input = LineInput | TextInput | ChoiceInput | AnswerInput | FlagInput


def _typed(field: Field, value: Value) -> str:
    """A value as somebody would type it: an amount in 元, not in 分; a moment without its seconds."""
    if field.type is FieldType.MONEY and isinstance(value, int):
        return f"{Decimal(value) / 100:f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def make_input(field: Field, value: Value, options: Options = (), *, tick: bool = False) -> Input:
    """The input for a field, with its value.

    Args:
        tick: a FLAG is always said, yes or no.
    """
    if field.type is FieldType.LONG_TEXT:
        return TextInput(field, value)
    if field.type is FieldType.FLAG:
        return FlagInput(field, value) if tick else AnswerInput(field, value)
    if field.type is FieldType.CHOICE:
        return ChoiceInput(field, value, [(choice.value, choice.label) for choice in field.choices])
    if field.type in (FieldType.UNIT, FieldType.BRANCH):
        return ChoiceInput(field, value, options)
    return LineInput(field, value)
