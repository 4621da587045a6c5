"""The selector of the round that is looked at; its last entry opens another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from dualcreate_desktop.office.rounds import RoundRow

NEW = "new"
"""Data of the last entry, which is no round."""


class RoundBox(QComboBox):
    """Shows the rounds by name.

    Signals:
        round_chosen: another round is looked at.
        new_wanted: the last entry was chosen; the round that was looked at stays.
    """

    round_chosen = Signal()
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place = -1
        self.setAccessibleName("批次")
        self.setToolTip("正在查看的批次")
        self.setMinimumWidth(200)
        self.setMaximumWidth(320)
        self.currentIndexChanged.connect(self._on_changed)

    @property
    def round_id(self) -> str | None:
        """The round that is looked at; None when there is none."""
        data = self.itemData(self._place)
        return None if data is None else str(data)

    def show_rounds(self, known: Sequence[RoundRow], wanted: str | None) -> None:
        """Show these rounds, and look at the wanted one, else at the last."""
        self.blockSignals(True)
        self.clear()
        for row in known:
            self.addItem(row.name, row.id)
        place = self.findData(wanted) if wanted else -1
        self._place = place if place >= 0 else len(known) - 1
        self.addItem("新建批次…", NEW)
        self.setCurrentIndex(self._place)
        self.blockSignals(False)
        self.setVisible(bool(known))

    def _on_changed(self, place: int) -> None:
        if self.itemData(place) != NEW:
            self._place = place
            self.round_chosen.emit()
            return
        self.blockSignals(True)
        self.setCurrentIndex(self._place)
        self.blockSignals(False)
        self.new_wanted.emit()
