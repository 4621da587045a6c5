"""Words that do not fit on a widget: the eye of the picture tests."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from ui.widgets.card import ElidedLabel

BESIDE_TEXT = 2
"""Pixels that Qt leaves on both sides of the text of an input."""


def cut_words(widget: QWidget) -> list[str]:
    """The words on a widget that do not fit; what elides on purpose and tells all in a tooltip does not count."""
    found = [_cut_hint(line) for line in widget.findChildren(QLineEdit) if _is_hint_cut(line)]
    for part in widget.findChildren(QWidget):
        if not isinstance(part, (QLabel, QPushButton, QComboBox)) or not part.isVisible():
            continue
        needs = _needs(part)
        if needs.width() > part.width() or needs.height() > part.height():
            words = part.currentText() if isinstance(part, QComboBox) else part.text()
            found.append(f"{type(part).__name__} {words!r}: {part.size()} < {needs}")
    return found


def _is_hint_cut(line: QLineEdit) -> bool:
    """Whether what an empty input says of itself is longer than the input."""
    if line.text() or not line.isVisible():
        return False
    frame = QStyleOptionFrame()
    line.initStyleOption(frame)
    inside = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, line)
    margins = line.textMargins()
    room = inside.width() - margins.left() - margins.right() - 2 * BESIDE_TEXT
    return line.fontMetrics().horizontalAdvance(line.placeholderText()) > room


def _cut_hint(line: QLineEdit) -> str:
    return f"QLineEdit {line.placeholderText()!r}: {line.size()}"


def _needs(part: QLabel | QPushButton | QComboBox) -> QSize:
    needs = part.sizeHint()
    if isinstance(part, QLabel) and part.wordWrap():
        return QSize(0, part.heightForWidth(part.width()))
    return QSize(0, needs.height()) if isinstance(part, ElidedLabel) else needs
