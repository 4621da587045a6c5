"""White cards on the grey page, and the labels that stand on them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme


class Card(QFrame):
    """A white card with a hairline; its content goes into `body`."""

    def __init__(self, *, name: str = "card", margin: int = 18) -> None:
        super().__init__()
        self.setObjectName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin - 2, margin, margin - 2)
        self.body.setSpacing(theme.SMALL)


class ElidedLabel(QLabel):
    """A label of one line that elides in the middle and then tells all in its tooltip."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)


def label(text: str, role: str = "", *, wrap: bool = False, elide: bool = False) -> QLabel:
    """A label in a role of the style sheet: page-title, section, figure, muted, note, problem, warning."""
    made = ElidedLabel(text) if elide else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def bare_column(spacing: int = theme.SMALL) -> tuple[QWidget, QVBoxLayout]:
    """A widget without margins of its own, and the column that it is: what a frame or a card takes as its content."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return made, column


def hairline() -> QFrame:
    """A thin line between two parts of a card."""
    made = QFrame()
    made.setObjectName("hairline")
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
