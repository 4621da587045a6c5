"""The icons of `resources/icons`, drawn in a colour of the theme at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import ICONS

_STROKE = "#667085"
_SCALES = (1, 2, 3)
_WINDOW_SIZES = (16, 24, 32, 48, 64, 256)

SIZE = 16
"""Logical pixels of an icon on a button or in an input."""


def icon(name: str, colour: str, *, gap: int = 0) -> QIcon:
    """The icon of that file name, for buttons and line edits; `gap` is left free at its right."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, colour, SIZE, scale, gap))
    return made


def forget() -> None:
    """Let go of every drawn picture: none may outlive the application, or the program ends with a fault."""
    pixmap.cache_clear()


def program() -> QIcon:
    """The program's own icon, for its windows and the task bar."""
    made = QIcon()
    for size in _WINDOW_SIZES:
        made.addPixmap(pixmap("program", _STROKE, size))
    return made


@cache
def pixmap(name: str, colour: str, size: int, scale: float = 1.0, gap: int = 0) -> QPixmap:
    """The icon as a picture of `size` logical pixels at a device pixel ratio."""
    text = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace(_STROKE, colour)
    made = QPixmap(QSize(size + gap, size) * scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    made.setDevicePixelRatio(scale)
    return made
