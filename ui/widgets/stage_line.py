"""The stages of a round as points on a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dualcreate_desktop.office.overview import StagePoint, StageState
from ui import icons, theme

DOT = 18
_NAME_TOP, _WHEN_TOP, _LEFT_TOP, _TEXT_HEIGHT = 30, 49, 67, 19


class StageLine(QWidget):
    """What is done is ticked, what is going on now is ringed, what is coming is grey."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: tuple[StagePoint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: Sequence[StagePoint]) -> None:
        """Show these stages, evenly spaced."""
        self._stages = tuple(stages)
        words = {StageState.DONE: "已完成", StageState.NOW: "进行中", StageState.COMING: "未开始"}
        self.setAccessibleName("阶段")
        self.setAccessibleDescription(
            "；".join(
                " ".join(filter(None, (stage.name, stage.when, words[stage.state], stage.left)))
                for stage in stages
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines of text under the points."""
        return QSize(600, _LEFT_TOP + _TEXT_HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, then the points and their words."""
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._stages)
        for number, stage in enumerate(self._stages):
            left = number * step
            if number + 1 < len(self._stages):
                self._draw_line(painter, left + DOT + 8, left + step - 8, stage.state)
            self._draw_point(painter, QPointF(left + DOT / 2 + 1, DOT / 2 + 4), stage.state)
            self._draw_words(painter, left, step - theme.MEDIUM, stage)

    @staticmethod
    def _draw_line(painter: QPainter, start: float, end: float, state: StageState) -> None:
        worn = theme.colours()
        painter.setPen(QPen(QColor(worn.good if state is StageState.DONE else worn.line), 2))
        painter.drawLine(QPointF(start, DOT / 2 + 4), QPointF(end, DOT / 2 + 4))

    def _draw_point(self, painter: QPainter, centre: QPointF, state: StageState) -> None:
        worn = theme.colours()
        radius = DOT / 2
        if state is StageState.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.good))
            painter.drawEllipse(centre, radius, radius)
            tick = icons.pixmap("check", worn.card, 12, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(centre.x() - 6, centre.y() - 6), tick)
            return
        now = state is StageState.NOW
        painter.setBrush(QColor(worn.card))
        painter.setPen(QPen(QColor(worn.accent if now else worn.line_strong), 2))
        painter.drawEllipse(centre, radius - 1, radius - 1)
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.accent))
            painter.drawEllipse(centre, 4, 4)

    @staticmethod
    def _draw_words(painter: QPainter, left: float, width: float, stage: StagePoint) -> None:
        worn = theme.colours()
        coming = stage.state is StageState.COMING
        painter.setFont(theme.font(medium=stage.state is StageState.NOW))
        painter.setPen(QColor(worn.muted if coming else worn.ink))
        _draw_elided(painter, QRectF(left, _NAME_TOP, width, _TEXT_HEIGHT), stage.name)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(worn.muted))
        _draw_elided(painter, QRectF(left, _WHEN_TOP, width, _TEXT_HEIGHT), stage.when)
        now = stage.state is StageState.NOW
        painter.setPen(QColor(worn.ink if now else worn.muted))
        _draw_elided(painter, QRectF(left, _LEFT_TOP, width, _TEXT_HEIGHT), stage.left)


def _draw_elided(painter: QPainter, box: QRectF, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
