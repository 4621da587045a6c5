"""The card beside a list: its content scrolls, its actions stand at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.card import Card, clear, hairline, label

UNKNOWN = "未填写"

Facts = Sequence[tuple[str, str]]
"""(name, text) of each fact; the text is empty where nothing is known."""


class DetailCard(Card):
    """A subclass fills `column` anew for each row.

    Args:
        actions: the buttons at the foot.
    """

    def __init__(self, actions: Sequence[QPushButton]) -> None:
        super().__init__()
        self.actions_at_foot = tuple(actions)
        self._content = content = QWidget()
        content.setObjectName("scrolled")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, theme.TINY, 0)
        self.column.setSpacing(theme.SMALL)
        self._area = area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SMALL)
        for action in actions:
            action.setProperty("narrow", True)
            foot.addWidget(action)
        self.body.addWidget(area, 1)
        self.body.addLayout(foot)

    def settle(self) -> None:
        """Give what was put in its place and size at once; Qt would show it squashed for a turn of the event loop."""
        for part in self._content.findChildren(QWidget):
            if not part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                part.show()
        self.column.activate()
        QCoreApplication.sendEvent(self._area, QEvent(QEvent.Type.LayoutRequest))

    def begin(self, title: str, below: str = "") -> None:
        """Empty the card and write its head.

        Args:
            below: a quieter line under the title.
        """
        clear(self.column)
        self.column.addWidget(label(title, "section", wrap=True))
        if below:
            self.column.addWidget(label(below, "muted", elide=True))
        self.column.addSpacing(theme.TINY)

    def say_empty(self, text: str) -> None:
        """Empty the card and say what would stand here."""
        clear(self.column)
        self.column.addWidget(label(text, "muted", wrap=True))
        self.column.addStretch()

    def add_section(self, title: str, right: QWidget | None = None) -> None:
        """A hairline and the heading of what follows.

        Args:
            right: stands at the end of the heading's line.
        """
        self.column.addSpacing(theme.TINY)
        self.column.addWidget(hairline())
        self.column.addSpacing(theme.TINY)
        head = QHBoxLayout()
        head.addWidget(label(title, "section"))
        head.addStretch()
        if right is not None:
            head.addWidget(right)
        self.column.addLayout(head)

    def add_facts(self, facts: Facts) -> None:
        """Names and texts in two columns; an empty text is said to be unknown."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL + 1)
        grid.setColumnStretch(1, 1)
        for number, (name, text) in enumerate(facts):
            grid.addWidget(label(name, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text or UNKNOWN, "" if text else "note", wrap=True), number, 1)
        self.column.addLayout(grid)
