"""Applications of each unit against its quota."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dualcreate_desktop.office.overview import Bar
from ui import theme

ROW = 32
THICK = 10
LABEL_AT_MOST = 150
VALUE_WIDTH = 96
_GAP = theme.LARGE


class BarChart(QWidget):
    """A bar for what was applied for on a track for what is allowed; red beyond it, and then the word 超."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars from top to bottom."""
        self._bars = tuple(bars)
        self.setAccessibleName("各单位申报与名额")
        self.setAccessibleDescription("；".join(f"{bar.label} {words(bar)}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each bar."""
        return QSize(360, ROW * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but never cut at the foot."""
        return QSize(280, ROW * len(self._bars))

    def event(self, event: QEvent) -> bool:
        """The tooltip tells the whole name."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = event.pos().y() // ROW
            known = 0 <= number < len(self._bars)
            text = f"{self._bars[number].label}：{words(self._bars[number])}" if known else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every row that shows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = self._label_width(painter)
        longest = max((max(bar.applied, bar.allowed or 0) for bar in self._bars), default=0) or 1
        room = self.width() - names - VALUE_WIDTH - _GAP
        for number, bar in enumerate(self._bars):
            top = number * ROW
            if event.rect().intersects(QRectF(0, top, self.width(), ROW).toRect()):
                self._draw_name(painter, QRectF(0, top, names, ROW), bar)
                self._draw_bar(painter, QRectF(names + _GAP, top, room, ROW), bar, longest)
                self._draw_words(painter, QRectF(self.width() - VALUE_WIDTH, top, VALUE_WIDTH, ROW), bar)

    def _label_width(self, painter: QPainter) -> int:
        metrics = painter.fontMetrics()
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        return min(widest, LABEL_AT_MOST)

    @staticmethod
    def _draw_name(painter: QPainter, box: QRectF, bar: Bar) -> None:
        painter.setPen(QColor(theme.colours().ink))
        shown = painter.fontMetrics().elidedText(
            bar.label, Qt.TextElideMode.ElideMiddle, int(box.width()) + 1
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    @staticmethod
    def _draw_bar(painter: QPainter, box: QRectF, bar: Bar, longest: int) -> None:
        worn = theme.colours()
        top = box.center().y() - THICK / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for amount, colour in (
            (bar.allowed or 0, worn.line),
            (bar.applied, worn.accent_fill if is_over(bar) else worn.bar),
        ):
            width = box.width() * amount / longest
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(box.left(), top, width, THICK), THICK / 2, THICK / 2)

    @staticmethod
    def _draw_words(painter: QPainter, box: QRectF, bar: Bar) -> None:
        worn = theme.colours()
        painter.setPen(QColor(worn.accent if is_over(bar) else worn.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words(bar))


def is_over(bar: Bar) -> bool:
    """Whether a unit applied for more than it may."""
    return bar.allowed is not None and bar.applied > bar.allowed


def words(bar: Bar) -> str:
    """What a bar says: 2 / 3, and by how much it is over."""
    if bar.allowed is None:
        return str(bar.applied)
    over = f"超 {bar.applied - bar.allowed} 项  " if is_over(bar) else ""
    return f"{over}{bar.applied} / {bar.allowed}"
