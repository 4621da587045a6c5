"""Filter chips: one value of a column, each with how many rows it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui import theme
from ui.widgets.flow import FlowLayout

ALL = ""
"""The value of the chip that lets everything pass."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of a filter."""

    value: str
    label: str
    count: int


class Chips(QWidget):
    """A row of chips of which one is chosen.

    Signals:
        chosen: the value of the chip that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._row = FlowLayout(self, spacing=theme.SMALL)

    def show_chips(self, chips: Sequence[Chip], chosen: str) -> None:
        """Show these chips; those that stay keep their button, and so the keyboard focus."""
        for value in [value for value in self._buttons if value not in {chip.value for chip in chips}]:
            self._remove(value)
        for place, chip in enumerate(chips):
            button = self._buttons.get(chip.value) or self._add(chip.value, place)
            button.setText(f"{chip.label} {chip.count}")
            button.setChecked(chip.value == chosen)

    def _add(self, value: str, place: int) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("chip", True)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(value))
        self._group.addButton(button)
        self._row.insert_widget(place, button)
        self._buttons[value] = button
        return button

    def _remove(self, value: str) -> None:
        button = self._buttons.pop(value)
        self._group.removeButton(button)
        self._row.removeWidget(button)
        button.hide()
        button.deleteLater()
