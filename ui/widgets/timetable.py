"""时间表: the days of a round as bars along the year, with today and what is odd about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from dualcreate_desktop.office.tables import Page, TableQuery, sift
from dualcreate_desktop.office.timetables import DATE_COLUMNS, DateRow, Span, Timetable
from ui import theme
from ui.delegates import CellDelegate
from ui.rows_model import Index, RowsModel
from ui.settings import Settings
from ui.widgets.buttons import button
from ui.widgets.card import Card, clear, hairline, label
from ui.widgets.chips import ALL, Chip, Chips
from ui.widgets.scrolled import scrolled
from ui.widgets.table import Table

RIGHT_WIDTH = 220
_BAR = 10
_SPAN = [column.key for column in DATE_COLUMNS].index("span")


class SpanDelegate(CellDelegate):
    """Draws a span of days as a bar and a single day as a point; months are hairlines, today is a red line.

    Attributes:
        first, last: of the axis.
    """

    first = last = today = date.min

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the bar in its column, and words in the others."""
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, RowsModel)
        if index.column() != _SPAN or self.first >= self.last:
            return
        span = model.value_at(index)
        if isinstance(span, Span):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter, QRectF(option.rect).adjusted(theme.MEDIUM, 0, -theme.MEDIUM, 0), span)
            painter.restore()

    def _draw(self, painter: QPainter, room: QRectF, span: Span) -> None:
        worn = theme.colours()
        painter.setPen(QPen(QColor(worn.line), 1))
        for day in months(self.first, self.last):
            self._upright(painter, room, day)
        painter.setPen(Qt.PenStyle.NoPen)
        past = span.due < self.today
        painter.setBrush(QColor(worn.line_strong if past else worn.bar))
        left, right, middle = self._x(room, span.first), self._x(room, span.due), room.center().y()
        if span.opens is None:
            painter.drawEllipse(QPointF(right, middle), _BAR / 2, _BAR / 2)
        else:
            painter.drawRoundedRect(QRectF(left, middle - _BAR / 2, max(right - left, _BAR), _BAR), 4, 4)
        if self.first <= self.today <= self.last:
            painter.setPen(QPen(QColor(worn.accent), 2))
            self._upright(painter, room, self.today)

    def _upright(self, painter: QPainter, room: QRectF, day: date) -> None:
        x = self._x(room, day)
        painter.drawLine(QLineF(x, room.top(), x, room.bottom()))

    def _x(self, room: QRectF, day: date) -> float:
        return room.left() + room.width() * ((day - self.first).days / (self.last - self.first).days)


class TimetableView(QWidget):
    """Shows the days of a round and asks for the form of one.

    Args:
        edit: takes the path of the rule that sets a day.
        calendar: opens 节假日和调休.
        export: takes the rows that are shown.
    """

    def __init__(
        self,
        settings: Settings,
        edit: Callable[[str], object],
        calendar: Callable[[], object],
        export: Callable[[Sequence[DateRow]], object],
    ) -> None:
        super().__init__()
        self._shown: Timetable | None = None
        self._chip, self._edit = ALL, edit
        self.chips = Chips()
        self.model: RowsModel[DateRow] = RowsModel(DATE_COLUMNS, self._fetch, self)
        self.table: Table[DateRow] = Table(
            self.model, settings, "timetable", fills=_SPAN, delegate=SpanDelegate
        )
        self.change = button("改日期…", self._open)
        self.calendar = button("节假日和调休…", calendar)
        self.export = button("导出 Excel", lambda: export(self._rows), icon="download")
        self._warnings = QVBoxLayout()
        self._note = label("", "muted", wrap=True)
        self._today = label("", "note", wrap=True)
        self._lay_out()
        self.chips.chosen.connect(self.choose)
        self.table.opened.connect(lambda _: self._open())
        self.table.picked.connect(lambda row: self._note.setText(_told(row)))

    def show_timetable(self, shown: Timetable) -> None:
        """Show these days; the row that was selected stays."""
        place = max(self.table.currentIndex().row(), 0)
        self._shown = shown
        self._ask()
        if self.model.total:
            self.table.select(min(place, self.model.total - 1))
        clear(self._warnings)
        for warning in shown.warnings:
            self._warnings.addWidget(label(warning.text, wrap=True))
            self._warnings.addWidget(hairline())
        if not shown.warnings:
            self._warnings.addWidget(label("没有需要核对的。", "muted", wrap=True))
        self._warnings.addStretch()
        self._today.setText(f"图中的红线是今天（{shown.today}）。")

    def choose(self, chip: str) -> None:
        """Show only days of a kind; the axis follows."""
        self._chip = chip
        self._ask()
        if self.model.total:
            self.table.select(0)

    def take_keyboard(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _rows(self) -> tuple[DateRow, ...]:
        rows = self._shown.rows if self._shown is not None else ()
        return tuple(row for row in rows if self._chip in (ALL, row.kind))

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            self._edit(row.path)

    def _fetch(self, query: TableQuery) -> Page[DateRow]:
        return sift(self._rows, query, texts=lambda row: (row.name,))

    def _ask(self) -> None:
        self._set_axis()
        self.model.load()
        rows = self._shown.rows if self._shown is not None else ()
        counts = Counter(row.kind for row in rows)
        kinds = [Chip(kind, kind, count) for kind, count in counts.items()]
        self.chips.show_chips([Chip(ALL, "全部", len(rows)), *kinds], self._chip)

    def _set_axis(self) -> None:
        """The axis begins and ends with the shown days, and is told in the head of its column."""
        delegate, rows, shown = self.table.itemDelegate(), self._rows, self._shown
        assert isinstance(delegate, SpanDelegate)
        if not rows or shown is None:
            return
        delegate.first = min(row.span.first for row in rows) - timedelta(days=3)
        delegate.last = max(row.span.due for row in rows) + timedelta(days=3)
        delegate.today = shown.today
        words = f"{_month(delegate.first)} — {_month(delegate.last)}"
        columns = list(self.model.columns)
        columns[_SPAN] = replace(columns[_SPAN], label=words)
        self.model.columns = tuple(columns)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.chips, 1)
        for widget in (self.export, self.calendar, self.change):
            head.addWidget(widget)
        column.addLayout(head)
        holder = Card(name="tableCard", margin=0)
        holder.body.setContentsMargins(1, 4, 1, 4)
        holder.body.addWidget(self.table)
        right = Card(margin=theme.LARGE)
        right.setFixedWidth(RIGHT_WIDTH)
        right.body.addWidget(label("请核对", "section"))
        right.body.addWidget(scrolled(self._warnings), 1)
        right.body.addWidget(self._today)
        row = QHBoxLayout()
        row.setSpacing(theme.MEDIUM)
        row.addWidget(holder, 1)
        row.addWidget(right)
        column.addLayout(row, 1)
        column.addWidget(self._note)


def months(first: date, last: date) -> list[date]:
    """The first day of each month between two days."""
    found = []
    day = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while day <= last:
        found.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found


def _month(day: date) -> str:
    return f"{day.year}.{day.month}"


def _told(row: DateRow | None) -> str:
    """The selected row in words."""
    if row is None:
        return ""
    return "；".join(filter(None, [f"{row.name}（{row.clause}）：{row.due} 截止，{_left(row)}", row.note]))


def _left(row: DateRow) -> str:
    return f"还有 {row.left}" if row.left[:1].isdigit() else row.left
