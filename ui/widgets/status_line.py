"""The line at the foot of the window: what happened, 撤销, and how far the work in the background is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from ui import icons, theme
from ui.background import Runner
from ui.widgets.buttons import button
from ui.widgets.card import ElidedLabel, label

SHOW_BAR_AFTER_MS = 300
SHOW_WORDS_AFTER_MS = 2_000


@dataclass(frozen=True, slots=True)
class Offer:
    """What happened, and a button for what one may want to do next.

    Args:
        words: of the button, 打开文件夹.
        follow: what the button does.
    """

    text: str
    words: str
    follow: Callable[[], object]


class StatusLine(QFrame):
    """Says things without asking for anything.

    Signals:
        undo_wanted: 撤销 was clicked.
        who_clicked: the name of who works here was clicked.
    """

    undo_wanted = Signal()
    who_clicked = Signal()

    def __init__(self, runner: Runner, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setFixedHeight(32)
        self._mark = QLabel()
        self._mark.hide()
        self._message = ElidedLabel()
        self._message.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.undo = button("撤销（Ctrl+Z）", self.undo_wanted.emit, link=True, icon="undo")
        self.undo.hide()
        self._offer: Offer | None = None
        self.offered = button("", self._follow, link=True)
        self.offered.hide()
        self._work = _WorkBar(runner)
        runner.given_up.connect(lambda title: self.say(f"已取消{title.removeprefix('正在')}"))
        self.who = button(who, self.who_clicked.emit, link=True)
        self.who.setObjectName("who")
        self.who.setToolTip("谁在用：单击更换")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self._mark)
        row.addWidget(self._message)
        row.addWidget(self.undo)
        row.addWidget(self.offered)
        row.addStretch(1)
        row.addWidget(self._work)
        row.addWidget(self.who)

    @property
    def text(self) -> str:
        """What is said now."""
        return self._message.text()

    def say(self, text: str, *, undoable: bool = False) -> None:
        """Say what happened, with 撤销 where it can be taken back."""
        self._show(text, "check" if text else "", theme.colours().good)
        self.undo.setVisible(undoable)

    def offer(self, offer: Offer) -> None:
        """Say what happened, with a button for what comes next."""
        self.say(offer.text)
        self._offer = offer
        self.offered.setText(offer.words)
        self.offered.show()

    def warn(self, text: str) -> None:
        """Say what did not work and what to do next."""
        self._show(text, "triangle-alert", theme.colours().bad)
        self.undo.hide()

    def _follow(self) -> None:
        if self._offer is not None:
            self._offer.follow()

    def _show(self, text: str, icon: str, colour: str) -> None:
        self.offered.hide()
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.setPixmap(icons.pixmap(icon, colour, 15, self.devicePixelRatioF()))
        self._message.setText(text)
        self._message.setAccessibleDescription(text)


class _WorkBar(QWidget):
    """A slim bar after a moment, words and 取消 when it takes longer."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._what = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._cancel = button("取消", runner.cancel, link=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.MEDIUM, 0)
        row.setSpacing(theme.SMALL)
        for widget in (self._what, self._bar, self._cancel):
            row.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._soon = QTimer(self, interval=SHOW_BAR_AFTER_MS, singleShot=True)
        self._later = QTimer(self, interval=SHOW_WORDS_AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self.show)
        self._later.timeout.connect(lambda: self._tell_more(True))
        runner.started.connect(self._on_started)
        runner.stepped.connect(self._on_stepped)
        runner.ended.connect(self._on_ended)
        self.hide()

    def _on_started(self, title: str) -> None:
        self._what.setText(title)
        self._bar.setRange(0, 0)
        self._tell_more(False)
        self._soon.start()
        self._later.start()

    def _on_stepped(self, done: int, total: int, what: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._what.setText(f"{what} {done}/{total}" if total else what)

    def _on_ended(self) -> None:
        self._soon.stop()
        self._later.stop()
        self.hide()

    def _tell_more(self, more: bool) -> None:
        self._what.setVisible(more)
        self._cancel.setVisible(more)
