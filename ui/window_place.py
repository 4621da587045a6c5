"""Where the window stands, and how large it is: remembered between two starts."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QMainWindow

from ui.settings import Settings

SMALLEST = QSize(1000, 640)
USUAL = QSize(1280, 800)
FRAME = QSize(16, 48)
"""What the system draws around a window at most."""

WINDOW_KEY = "window"
"""Under which the place is remembered, beside what the window shows."""


def put_window(window: QMainWindow, settings: Settings) -> None:
    """Put a window where it stood last, else in its usual size, or what a small screen has of it."""
    window.setMinimumSize(SMALLEST)
    window.resize(USUAL.boundedTo(window.screen().availableSize() - FRAME).expandedTo(SMALLEST))
    if geometry := settings.get(WINDOW_KEY).get("geometry"):
        window.restoreGeometry(QByteArray.fromBase64(str(geometry).encode()))


def put_like(window: QMainWindow, other: QMainWindow) -> None:
    """Put a window where another stands: a system that is not told places each somewhat beside the last."""
    window.restoreGeometry(other.saveGeometry())


def place_of(window: QMainWindow) -> str:
    """The place of a window, as `put_window` finds it in the settings."""
    return bytes(window.saveGeometry().toBase64().data()).decode()
