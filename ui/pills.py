"""A state as a coloured word."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.vocabulary import (
    ApplicationState,
    ConflictState,
    Labelled,
    PaperState,
    ProjectState,
    Reply,
    RowState,
    Severity,
    Verdict,
)
from dualcreate_desktop.office.publication import NoticeState
from dualcreate_desktop.office.standings import Standing
from dualcreate_desktop.rules.clauses import Served
from dualcreate_desktop.rules.quotas import Fit
from ui import theme
from ui.theme import Tone

PAD = 10
HEIGHT = 24

_TONES: tuple[tuple[Labelled, Tone], ...] = (
    (Verdict.PASS, Tone.GOOD),
    (Verdict.FAIL, Tone.BAD),
    (Verdict.UNVERIFIED, Tone.WARN),
    (ApplicationState.RETURNED, Tone.WARN),
    (ApplicationState.ELIGIBLE, Tone.GOOD),
    (ApplicationState.INELIGIBLE, Tone.BAD),
    (ApplicationState.PROPOSED, Tone.WARN),
    (ApplicationState.SELECTED, Tone.GOOD),
    (PaperState.COMPLETE, Tone.GOOD),
    (PaperState.PARTIAL, Tone.WARN),
    (Served.RULED, Tone.GOOD),
    (Served.BARE, Tone.WARN),
    (Fit.FINE, Tone.GOOD),
    (Fit.OVER, Tone.BAD),
    (Fit.SHORT, Tone.WARN),
    (Fit.IMPOSSIBLE, Tone.WARN),
    (NoticeState.READY, Tone.WARN),
    (NoticeState.RUNNING, Tone.WARN),
    (NoticeState.OVER, Tone.WARN),
    (NoticeState.FINAL, Tone.GOOD),
    (Standing.ABOVE, Tone.GOOD),
    (Standing.ON_THE_LINE, Tone.WARN),
    (Standing.UNSCORED, Tone.BAD),
    (ConflictState.NONE, Tone.GOOD),
    (ConflictState.DECLARED, Tone.BAD),
    (ConflictState.NOT_ASKED, Tone.WARN),
    (RowState.NEW, Tone.GOOD),
    (RowState.CHANGED, Tone.WARN),
    (RowState.PROBLEM, Tone.BAD),
    (Severity.ERROR, Tone.BAD),
    (Severity.WARNING, Tone.WARN),
    (ProjectState.RUNNING, Tone.GOOD),
    (ProjectState.RECTIFYING, Tone.WARN),
    (ProjectState.SUSPENDED, Tone.WARN),
    (Reply.CLEAR, Tone.GOOD),
    (Reply.CONCERN, Tone.BAD),
    (Reply.SILENT, Tone.WARN),
    (ProjectState.FAILED, Tone.BAD),
)
"""What needs a person is amber, what went wrong red; everything that is not named is calm."""

_TONE_BY_STATE: Mapping[tuple[type, object], Tone] = {(type(state), state): tone for state, tone in _TONES}
"""The type belongs to the key: states of two vocabularies may have one text."""


def tone_of(value: object) -> Tone:
    """The tone of a state of the vocabulary, or of the state that something is in."""
    state = getattr(value, "state", value)
    return _TONE_BY_STATE.get((type(state), state), Tone.CALM)


def pill_width(text: str, metrics: QFontMetrics) -> int:
    """How wide the pill of a word is."""
    return metrics.horizontalAdvance(text) + 2 * PAD


def draw_pill(painter: QPainter, left_middle: QPoint, text: str, tone: Tone) -> None:
    """Draw a pill whose left edge is at a point, centred on it vertically."""
    ink, ground = theme.colours().of(tone)
    width = pill_width(text, painter.fontMetrics())
    box = QRectF(left_middle.x(), left_middle.y() - HEIGHT / 2, width, HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Pill(QWidget):
    """A pill that stands on a card."""

    def __init__(self, text: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.tone = text, tone
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(pill_width(self.text, self.fontMetrics()), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word on its ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_pill(painter, QPoint(0, self.height() // 2), self.text, self.tone)
