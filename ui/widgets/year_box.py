"""The choice of a year in the head of a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox


class YearBox(QComboBox):
    """Shows years, the newest first.

    Signals:
        chosen: another year.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("年度")
        self.setToolTip("看哪一年")
        self.activated.connect(lambda _: self.chosen.emit())

    @property
    def year(self) -> int | None:
        """The year that is chosen; None while none is offered."""
        data = self.currentData()
        return None if data is None else int(data)

    def offer(self, years: Sequence[int], usual: int | None = None) -> None:
        """Offer these; the chosen one stays, else the usual one is chosen, else the newest."""
        wanted = self.year if self.year in years else usual
        self.clear()
        for year in years:
            self.addItem(f"{year}年", year)
        self.setCurrentIndex(years.index(wanted) if wanted in years else 0)
