"""Words that do not fit on a widget: the eye of the picture tests."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from ui.widgets.card import ElidedLabel


def cut_words(widget: QWidget) -> list[str]:
    """The words on a widget that do not fit; what elides on purpose and tells all in a tooltip does not count."""
    found = []
    for part in widget.findChildren(QWidget):
        if not isinstance(part, (QLabel, QPushButton, QComboBox)) or not part.isVisible():
            continue
        needs = _needs(part)
        if needs.width() > part.width() or needs.height() > part.height():
            words = part.currentText() if isinstance(part, QComboBox) else part.text()
            found.append(f"{type(part).__name__} {words!r}: {part.size()} < {needs}")
    return found


def _needs(part: QLabel | QPushButton | QComboBox) -> QSize:
    needs = part.sizeHint()
    if isinstance(part, QLabel) and part.wordWrap():
        return QSize(0, part.heightForWidth(part.width()))
    return QSize(0, needs.height()) if isinstance(part, ElidedLabel) else needs
