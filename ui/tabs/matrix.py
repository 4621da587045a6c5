"""审查矩阵: all applications of a category against all its conditions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QStackedLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dualcreate_desktop.office import application_desk, finding_matrix
from dualcreate_desktop.office.application_desk import Desk
from dualcreate_desktop.office.finding_matrix import SHOWN, Matrix, MatrixRow, number_of
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from dualcreate_desktop.rules.conditions import Finding
from ui import pills, theme
from ui.delegates import CellDelegate
from ui.dialogs.files import EXCEL, ask_save_path
from ui.pills import Pill
from ui.rows_model import Index, RowsModel
from ui.settings import Settings
from ui.tabs.list_tab import (
    NO_ROUND,
    NO_ROUND_TODO,
    NOT_FOUND_TODO,
    ROUNDS,
    SHOW_ALL,
    TO_ROUNDS,
    ListTab,
    exported,
)
from ui.tabs.tab import Tab
from ui.widgets.application_card import confirmed
from ui.widgets.buttons import button
from ui.widgets.card import Card, clear, label
from ui.widgets.chips import ALL, Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_head import PageHead
from ui.widgets.search_box import SearchBox
from ui.widgets.switch import Switch
from ui.widgets.table import Table

EVERY_UNIT = "全部院级党组织"
TOLD_HEIGHT = 96
NAME_WIDTH = 216
FRAME = 1.5


class CellWithFrame(CellDelegate):
    """Frames the current cell: one walks through the matrix cell by cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, and the frame where the keyboard is."""
        super().paint(painter, option, index)
        view = self.parent()
        if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
            rect: QRect = option.rect
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.colours().focus), FRAME))
            painter.drawRoundedRect(rect.adjusted(2, 3, -3, -4), theme.RADIUS, theme.RADIUS)
            painter.restore()


class MatrixTab(Tab):
    """Shows one category at a time; what the current cell rests on stands below the table.

    Signals:
        findings_wanted: id of an application and key of a condition, empty for the first in question.
    """

    title = "审查矩阵"
    manual = "06-申报"
    key = "matrix"

    findings_wanted = Signal(str, str)

    def __init__(self, office: Office, settings: Settings, switch: Switch, tables: frozenset[str]) -> None:
        super().__init__(office)
        self.tables = tables
        self._settings = settings
        self._desk: Desk | None = None
        self._found: tuple[Matrix, ...] = ()
        self._category = str(settings.get(self.key).get("category") or "")
        self._chip = ALL
        self.search = SearchBox("党组织、书记、拼音首字母（Ctrl+F）", self)
        self.units = QComboBox()
        self.units.setAccessibleName("院级党组织")
        self.units.setMinimumWidth(160)
        self.export = button("导出 Excel", self.export_matrix, icon="download")
        self.head = PageHead(self.title, (self.search, self.units, self.export), lead=switch)
        self.chips = Chips()
        self.categories: Switch | None = None
        self.table: Table[MatrixRow] | None = None
        self.told = Card(margin=14)
        self.aside = label("", "muted")
        self.begin = button("", self.take_first_step)
        self.empty = EmptyState("inbox", "", button=self.begin)
        self._lay_out()
        self.search.searched.connect(lambda _: self._ask())
        self.search.left_down.connect(self.take_keyboard)
        self.units.activated.connect(lambda _: self._ask())
        self.chips.chosen.connect(self.choose_chip)

    @property
    def matrix(self) -> Matrix | None:
        """The category that is shown: the chosen one, else the one in which most apply."""
        known = {found.category: found for found in self._found}
        most = max(self._found, key=lambda found: len(found.rows), default=None)
        return known.get(self._category, most)

    def set_round(self, round_id: str | None) -> None:
        """Another round has other categories, other conditions and other units."""
        self._desk, self._found = None, ()
        super().set_round(round_id)

    def refresh(self) -> None:
        """Read the round's applications anew, in the background."""
        if self.round_id is None:
            self._show(None)
        else:
            self.read_round("正在读取审查意见", application_desk.desk, self._show)

    def take_keyboard(self) -> None:
        """The arrow keys walk from cell to cell."""
        (self.table if self.table is not None and self.table.rows.total else self.begin).setFocus()

    def show_category(self, category: str) -> None:
        """Show another category; remembered."""
        self._category = category
        self._settings.put(self.key, {"category": category})
        if self.categories is not None:
            self.categories.choose([found.category for found in self._found].index(category))
        self._show_table()

    def choose_chip(self, value: str) -> None:
        """Show only the rows with a verdict."""
        self._chip = value
        self._ask()

    def take_first_step(self) -> None:
        """What the button of the empty matrix does: show all rows where some are hidden, else what comes first."""
        if self._has_rows:
            self.units.setCurrentIndex(0)
            self.search.reset("")
            self.choose_chip(ALL)
            self.take_keyboard()
        else:
            self.place_opened.emit(ListTab.first_place if self.round_id else ROUNDS)

    def open_finding(self) -> None:
        """Open the page of the current application at the current condition."""
        row, finding = self._current()
        if row is not None:
            self.findings_wanted.emit(row.id, finding.key if finding else "")

    def fetch(self, query: TableQuery) -> Page[MatrixRow]:
        """One page of the category that is shown."""
        return self.matrix.page(query) if self.matrix else Page((), 0)

    def export_matrix(self) -> None:
        """Write what is shown, with the legend and the evidence, where the user says."""
        desk, found = self._desk, self.matrix
        if desk is None or found is None or self.table is None:
            return
        name = f"{found.name}{self.title} {self.office.clock():%Y-%m-%d}.xlsx"
        path = ask_save_path(self, self._settings, f"导出{self.title}", name, EXCEL)
        if path is None:
            return
        query = self.table.rows.query
        rows = found.page(
            TableQuery(query.search, query.filters, query.sort, query.descending, limit=None)
        ).rows
        self.work(
            f"正在导出{self.title}",
            lambda progress: finding_matrix.export(
                path, desk, found, rows, lambda done, total: progress.step(done, total, "正在写逐条依据")
            ),
            lambda count: self.offered.emit(exported(path, count, "项申报")),
        )

    def _show(self, desk: Desk | None) -> None:
        if (desk.rules.round_id if desk else None) != self.round_id:
            return
        before = [(found.category, found.columns) for found in self._found]
        self._desk = desk
        self._found = finding_matrix.matrices(desk) if desk else ()
        self._show_units()
        if self.table is None or before != [(found.category, found.columns) for found in self._found]:
            self._show_categories()
            self._show_table()
        else:
            self._ask()

    def _show_categories(self) -> None:
        clear(self._categories)
        self.categories = None
        if len(self._found) > 1:
            keys = [found.category for found in self._found]
            place = keys.index(self.matrix.category) if self.matrix else 0
            self.categories = Switch([found.name for found in self._found], place)
            self.categories.chosen.connect(lambda number: self.show_category(keys[number]))
            self._categories.addWidget(self.categories)

    def _show_units(self) -> None:
        chosen = self.units.currentData()
        known = {row.unit_id: row.unit for found in self._found for row in found.rows}
        self.units.clear()
        self.units.addItem(EVERY_UNIT, "")
        for key, name in known.items():
            self.units.addItem(name, key)
        self.units.setCurrentIndex(max(self.units.findData(chosen), 0))

    def _show_table(self) -> None:
        """A table with the columns of the category."""
        if self.table is not None:
            self._stack.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        found = self.matrix
        if found is not None:
            model: RowsModel[MatrixRow] = RowsModel(found.columns, self.fetch, self)
            self.table = Table(
                model,
                self._settings,
                f"{self.key}/{found.category}",
                fills_at_least=NAME_WIDTH,
                delegate=CellWithFrame,
            )
            self.table.setAccessibleName(self.title)
            self._stack.addWidget(self.table)
            self.table.opened.connect(lambda _: self.open_finding())
            self.table.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self._ask()

    def _ask(self) -> None:
        found, table = self.matrix, self.table
        self.export.setEnabled(self._has_rows)
        self._show_emptiness()
        if found is None or table is None:
            self._stack.setCurrentWidget(self.empty)
            self._tell()
            return
        search, unit = self.search.text().strip(), self.units.currentData()
        of_unit = {"unit_id": frozenset({unit})} if unit else {}
        of_chip = {"groups": frozenset({self._chip})} if self._chip else {}
        selected, place = table.current(), table.currentIndex()
        table.rows.ask(search=search, filters={**of_unit, **of_chip})
        self._show_chips(found.counts(search, of_unit))
        self.head.figure.setText(f"{table.rows.total} 项 × {len(found.conditions)} 条")
        self.aside.setText(found.aside)
        self._stack.setCurrentWidget(table if table.rows.total else self.empty)
        again = table.rows.find(lambda row: selected is not None and row.id == selected.id)
        if table.rows.total:
            row = again if again is not None else 0
            table.setCurrentIndex(table.rows.index(row, max(place.column(), 0)))
        self._tell()

    @property
    def _has_rows(self) -> bool:
        return self.matrix is not None and bool(self.matrix.rows)

    def _show_emptiness(self) -> None:
        if self._has_rows:
            self.empty.say("没有符合条件的申报", NOT_FOUND_TODO)
        elif self.round_id:
            self.empty.say("本批次还没有申报", "在“收件”导入各单位的申报汇总表，或在“列表”里新增。")
        else:
            self.empty.say(NO_ROUND, NO_ROUND_TODO)
        self.begin.setText(SHOW_ALL if self._has_rows else ListTab.first if self.round_id else TO_ROUNDS)

    def _show_chips(self, counts: dict[str, int]) -> None:
        chips = [Chip(verdict.value, words, counts[verdict.value]) for verdict, words in SHOWN.items()]
        self.chips.show_chips([Chip(ALL, "全部", counts[""]), *chips], self._chip)

    def _current(self) -> tuple[MatrixRow | None, Finding | None]:
        """The application and, on the cell of a condition, its finding."""
        if self.table is None or self.matrix is None:
            return None, None
        row = self.table.current()
        place = self.table.currentIndex().column()
        number = number_of(self.matrix.columns[place].key) if row is not None and place >= 0 else None
        return row, row.findings[number] if row is not None and number is not None else None

    def _tell(self) -> None:
        """What the current cell rests on."""
        clear(self.told.body)
        row, finding = self._current()
        if row is None:
            self.told.body.addWidget(
                label("用方向键走到一格，这里显示它的条款和依据；按 Enter 打开审查意见。", "muted")
            )
        elif finding is None:
            self._tell_head(row.applicant, row.unit, row.overall.label, pills.tone_of(row.overall))
            self._tell_lines(_in_question(row.findings))
        else:
            where = f"{finding.clause} {finding.label}（{finding.force.label}）"
            self._tell_head(row.applicant, where, finding.verdict.label, pills.tone_of(finding.verdict))
            self._tell_lines((*finding.evidence, *confirmed(finding)))
        self.told.body.addStretch()

    def _tell_head(self, title: str, where: str, word: str, tone: theme.Tone) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.MEDIUM)
        line.addWidget(label(title, "section"))
        line.addWidget(label(where, "muted", elide=True), 1)
        line.addWidget(Pill(word, tone))
        self.told.body.addLayout(line)

    def _tell_lines(self, lines: Sequence[str]) -> None:
        made = label("；".join(lines), elide=True)
        self.told.body.addWidget(made)

    def _lay_out(self) -> None:
        self.page.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        self._categories = QVBoxLayout()
        row.addLayout(self._categories)
        row.addWidget(self.chips, 1)
        row.addWidget(self.aside)
        self.page.addLayout(row)
        holder = Card(name="tableCard", margin=0)
        holder.body.setContentsMargins(1, 4, 1, 4)
        inner = QWidget()
        self._stack = QStackedLayout(inner)
        self._stack.addWidget(self.empty)
        holder.body.addWidget(inner)
        self.page.addWidget(holder, 1)
        self.told.setFixedHeight(TOLD_HEIGHT)
        self.page.addWidget(self.told)


def _in_question(findings: Sequence[Finding]) -> list[str]:
    """What keeps an application from passing, in a few words; what is 供参考 keeps nobody and is told as such."""
    doubtful = [finding for finding in findings if finding.verdict in tuple(SHOWN)[:2]]
    told = [_short(finding) for finding in doubtful if finding.mandatory]
    aside = [f"{_short(finding)}（供参考，不计入综合）" for finding in doubtful if not finding.mandatory]
    return [*(told or ["应达到的各条都已通过"]), *aside]


def _short(finding: Finding) -> str:
    return f"{finding.clause} {finding.label}：{finding.verdict.label}"
