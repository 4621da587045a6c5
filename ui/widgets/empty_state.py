"""What stands where there is nothing yet: a sentence and a button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.card import label


class EmptyState(QWidget):
    """An icon, one sentence, a smaller one on what helps, and at most one button."""

    def __init__(self, icon: str, sentence: str, hint: str = "", button: QWidget | None = None) -> None:
        super().__init__()
        self.sentence = label(sentence, "section", wrap=True)
        self.hint = label(hint, "muted", wrap=True)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon, theme.colours().faint, 40, self.devicePixelRatioF()))
        column = QVBoxLayout(self)
        column.setSpacing(theme.SMALL)
        column.addStretch(2)
        for line in (picture, self.sentence, self.hint):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(line)
        if button is not None:
            column.addSpacing(theme.SMALL)
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, sentence: str, hint: str) -> None:
        """Change the sentences."""
        self.sentence.setText(sentence)
        self.hint.setText(hint)
