"""A page of 考核评价: one list of what conditions look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from db.errors import UserError
from dualcreate_desktop.office.body_lists import EvidenceList
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST, HONOUR_LIST, INCIDENT_LIST
from dualcreate_desktop.office.records import NEW, Form, label_of
from dualcreate_desktop.office.standing_lists import DEBARMENT_LIST, EARLIER_LIST, GROWTH_LIST, TOPIC_LIST
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.evidence import EvidenceDialog
from ui.settings import Settings
from ui.tabs.list_tab import ListTab
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.record_card import RecordCard
from ui.widgets.switch import Switch

SEARCH_WIDTH = 204
"""Beside the switch, and whole at 1024 pixels."""

Row = Any
"""One row of whichever list a page shows."""


@dataclass(frozen=True, slots=True)
class View:
    """What a page says of its list; a private one is neither counted by chips nor written to files.

    Args:
        noun: what its button adds, in a word or two: 新增荣誉.
    """

    which: EvidenceList[Any]
    noun: str
    hint: str
    private: bool = False


VIEWS = (
    View(APPRAISAL_LIST, "考核", "党组织、拼音（Ctrl+F）"),
    View(HONOUR_LIST, "荣誉", "荣誉、获奖者（Ctrl+F）"),
    View(EARLIER_LIST, "以往结果", "党组织、批次（Ctrl+F）"),
    View(GROWTH_LIST, "发展党员", "党组织、拼音（Ctrl+F）"),
    View(TOPIC_LIST, "课题", "课题、负责人（Ctrl+F）"),
)
"""Each list that the switch offers."""

PRIVATE = (
    View(INCIDENT_LIST, "负面情形", "党组织、情况（Ctrl+F）", private=True),
    View(DEBARMENT_LIST, "取消资格", "党组织、事由（Ctrl+F）", private=True),
)
"""Reached where eligibility is checked, and nowhere else."""


class EvidencePage(ListTab[Row]):
    """One of the lists: finds, shows, adds, edits and deletes its rows."""

    unit_word = "条"
    card: RecordCard

    def __init__(
        self,
        office: Office,
        settings: Settings,
        view: View,
        switch: Switch,
        actions: Sequence[QPushButton] = (),
    ) -> None:
        self.which, self._private = view.which, view.private
        self.title, self.hint, self.key = view.which.title, view.hint, view.which.kind.key
        self.columns, self.chip_key = view.which.columns, view.which.chip
        self.tables = frozenset({view.which.model.__tablename__, "unit", "branch"})
        self.nothing = f"还没有登记{view.which.title}"
        self.nothing_todo = f"点右上角“新增{view.noun}”登记，或在“收件”里导入{view.which.kind.label}表。"
        self.add = button(f"新增{view.noun}", self.add_record, primary=True, icon="plus")
        self.edit = button("修改…", self.edit_record)
        self.delete = button("删除…", self.delete_record)
        card = RecordCard("在左侧选择一条，这里显示它的详情。", (self.edit, self.delete))
        super().__init__(office, settings, (*actions, self.add), card, lead=switch)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.export.setVisible(not view.private)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        remove.activated.connect(self.delete_record)

    def fetch(self, query: TableQuery) -> Page[Row]:
        """One page of the list."""
        return self.which.page(self.office, query)

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """A chip for each year, level or kind; the chosen one also where the search finds none of it."""
        if self._private:
            return ()
        counts = dict(self.model.counts)
        if self.chip:
            counts.setdefault(self.chip, 0)
        field = self.which.kind.field(self.which.chip)
        order = [choice.value for choice in field.choices]
        known = [value for value in order if value in counts]
        others = sorted(counts.keys() - set(order), reverse=True)
        return [
            Chip(value, f"{value}年" if self.which.chip == "year" else label_of(field, value), counts[value])
            for value in (*known, *others)
        ]

    def count_all(self, chips: Sequence[Chip]) -> int:
        """Of a private list, which has no chips, what the search finds."""
        return self.model.total if self._private else super().count_all(chips)

    def show_row(self, row: Row | None) -> None:
        """The card with every field that is known."""
        if row is None:
            self.card.show_nothing()
            return
        main, *others = self.columns
        facts = [(column.label, column.show(row)) for column in others if column.show(row)]
        self.card.show_record(main.show(row), "", facts, ())

    def open_row(self) -> None:
        """Edit the selected row."""
        self.edit_record()

    def add_record(self) -> None:
        """Ask for a new row, save it and show it."""
        saved = self._save(NEW)
        if saved is not None:
            self.show_saved(lambda row: row.id == saved)

    def edit_record(self) -> None:
        """Edit the selected row."""
        row = self.table.current()
        if row is None:
            return
        try:
            form = self.which.form(self.office, row.id)
        except UserError as trouble:
            self.refused.emit(trouble)
            return
        self._save(form)
        self.table.setFocus()

    @property
    def settings(self) -> Settings:
        """What the window remembers, for a dialog of this page."""
        return self._settings

    def edit_one(self, form: Form) -> None:
        """Edit a record that need not be among the rows that are seen."""
        self._save(form)

    def delete_record(self) -> None:
        """Delete the selected row, when the user agrees once."""
        row = self.table.current()
        if row is None:
            return
        lost = [" · ".join(filter(None, (column.show(row) for column in self.columns[:5])))]
        if ConfirmDialog.ask(self, f"删除{self.title}", f"删除这条{self.title}？", lost, "删除"):
            self.tried(lambda: self.which.delete(self.office, row.id))
        self.table.setFocus()

    def _save(self, form: Form) -> str | None:
        """Ask and save; the id of what was saved, None when it was given up."""
        saved: list[str] = []
        self.ask_and_save(
            form,
            lambda form, problem: EvidenceDialog.ask(self, self.office, self.which, form, problem=problem),
            lambda answer: saved.append(self.which.save(self.office, answer)),
        )
        return saved[0] if saved else None
