"""A form made from the declaration of its fields: labels above, trouble beside, values typed as by an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.vocabulary import ProblemKind, Severity
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.intake.values import Issue
from dualcreate_desktop.office.records import Value
from ui import theme
from ui.inputs import ChoiceInput, Input, Options, make_input
from ui.widgets.card import label

COLUMNS = 3
_WIDE, _WHOLE = 20, 40
"""From these declared widths on, an input takes two columns or the whole row."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields under a heading, in the order in which one fills them in."""

    title: str
    fields: tuple[Field, ...]


class FieldForm(QWidget):
    """Inputs for groups of fields.

    Args:
        values: by field key; what is missing is empty.
        options: by field key: what a reference such as the unit can be.

    Signals:
        changed: another character was typed, another word chosen.
    """

    changed = Signal()

    def __init__(
        self, groups: Sequence[Group], values: Mapping[str, Value], options: Mapping[str, Options]
    ) -> None:
        super().__init__()
        self._boxes: dict[str, FieldBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        for group in groups:
            if group.title:
                column.addSpacing(theme.TINY)
                column.addWidget(label(group.title, "section"))
            boxes = [
                FieldBox(field, make_input(field, values.get(field.key), options.get(field.key, ())))
                for field in group.fields
            ]
            self._boxes |= {box.field.key: box for box in boxes}
            for box in boxes:
                box.input.changed.connect(self.changed)
            column.addLayout(arranged(boxes))
        column.addStretch()
        self._tab_in_order()

    def input(self, key: str) -> Input:
        """The input of a field."""
        return self._boxes[key].input

    def message(self, key: str) -> str:
        """What stands beside a field as its trouble; empty when it is fine."""
        return self._boxes[key].message

    def peek(self) -> dict[str, Value]:
        """The values as far as they can be read, without a word on what is wrong."""
        return {key: box.input.read().value for key, box in self._boxes.items()}

    def tell(self, key: str, trouble: str) -> None:
        """Say beside a field what the office found wrong with it, and give it the keyboard."""
        self._boxes[key].tell(trouble)
        self.focus(key)

    def read(self) -> dict[str, Value] | None:
        """All values; None when something keeps them out, which then is shown and has the keyboard."""
        wrong = [box for box in self._boxes.values() if not box.judge(required=True)]
        if wrong:
            wrong[0].input.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return {key: box.input.read().value for key, box in self._boxes.items()}

    def offer_by(self, key: str, on: str, options_of: Callable[[Value], Options]) -> None:
        """Offer for one field what the value of another leaves: the branches of the chosen unit.

        Args:
            options_of: what can be chosen for a value of the other field, None when that is empty; asked when it
                changes, so the form is made with the options of its first value.
        """
        chosen, other = self.input(key), self.input(on)
        if not isinstance(chosen, ChoiceInput):
            raise TypeError(f"{key} is not a choice")
        known: list[Value] = [other.read().value]

        def offer() -> None:
            value = other.read().value
            if value != known[0]:
                known[0] = value
                chosen.offer(options_of(value), None)

        other.left.connect(offer)

    def focus(self, key: str) -> None:
        """Give the keyboard to the input of a field."""
        self._boxes[key].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tab_in_order(self) -> None:
        inputs = [box.input for box in self._boxes.values()]
        for before, after in pairwise(inputs):
            self.setTabOrder(before, after)


class TitledBox(QWidget):
    """A label, the input below it and the line for what is wrong."""

    def __init__(self, field: Field, made: QWidget) -> None:
        super().__init__()
        self.field = field
        self._made = made
        self._trouble = label("", "problem", wrap=True)
        self._trouble.hide()
        title = label(field.label, "muted")
        title.setBuddy(made)
        made.setAccessibleName(field.label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addLayout(_heading(title, required=field.required))
        column.addWidget(made)
        column.addWidget(self._trouble)
        column.addStretch()

    @property
    def message(self) -> str:
        """The trouble that is shown."""
        return self._trouble.text()

    def tell(self, trouble: str, *, warning: bool = False) -> None:
        """Say what is wrong; nothing where it is fine."""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self._trouble.setProperty("role", "warning" if warning else "problem")
        self._made.setProperty("wrong", bool(trouble) and not warning)
        self._made.setAccessibleDescription(trouble)
        for widget in (self._trouble, self._made):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class FieldBox(TitledBox):
    """The box of one typed value."""

    def __init__(self, field: Field, made: Input) -> None:
        super().__init__(field, made)
        self.input = made
        made.left.connect(lambda: self.judge(required=False))

    def judge(self, *, required: bool) -> bool:
        """Show what is wrong; False when it keeps the form from being saved.

        Args:
            required: whether an empty required field counts yet; not before one tries to save.
        """
        read = self.input.read()
        issue = read.issue
        if issue is None and required and self.field.required and read.value is None:
            issue = Issue(ProblemKind.MISSING, f"请填写{self.field.label}")
        if issue is None:
            self.input.settle()
        warning = issue is not None and issue.severity is Severity.WARNING
        self.tell(_sentence(issue) if issue else "", warning=warning)
        return issue is None or warning


def _heading(title: QLabel, *, required: bool) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.TINY)
    row.addWidget(title)
    if required:
        row.addWidget(label("必填", "note"))
    row.addStretch()
    return row


def _sentence(issue: Issue) -> str:
    return f"{issue.message}，是否为“{issue.suggestion}”？" if issue.suggestion else issue.message


def arranged(boxes: Sequence[TitledBox]) -> QGridLayout:
    """Lay the boxes out from left to right, wide ones over two columns, or a row where nothing stands beside."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.LARGE)
    grid.setVerticalSpacing(theme.MEDIUM)
    lines = _lines(boxes)
    for row, line in enumerate(lines):
        is_alone = len(line) == 1
        column = 0
        for box in line:
            span = _span(box.field)
            taken = COLUMNS if is_alone and span > 1 else span
            grid.addWidget(box, row, column, 1, taken, Qt.AlignmentFlag.AlignTop)
            column += span
    for number in range(COLUMNS):
        grid.setColumnStretch(number, 1)
        if any(len(line) > 1 for line in lines):
            grid.setColumnMinimumWidth(number, 180)
    return grid


def _lines(boxes: Sequence[TitledBox]) -> list[list[TitledBox]]:
    """As many in each line as there is room for."""
    lines: list[list[TitledBox]] = []
    left = 0
    for box in boxes:
        span = _span(box.field)
        if span > left:
            lines.append([])
            left = COLUMNS
        lines[-1].append(box)
        left -= span
    return lines


def _span(field: Field) -> int:
    if field.type is FieldType.LONG_TEXT or field.width >= _WHOLE:
        return COLUMNS
    return 2 if field.width >= _WIDE else 1
