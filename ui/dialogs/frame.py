"""The frame of every dialog: a title line, the content, and buttons at the foot."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import button
from ui.widgets.card import hairline, label

Answer = TypeVar("Answer")


class FramedDialog(QDialog):
    """Esc closes, Enter does the primary action, and so does Ctrl+Enter from within a text of several lines.

    Where something was typed, Esc and the window's cross ask once at the foot before it is lost; 取消 does not ask.
    F1 opens the manual at the page of the tab to which the dialog belongs.

    Args:
        accept_words: what the primary button says it will do.
    """

    def __init__(self, parent: QWidget | None, title: str, content: QWidget, *, accept_words: str) -> None:
        super().__init__(parent)
        self._touched = self._asked = False
        self.setWindowTitle(title)
        self.primary = button(accept_words, self.accept, primary=True)
        self.primary.setDefault(True)
        self.cancel = button("取消", self.reject)
        self.problem = label("", "problem", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = _scrolled(content)
        column.addWidget(self._area, 1)
        column.addWidget(hairline())
        self.foot = self._make_foot()
        column.addLayout(self.foot)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.accept)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(
            self._show_manual
        )

    def agreed(self) -> bool:
        """Wait for the user; whether the primary action was taken."""
        taken = bool(self.exec())
        self.deleteLater()
        return taken

    def tell_problem(self, text: str) -> None:
        """Say at the foot why it could not be done, and bring into view where the keyboard was put for it."""
        self.problem.setText(text)
        if text:
            QTimer.singleShot(0, self, self._show_focused)  # once what is told beside the field has its room

    def resume(self, problem: str) -> None:
        """Go on with what was typed before and could not be saved."""
        self.tell_problem(problem)
        self._touched = True

    def guard(self, changed: SignalInstance) -> None:
        """Take care of what is typed: it is not lost unasked, and the trouble at the foot goes when it changes."""
        changed.connect(self._touch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, unless something was typed and nobody was asked."""
        if not (event.matches(QKeySequence.StandardKey.Cancel) and self._asks_first()):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross is an Esc."""
        if self._asks_first():
            event.ignore()
        else:
            super().closeEvent(event)

    def _show_focused(self) -> None:
        at = self.focusWidget()
        if at is not None and self._area.isAncestorOf(at):
            self._area.ensureWidgetVisible(at)

    def _touch(self) -> None:
        self._touched, self._asked = True, False
        self.tell_problem("")

    def _asks_first(self) -> bool:
        """Whether closing would lose something; it is told once, and the next Esc closes."""
        asks = self._touched and not self._asked
        if asks:
            self._asked = True
            words = self.primary.text()
            self.tell_problem(f"填写的内容还没有保存。再按一次 Esc 就不要了，要留下请点“{words}”。")
        return asks

    def _show_manual(self) -> None:
        """Open the manual over this dialog, which would keep any other window from being used."""
        from ui.dialogs.manual import open_manual

        open_manual(self, manual_page(self))

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.HUGE, theme.MEDIUM, theme.HUGE, theme.MEDIUM)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.problem, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.primary)
        return row


class AskingDialog(FramedDialog, Generic[Answer]):
    """Ends in an answer, which `accept` sets, and writes nothing.

    Attributes:
        answer: None until it is given.
    """

    def __init__(self, parent: QWidget | None, title: str, content: QWidget, *, accept_words: str) -> None:
        super().__init__(parent, title, content, accept_words=accept_words)
        self.answer: Answer | None = None

    def asked(self, problem: str = "") -> Answer | None:
        """Wait for the user; the answer, None when it is given up.

        Args:
            problem: why an earlier answer, which is shown again, could not be saved.
        """
        if problem:
            self.resume(problem)
        self.exec()
        answer = self.answer
        self.deleteLater()
        return answer


def manual_page(widget: QWidget) -> str:
    """The page of the manual that tells of a widget: that of the nearest tab or window above; empty for the first."""
    above = widget.parentWidget()
    while above is not None and not getattr(above, "manual", ""):
        above = above.parentWidget()
    return str(getattr(above, "manual", ""))


def _scrolled(content: QWidget) -> QScrollArea:
    """The content on a card of its own, scrollable where the screen is low."""
    inner = QFrame()
    inner.setObjectName("scrolled")
    column = QVBoxLayout(inner)
    column.setContentsMargins(theme.HUGE, theme.LARGE, theme.HUGE, theme.LARGE)
    column.addWidget(content)
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
