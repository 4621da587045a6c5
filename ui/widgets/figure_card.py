"""One figure of the first page."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from dualcreate_desktop.office.overview import Figure
from ui import theme
from ui.widgets.card import label
from ui.widgets.opening_card import OpeningCard


class FigureCard(OpeningCard):
    """Label, figure and note; it opens what was counted."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure.place, name="figureCard", margin=16)
        self.setAccessibleName(f"{figure.label} {figure.value}")
        self.setAccessibleDescription(figure.note)
        self.setToolTip("查看这些记录")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        value = label(figure.value, "figure")
        value.setFont(theme.font(24, medium=True, tabular=True))
        self.body.setSpacing(theme.TINY)
        self.body.addWidget(label(figure.label, "muted", elide=True))
        self.body.addWidget(value)
        self.body.addWidget(label(figure.note or " ", "note", elide=True))
