"""The selector of the round that is looked at; its last entries open its rules, and another round."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from dualcreate_desktop.office.rounds import RoundRow

RULES, NEW = "rules", "new"
"""Data of the last entries, which are no rounds."""


class RoundBox(QComboBox):
    """Shows the rounds by name.

    Signals:
        round_chosen: another round is looked at.
        rules_wanted, new_wanted: one of the last entries was chosen; the round that was looked at stays.
    """

    round_chosen = Signal()
    rules_wanted = Signal()
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
        self.addItem("批次规则…", RULES)
        self.addItem("新建批次…", NEW)
        self.setCurrentIndex(self._place)
        self.blockSignals(False)
        self.setVisible(bool(known))

    def _on_changed(self, place: int) -> None:
        chosen = self.itemData(place)
        if chosen not in (RULES, NEW):
            self._place = place
            self.round_chosen.emit()
            return
        self.blockSignals(True)
        self.setCurrentIndex(self._place)
        self.blockSignals(False)
        (self.new_wanted if chosen == NEW else self.rules_wanted).emit()
