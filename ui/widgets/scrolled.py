"""A column that scrolls where the screen is low."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui import theme


def scrolled(column: QVBoxLayout) -> QScrollArea:
    """The column on a ground of its own."""
    content = QWidget()
    content.setObjectName("scrolled")
    content.setLayout(column)
    column.setContentsMargins(0, 0, theme.SMALL, 0)
    column.setSpacing(theme.SMALL)
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
