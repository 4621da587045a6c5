"""A year of the working calendar: twelve months, the days of the office among the announced ones."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dualcreate_desktop.office.working_days import DayLook, YearLook
from ui import theme

ACROSS, DOWN = 4, 3
"""Months beside and below each other."""
_HEAD = 42
"""Height of the name of a month and its weekdays."""
_WEEKS = 6
_GAP = theme.LARGE
_MARK = 8
"""Room for 休 or 班 at the corner of a day."""
_WEEKDAYS = "一二三四五六日"
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class YearGrid(QWidget):
    """Shows a year; one day or some days in a row are selected by mouse or keyboard.

    Signals:
        selected: other days are selected.
        toggled: the selected days are to be turned round.
        turned: so many years on or back is wanted.
    """

    selected = Signal()
    toggled = Signal()
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._look: YearLook | None = None
        self._first = self._last = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("工作日历")

    def show_year(self, look: YearLook) -> None:
        """Show a year; the selected days stay when they lie in it."""
        self._look = look
        if self._last.year != look.year:
            self._first = self._last = date(look.year, 1, 1)
        self._tell()

    def select(self, first: date, last: date | None = None) -> None:
        """Select a day, or all from one day to another."""
        self._first, self._last = first, last or first
        self._tell()

    @property
    def days(self) -> tuple[date, ...]:
        """The selected days, in their order."""
        first, last = sorted((self._first, self._last))
        return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))

    def day_at(self, point: QPointF) -> date | None:
        """The day under a point; None between the days."""
        for day, box in self._boxes():
            if box.contains(point):
                return day
        return None

    def centre_of(self, day: date) -> QPointF:
        """The middle of a day."""
        return next(box.center() for found, box in self._boxes() if found == day)

    def sizeHint(self) -> QSize:
        """Room for a finger on each day."""
        return QSize(ACROSS * 190, DOWN * 172)

    def minimumSizeHint(self) -> QSize:
        """Small, but every day is legible."""
        return QSize(ACROSS * 150, DOWN * 152)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a day; with Shift, all up to it."""
        day = self.day_at(event.position())
        if day is not None:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.select(self._first if shift else day, day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select all from where the button went down."""
        day = self.day_at(event.position())
        if day is not None and day != self._last:
            self.select(self._first, day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Turn a day round."""
        if self.day_at(event.position()) is not None:
            self.toggled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, with Shift they select; Space turns round, PageUp and PageDown turn the year."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            day = self._last + timedelta(days=_STEPS[key])
            if self._look is not None and day in self._look.days:
                shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.select(self._first if shift else day, day)
        elif key == Qt.Key.Key_Space:
            self.toggled.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def event(self, event: object) -> bool:
        """Tell a day under the mouse in words."""
        if isinstance(event, QHelpEvent) and self._look is not None:
            day = self.day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), in_words(self._look.days[day]) if day else "", self)
            return True
        return super().event(event)  # type: ignore[arg-type]  # the stub of Qt names the parameter's type elsewhere

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the months, then their days."""
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._draw_head(painter, month)
        chosen = set(self.days)
        for day, box in self._boxes():
            self._draw_day(painter, box, self._look.days[day], chosen=day in chosen)

    def _tell(self) -> None:
        if self._look is not None and self._last in self._look.days:
            self.setAccessibleDescription(in_words(self._look.days[self._last]))
        self.update()
        self.selected.emit()

    def _month_box(self, month: int) -> QRectF:
        down, across = divmod(month - 1, ACROSS)
        width = (self.width() - _GAP * (ACROSS - 1)) / ACROSS
        height = (self.height() - _GAP * (DOWN - 1)) / DOWN
        return QRectF(across * (width + _GAP), down * (height + _GAP), width, height)

    def _boxes(self) -> Iterator[tuple[date, QRectF]]:
        for month in range(1, 13):
            yield from self._boxes_of(month)

    def _boxes_of(self, month: int) -> Iterator[tuple[date, QRectF]]:
        if self._look is None:
            return
        room = self._month_box(month)
        width, height = room.width() / 7, (room.height() - _HEAD) / _WEEKS
        before, count = calendar.monthrange(self._look.year, month)
        for number in range(count):
            week, weekday = divmod(before + number, 7)
            left, top = room.left() + weekday * width, room.top() + _HEAD + week * height
            yield date(self._look.year, month, number + 1), QRectF(left, top, width, height)

    def _draw_head(self, painter: QPainter, month: int) -> None:
        worn, room = theme.colours(), self._month_box(month)
        painter.setFont(theme.font(medium=True))
        painter.setPen(QColor(worn.ink))
        painter.drawText(QRectF(room.left() + 4, room.top(), room.width(), 20), f"{month}月")
        painter.setFont(theme.font(11))
        painter.setPen(QColor(worn.faint))
        width = room.width() / 7
        for number, word in enumerate(_WEEKDAYS):
            box = QRectF(room.left() + number * width, room.top() + 22, width, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def _draw_day(self, painter: QPainter, box: QRectF, look: DayLook, *, chosen: bool) -> None:
        worn = theme.colours()
        inner = box.adjusted(1, 1, -1, -1)
        ground = worn.warn_soft if look.shifted else worn.bad_soft if look.off else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(inner, 4, 4)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(worn.focus), 2))
            painter.drawRoundedRect(inner, 4, 4)
        ink = worn.warn if look.shifted else worn.bad if look.off else worn.ink if look.works else worn.faint
        painter.setPen(QColor(ink))
        painter.setFont(theme.font(12, medium=look.own, tabular=True))
        mark = "班" if look.shifted else "休" if look.off else ""
        painter.drawText(
            box.adjusted(0, 0, -_MARK * bool(mark), 0), Qt.AlignmentFlag.AlignCenter, f"{look.day.day}"
        )
        if mark:
            painter.setFont(theme.font(9))
            painter.drawText(box.adjusted(0, 2, -2, 0), Qt.AlignmentFlag.AlignRight, mark)
        if look.own:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.focus))
            painter.drawEllipse(QPointF(inner.center().x() - _MARK / 2, inner.bottom() - 2), 2, 2)


def in_words(look: DayLook) -> str:
    """2024年10月1日 周二，国庆节，放假（办公室录入）."""
    day = look.day
    said = ["上班（调休）" if look.shifted else "上班" if look.works else "放假"]
    own = "（办公室录入）" if look.own else ""
    head = f"{day.year}年{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"
    return "，".join(filter(None, [head, look.name, *said])) + own
