"""The head of a page: its title, the one figure that matters, search and actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.widgets.card import label


class PageHead(QWidget):
    """Title and figure at the left, the given widgets at the right.

    Args:
        lead: stands in the place of the title, for example a switch that says it.
    """

    def __init__(self, title: str, right: Sequence[QWidget], *, lead: QWidget | None = None) -> None:
        super().__init__()
        self.title = label(title, "page-title")
        self.figure = label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(lead or self.title)
        row.addWidget(self.figure)
        row.addStretch()
        for widget in right:
            row.addWidget(widget)
        self.setMinimumHeight(34)
