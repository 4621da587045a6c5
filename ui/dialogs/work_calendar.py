"""节假日和调休: a year of the calendar, in which the office turns single days round."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dualcreate_desktop.office import working_days
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.working_days import DayLook, YearLook
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.widgets.buttons import button
from ui.widgets.card import Card, bare_column, label
from ui.widgets.entry_list import LOW_HEIGHT, Entry, EntryList
from ui.widgets.year_grid import YearGrid, in_words

RIGHT_WIDTH = 230
FIRST_YEAR, LAST_YEAR = 2000, 2100


class WorkCalendarDialog(FramedDialog):
    """Shows which days are worked; each decision is written at once and can be undone in the journal."""

    def __init__(self, parent: QWidget | None, office: Office) -> None:
        self._office = office
        self._look = working_days.year_look(office, office.clock().year)
        self.grid = YearGrid()
        self.before = button("上一年", lambda: self.turn(-1))
        self.after = button("下一年", lambda: self.turn(1))
        self.year = label("", "page-title")
        self.note = label("", "warning", wrap=True)
        self.says = label("", "section", wrap=True)
        self.name = QLineEdit()
        self.rename = button("只改名称", self.rename_days)
        self.clear = button("恢复原安排", self.clear_days)
        self.entered = label("", "section")
        self.own = EntryList("办公室录入的日子", height=LOW_HEIGHT)
        super().__init__(parent, "节假日和调休", self._content(), accept_words="改为放假")
        self.cancel.setText("关闭")
        self.grid.selected.connect(self._show_chosen)
        self.grid.toggled.connect(self.accept)
        self.grid.turned.connect(self.turn)
        self.own.picked.connect(self._go_to)
        self.resize(*_size(parent))
        self._show(self._look)
        self.grid.select(office.clock().date())
        self.grid.setFocus()

    @classmethod
    def show_over(cls, parent: QWidget, office: Office, done: Callable[[], object]) -> None:
        """Open over a window; `done` is called when it is closed."""
        dialog = cls(parent, office)
        dialog.finished.connect(lambda _: done())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def turn(self, years: int) -> None:
        """Show another year."""
        year = min(max(self._look.year + years, FIRST_YEAR), LAST_YEAR)
        self._show(working_days.year_look(self._office, year))

    def accept(self) -> None:
        """Turn the selected days round: what the first one is not, all become."""
        days = self.grid.days
        works = not self._first.works
        working_days.set_days(self._office, days, works=works, name=self.name.text())
        self._again()

    def rename_days(self) -> None:
        """Give the selected days, which the office entered, another name."""
        days = self.grid.days
        working_days.set_days(self._office, days, works=self._first.works, name=self.name.text())
        self._again()

    def clear_days(self) -> None:
        """Leave the selected days to the announced calendar."""
        working_days.clear_days(self._office, self.grid.days)
        self._again()

    @property
    def _first(self) -> DayLook:
        return self._look.days[self.grid.days[0]]

    def _again(self) -> None:
        """Read the year anew after a decision; the days keep the keyboard, also where a button is not offered now."""
        self.grid.setFocus()
        self._show(working_days.year_look(self._office, self._look.year))

    def _show(self, look: YearLook) -> None:
        self._look = look
        self.year.setText(f"{look.year} 年")
        self.note.setText(look.note)
        self.note.setVisible(bool(look.note))
        self.before.setEnabled(look.year > FIRST_YEAR)
        self.after.setEnabled(look.year < LAST_YEAR)
        self.own.entries.show([_entry(day) for day in self._own_days])
        self.entered.setText(f"办公室录入 {len(self._own_days)} 天")
        self.grid.show_year(look)

    @property
    def _own_days(self) -> list[DayLook]:
        return [day for day in self._look.days.values() if day.own]

    def _show_chosen(self) -> None:
        days = self.grid.days
        if days[0] not in self._look.days or days[-1] not in self._look.days:
            return
        count = f"　共 {len(days)} 天" if len(days) > 1 else ""
        self.says.setText(in_words(self._first) + count)
        self.name.setText(self._first.name)
        word = "放假" if self._first.works else "上班"
        self.primary.setText(f"改为{word}" + (f" {len(days)} 天" if len(days) > 1 else ""))
        looks = [self._look.days[day] for day in days]
        self.clear.setEnabled(any(look.own for look in looks))
        self.rename.setEnabled(all(look.own and look.works == self._first.works for look in looks))

    def _go_to(self, place: int) -> None:
        own = self._own_days
        if 0 <= place < len(own):
            self.grid.select(own[place].day)

    def _content(self) -> QWidget:
        made, column = bare_column(theme.MEDIUM)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.year)
        head.addWidget(self.before)
        head.addWidget(self.after)
        head.addStretch()
        head.addWidget(label("休：放假　班：调休上班　圆点：办公室录入", "note"))
        column.addLayout(head)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        row.addWidget(self.grid, 1)
        row.addWidget(self._right())
        column.addLayout(row, 1)
        return made

    def _right(self) -> QWidget:
        card = Card(margin=theme.LARGE)
        card.setFixedWidth(RIGHT_WIDTH)
        self.name.setPlaceholderText("名称，如：校庆、国庆节")
        self.name.setAccessibleName("名称")
        for widget in (self.says, label("名称", "muted"), self.name):
            card.body.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.rename)
        row.addWidget(self.clear)
        card.body.addLayout(row)
        hint = "单击选一天，拖动或按住 Shift 选几天；按空格或双击改为放假、上班。"
        card.body.addWidget(label(hint, "note", wrap=True))
        card.body.addSpacing(theme.SMALL)
        card.body.addWidget(self.entered)
        card.body.addWidget(self.own, 1)
        return card


def _entry(look: DayLook) -> Entry:
    day = look.day
    title = f"{day.month}月{day.day}日　{look.name}".strip()
    return Entry(title, "上班" if look.works else "放假")


def _size(parent: QWidget | None) -> tuple[int, int]:
    """Large, but inside its window."""
    if parent is None:
        return 1080, 700
    return min(1120, parent.width() - theme.HUGE), min(720, parent.height() - theme.HUGE)
