"""A file that was made goes to the user's own program: Word, WPS, Excel, whatever opens its kind."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> bool:
    """Open a file in the user's program, else the folder in which it lies; whether it was the program."""
    opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
    if not opened:
        open_folder(path)
    return opened


def open_folder(path: Path) -> bool:
    """Open the folder in which a file lies; whether that could be done."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
