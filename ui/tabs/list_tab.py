"""A tab that is a list: its head with the search, chips, the table, and the card of the selected row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QWidget

from db.errors import NotAllowed, UserError
from dualcreate_desktop.fields import Column
from dualcreate_desktop.office import exporting
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from ui import theme
from ui.delegates import CellDelegate
from ui.dialogs.files import EXCEL, ask_save_path
from ui.handing_over import open_file
from ui.rows_model import RowsModel
from ui.settings import Settings
from ui.tabs.tab import Tab
from ui.turns import PAUSE_MS
from ui.widgets.buttons import button, offer_in_menu
from ui.widgets.card import Card
from ui.widgets.chips import ALL, Chip, Chips
from ui.widgets.detail_card import DetailCard
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_head import PageHead
from ui.widgets.search_box import SearchBox
from ui.widgets.status_line import Offer
from ui.widgets.table import FILLING_AT_LEAST, Table

RowT = TypeVar("RowT")

ROUNDS = Place("overview")
"""Where a round is begun."""
NO_ROUND, NO_ROUND_TODO, TO_ROUNDS = "还没有批次", "先在“总览”新建批次，或打开示例看一看。", "去“总览”"
NOT_FOUND_TODO, SHOW_ALL = "换几个字试试，或者不加条件。", "显示全部"


class ListTab(Tab, Generic[RowT]):
    """Finds and shows the rows of one list; a subclass says what they are and what can be done with one.

    A subclass implements `fetch`, `chips_of`, `show_row` and, where a row can be opened, `open_row`.

    Attributes:
        key: stable name, under which widths and filter are remembered.
        columns: what the table shows.
        chip_key: the filter that a chip sets.
        fills, fills_at_least: the number of the column that takes the width that is left, and its least width.
        delegate: what draws the cells.
        unit_word: what is counted, as in 420 个.
        hint: what the search looks at.
        nothing, nothing_todo: the empty list, and what to do first.
        first, first_place: the words of its button, and where that leads.
        of_round: whether there is no list without a round.
    """

    key = ""
    columns: tuple[Column, ...] = ()
    chip_key = "kind"
    fills = 0
    fills_at_least = FILLING_AT_LEAST
    delegate: type[CellDelegate] = CellDelegate
    unit_word = "个"
    hint = "名称、拼音首字母（Ctrl+F）"
    nothing = "这里还没有内容"
    nothing_todo = ""
    first = "去“收件”导入"
    first_place = Place("intake")
    of_round = False

    def __init__(
        self,
        office: Office,
        settings: Settings,
        actions: Sequence[QWidget],
        card: QWidget,
        *,
        lead: QWidget | None = None,
    ) -> None:
        super().__init__(office)
        self._settings = settings
        self._sifted = False
        self._appears = False
        self._chip = str(settings.get(self._filter_key).get(self.chip_key, ALL))
        self.search = SearchBox(self.hint, self)
        self.export = button("导出 Excel", self.export_rows, icon="download")
        self.head = PageHead(self.title, (self.search, self.export, *actions), lead=lead)
        self.chips = Chips()
        self.model: RowsModel[RowT] = RowsModel(self.columns, self.fetch, self)
        self.table = Table(
            self.model,
            settings,
            self.key,
            fills=self.fills,
            fills_at_least=self.fills_at_least,
            delegate=self.delegate,
        )
        self.begin = button("", self.take_first_step)
        self.empty = EmptyState("inbox", "", button=self.begin)
        self.card = card
        self._telling = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._telling.timeout.connect(self._show_picked)
        self._lay_out_list()
        self.search.searched.connect(self._find)
        self.search.left_down.connect(self._enter_table)
        self.chips.chosen.connect(self.choose_chip)
        self.table.picked.connect(lambda _: self._show_picked())
        self.table.opened.connect(lambda _: self.open_row())
        self.table.asked.connect(lambda menu: offer_in_menu(menu, self.row_buttons()))
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self._show_first())

    def fetch(self, query: TableQuery) -> Page[RowT]:
        """One page of the rows."""
        raise NotImplementedError

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """The chips besides 全部, with how many rows each would show."""
        raise NotImplementedError

    def count_all(self, chips: Sequence[Chip]) -> int:
        """How many rows the search finds under 全部; the sum of the chips unless a row may be under several."""
        return sum(chip.count for chip in chips)

    def show_row(self, row: RowT | None) -> None:
        """Show a row on the card; None when none is selected."""
        raise NotImplementedError

    def open_row(self) -> None:
        """Enter or a double click on the selected row."""

    def row_buttons(self) -> Sequence[QPushButton]:
        """What can be done with the selected row: the actions of its card, which the menu of a row offers too."""
        return self.card.actions_at_foot if isinstance(self.card, DetailCard) else ()

    def take_first_step(self) -> None:
        """What the button of the empty list does: show all rows where some are hidden, else what comes first."""
        if self._sifted:
            self.show_rows(ALL)
            self.take_keyboard()
        elif self._lacks_round:
            self.place_opened.emit(ROUNDS)
        else:
            self.fill()

    def fill(self) -> None:
        """Begin what brings the first rows."""
        self.place_opened.emit(self.first_place)

    def appear(self) -> None:
        """Be up to date; the card follows in a moment, as nothing of it was seen yet."""
        self._appears = True
        super().appear()
        self._appears = False

    def refresh(self) -> None:
        """Read the rows and the counts, and keep the selected row selected."""
        if self._appears:
            self.refresh_in_turns()
        else:
            self._read_again()
            self._show_picked()

    def refresh_in_turns(self) -> None:
        """The same, but the card follows in the next turn: what it tells takes as long to read as the list."""
        self._read_again()
        if self.table.current() is None:
            self._show_picked()
        else:
            self._telling.start()

    def take_keyboard(self) -> None:
        """The arrow keys walk through the list at once; where it is empty, Enter does what comes first."""
        (self.table if self.model.total else self.begin).setFocus()

    def choose_chip(self, value: str) -> None:
        """Show only the rows of a chip, from the top; remembered."""
        self._keep_chip(value)
        self._ask()

    def show_rows(self, chip: str, row: str = "", search: str = "") -> None:
        """Show the rows of a chip, whatever was searched for before."""
        self.search.reset(search)
        self._keep_chip(chip)
        self._ask(search=search)
        place = self.model.find(lambda shown: _identity(shown) == row) if row else None
        if place is not None:
            self.table.select(place)

    def edit_form(self, read: Callable[[RowT], Form], save: Callable[[Form], object]) -> None:
        """Read the form of the selected row and have it asked and saved; the list keeps the keyboard."""
        row = self.table.current()
        if row is None:
            return
        try:
            form = read(row)
        except UserError as trouble:
            self.refused.emit(trouble)
            return
        save(form)
        self.table.setFocus()

    def tried(self, action: Callable[[], object]) -> bool:
        """Do an action of the office; the user's trouble goes to the status line. Whether it was done."""
        try:
            action()
        except UserError as trouble:
            self.refused.emit(trouble)
            return False
        return True

    def ask_and_save(
        self, form: Form, ask: Callable[[Form, str], Form | None], save: Callable[[Form], object]
    ) -> Form | None:
        """Ask until the answer can be saved or is given up; what was saved.

        Args:
            ask: shows the form, and why the answer before could not be saved.
            save: writes it; raises NotAllowed for what the user can mend in the form.
        """
        problem = ""
        while (answer := ask(form, problem)) is not None:
            try:
                save(answer)
                return answer
            except NotAllowed as trouble:
                form, problem = answer, str(trouble)
            except UserError as trouble:
                self.refused.emit(trouble)
                return None
        return None

    def show_saved(self, wanted: Callable[[RowT], bool]) -> None:
        """One sees what one has added: select it, where the search and the chip let it pass."""
        self.refresh()
        place = self.model.find(wanted)
        if place is not None:
            self.table.select(place)
        self.table.setFocus()

    def export_rows(self) -> None:
        """Write every row that the search and the chip find, with the shown columns, where the user says."""
        name = f"{self.title} {self.office.clock():%Y-%m-%d}.xlsx"
        path = ask_save_path(self, self._settings, f"导出{self.title}", name, EXCEL)
        if path is None:
            return
        query = replace(self.model.query, offset=0, limit=None)
        columns = [self.columns[number] for number in self.table.shown_columns()]
        self.work(
            f"正在导出{self.title}",
            lambda progress: exporting.export(
                path, self.title, columns, self.fetch(query).rows, tell=progress.step
            ),
            lambda count: self.offered.emit(exported(path, count, self.unit_word)),
        )

    @property
    def chip(self) -> str:
        """The value of the chosen chip; empty for 全部."""
        return self._chip

    @property
    def _filter_key(self) -> str:
        return f"filter/{self.key}"

    @property
    def _filters(self) -> Mapping[str, frozenset[str]]:
        return {self.chip_key: frozenset({self._chip})} if self._chip else {}

    def _keep_chip(self, value: str) -> None:
        self._chip = value
        self._settings.put(self._filter_key, {self.chip_key: value})

    def _ask(self, search: str | None = None) -> None:
        """Another search or another chip: the list starts at its top."""
        self._read(search)
        self._show_first()

    def _find(self, search: str) -> None:
        """What was typed is looked for; the card follows in the next turn, since the next letter may come first."""
        self._read(search)
        self._mark(None, 0)
        self._telling.start()

    def _read_again(self) -> None:
        selected, place = self.table.current(), self.table.currentIndex().row()
        self._read(self.search.text().strip())
        self._mark(selected, place)

    def _read(self, search: str | None) -> None:
        self.model.ask(search=search, filters=self._filters)
        self._show_counts()

    def _show_first(self) -> None:
        self._mark(None, 0)
        self._show_picked()

    def _mark(self, wanted: RowT | None, place: int) -> None:
        """Select the same row again, else what stands in its place."""
        found = None if wanted is None else self.model.find(lambda row: _identity(row) == _identity(wanted))
        number = found if found is not None else min(max(place, 0), self.model.total - 1)
        with QSignalBlocker(self.table):  # the card is read once, whether the row is another or not
            if number >= 0:
                self.table.select(number)

    def _show_picked(self) -> None:
        self._telling.stop()
        self.show_row(self.table.current())
        if isinstance(self.card, DetailCard):
            self.card.settle()

    def _show_counts(self) -> None:
        chips = list(self.chips_of(self.model.query))
        everything = self.count_all(chips)
        self.chips.show_chips([Chip(ALL, "全部", everything), *chips], self._chip)
        self.head.figure.setText(f"{self.model.total} {self.unit_word}")
        self._sifted = bool(self.model.query.search or everything)
        self._show_emptiness()

    @property
    def _lacks_round(self) -> bool:
        return self.of_round and self.round_id is None

    def _show_emptiness(self) -> None:
        if self._sifted:
            self.empty.say("没有符合条件的记录", NOT_FOUND_TODO)
            self.begin.setText(SHOW_ALL)
        elif self._lacks_round:
            self.empty.say(NO_ROUND, NO_ROUND_TODO)
            self.begin.setText(TO_ROUNDS)
        else:
            self.empty.say(self.nothing, self.nothing_todo)
            self.begin.setText(self.first)
        self._stack.setCurrentIndex(0 if self.model.total else 1)
        self.export.setEnabled(bool(self.model.total))

    def _enter_table(self) -> None:
        if self.model.total:
            self.table.setFocus()
            self.table.select(max(self.table.currentIndex().row(), 0))

    def _lay_out_list(self) -> None:
        self.page.addWidget(self.head)
        self.page.addWidget(self.chips)
        left = Card(name="tableCard", margin=0)
        left.body.setContentsMargins(1, 4, 1, 4)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        left.body.addWidget(holder)
        self.card.setMinimumWidth(264)
        self.card.setMaximumWidth(380)
        row = QHBoxLayout()
        row.setSpacing(theme.MEDIUM)
        row.addWidget(left, 8)
        row.addWidget(self.card, 3)
        self.page.addLayout(row, 1)


def exported(path: Path, count: int, unit_word: str) -> Offer:
    """What is said of a workbook that was written, and the way to look at it in the user's program."""
    return Offer(f"已导出 {count} {unit_word}：{path.name}", "打开", lambda: open_file(path))


def _identity(row: object) -> object:
    return getattr(row, "id", row)
