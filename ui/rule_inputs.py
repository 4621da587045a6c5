"""Inputs for what a rule holds besides single values: ticks, lines of text, whole numbers in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from dualcreate_desktop.fields import Choice
from dualcreate_desktop.office.rule_forms import Slot
from ui import theme
from ui.inputs import TEXT_HEIGHT
from ui.widgets.card import label
from ui.widgets.flow import FlowLayout

_BETWEEN = re.compile(r"[\s,，、；;]+")


class Compound(QWidget):
    """An input whose value is not one typed value.

    Signals:
        changed: what it holds, or would hold, is another.
    """

    changed = Signal()

    def peek(self) -> Any:
        """The value; None while something is missing or cannot be read."""
        raise NotImplementedError

    def judge(self) -> bool:
        """Show what is wrong inside; False when it keeps the form from being saved."""
        return True

    def tell(self, path: str, trouble: str) -> bool:
        """Show a trouble at a path inside; False when there is no such place."""
        return False

    def take_keyboard(self) -> None:
        """Give the keyboard to the first input inside."""
        raise NotImplementedError


class TicksInput(Compound):
    """Some of several words, each with its tick."""

    def __init__(self, slot: Slot, value: Sequence[str]) -> None:
        super().__init__()
        self.slot = slot
        self._row = FlowLayout(spacing=theme.LARGE)
        self._boxes: dict[str, QCheckBox] = {}
        self._before: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.TINY, 0, theme.TINY)
        column.setSpacing(theme.TINY)
        column.addLayout(self._row)
        if slot.field.hint:
            column.addWidget(label(slot.field.hint, "note"))
        self.offer(slot.field.choices, value)

    def offer(self, choices: Sequence[Choice], ticked: Sequence[str]) -> None:
        """Offer other words; what is ticked and not among them stays, as it is stored."""
        words = {choice.value: choice.label for choice in choices}
        for box in self._boxes.values():
            self._row.removeWidget(box)
            box.deleteLater()
        self._before = tuple(map(str, ticked))
        self._boxes = {value: self._box(word) for value, word in words.items()}
        self._boxes |= {value: self._box(value) for value in map(str, ticked) if value not in words}
        for value in map(str, ticked):
            self._boxes[value].setChecked(True)

    def peek(self) -> tuple[str, ...]:
        """The values that are ticked: those that were in their old order, then others as they are offered."""
        ticked = [value for value, box in self._boxes.items() if box.isChecked()]
        kept = [value for value in self._before if value in ticked]
        return (*kept, *(value for value in ticked if value not in kept))

    def tick(self, value: str, *, on: bool = True) -> None:
        """Tick one of the words."""
        self._boxes[value].setChecked(on)

    def take_keyboard(self) -> None:
        """Give the keyboard to the first tick."""
        for box in list(self._boxes.values())[:1]:
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _box(self, word: str) -> QCheckBox:
        box = QCheckBox(word)
        box.toggled.connect(lambda _: self.changed.emit())
        self._row.addWidget(box)
        return box


class LinesInput(Compound):
    """Texts, one a line."""

    def __init__(self, slot: Slot, value: Sequence[str]) -> None:
        super().__init__()
        self.text = QPlainTextEdit("\n".join(value))
        self.text.setPlaceholderText(slot.field.hint or "一行一项")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(max(TEXT_HEIGHT, min(len(value), 6) * 20 + theme.MEDIUM))
        self.text.setAccessibleName(slot.field.label)
        self.text.textChanged.connect(self.changed)
        _alone(self, self.text)

    def peek(self) -> tuple[str, ...]:
        """The lines that hold something."""
        return tuple(line.strip() for line in self.text.toPlainText().splitlines() if line.strip())

    def take_keyboard(self) -> None:
        """Give the keyboard to the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)


class NumbersInput(Compound):
    """Whole numbers in one line, with whatever between them."""

    def __init__(self, slot: Slot, value: Sequence[int]) -> None:
        super().__init__()
        self.line = QLineEdit("、".join(map(str, value)))
        self.line.setPlaceholderText(slot.field.hint)
        self.line.setAccessibleName(slot.field.label)
        self.line.textChanged.connect(lambda _: self.changed.emit())
        _alone(self, self.line)

    def peek(self) -> tuple[int, ...] | None:
        """The numbers; None where something is none."""
        words = [word for word in _BETWEEN.split(self.line.text()) if word]
        return tuple(map(int, words)) if all(word.isdecimal() for word in words) else None

    def take_keyboard(self) -> None:
        """Give the keyboard to the line."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)


def _alone(holder: QWidget, inner: QWidget) -> None:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(inner)
    holder.setFocusProxy(inner)
