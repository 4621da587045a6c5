"""院级党组织: the registry of units, and how each stands in the round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut

from dualcreate_desktop.office import registry, staffing, units
from dualcreate_desktop.office.dossiers import dossier
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.records import NEW, Form
from dualcreate_desktop.office.registry import UNIT_COLUMNS, UNIT_KIND_LABELS, UnitRow
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from dualcreate_desktop.office.units import OWING, SILENT, Standing
from ui.dialogs.quota_grant import QuotaGrantDialog
from ui.dialogs.removing import take_out
from ui.dialogs.unit import UnitDialog
from ui.settings import Settings
from ui.tabs.list_tab import ListTab
from ui.tabs.posts_desk import manage_posts
from ui.tabs.unit_desk import show_unit_page
from ui.widgets.buttons import button
from ui.widgets.chips import ALL, Chip
from ui.widgets.unit_card import UnitCard

CARD_WIDTH = 312
"""Four buttons stand at its foot."""

UNSAID = "unsaid"
"""The chip of the units of which nobody said what kind they are; an empty one lets everything pass."""


class UnitsTab(ListTab[UnitRow]):
    """Finds, shows, adds and edits units."""

    title = "院级党组织"
    manual = "02-院级党组织"
    tables = frozenset(
        {"unit", "branch", "post", "person", "appraisal", "honour", "application", "receipt"}
        | {"round", "rule_version", "staffing", "exemption", "quota_grant"}
    )
    key = "units"
    columns = UNIT_COLUMNS
    fills = 1
    hint = "名称、书记、拼音首字母（Ctrl+F）"
    nothing = "名册里还没有院级党组织"
    nothing_todo = "点右上角“新增院级党组织”添加第一个，或在“收件”里导入院级党组织名册。"

    card: UnitCard

    def __init__(self, office: Office, settings: Settings) -> None:
        self.add = button("新增院级党组织", self.add_unit, primary=True, icon="plus")
        self.edit = button("修改…", self.edit_unit)
        self.posts = button("任职…", self.show_posts)
        self.quota = button("名额…", self.decide_quota)
        self.applied = button("申报…", self.show_applied)
        self.applied.setToolTip("本单位申报：名额、还缺什么、应配实配、任务指南和推荐顺序")
        self._standings: Mapping[str, Standing] = {}
        self._asked: Mapping[str, Sequence[str]] = {OWING: (), SILENT: ()}
        card = UnitCard((self.edit, self.posts, self.quota, self.applied))
        super().__init__(office, settings, (self.add,), card)
        self.card.setMinimumWidth(CARD_WIDTH)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        remove.activated.connect(self.remove_unit)

    def fetch(self, query: TableQuery) -> Page[UnitRow]:
        """One page of the registry."""
        if self.chip in self._asked:
            query = replace(query, filters={"id": frozenset(self._asked[self.chip])})
        elif self.chip == UNSAID:
            query = replace(query, filters={"kind": frozenset({""})})
        return registry.units(self.office, query)

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """How they stand in the round, then a chip for each kind; the chosen one also where the search finds none."""
        counts = {kind or UNSAID: n for kind, n in units.unit_kind_counts(self.office, query).items()}
        if self.chip not in (ALL, *self._asked) and self.chip not in counts:
            counts[self.chip] = 0
        labels = {**UNIT_KIND_LABELS, UNSAID: "类型未填"}
        kinds = [Chip(kind, labels.get(kind, kind), count) for kind, count in counts.items()]
        if not self.round_id and self.chip not in self._asked:
            return kinds
        found = {key: units.found_among(self.office, query, ids) for key, ids in self._asked.items()}
        return [Chip(OWING, "有缺", found[OWING]), Chip(SILENT, "未申报", found[SILENT]), *kinds]

    def count_all(self, chips: Sequence[Chip]) -> int:
        """A unit that owes something or sent nothing is counted under its kind."""
        return sum(chip.count for chip in chips if chip.value not in self._asked)

    def refresh(self) -> None:
        """Read the rows, and how the units stand in the round: in the background where that takes long."""
        if self.round_id is None:
            self._show_standings({})
        elif not self.read_round("正在读取各单位申报情况", units.standings, self._show_standings):
            self.refresh_in_turns()

    def show_row(self, row: UnitRow | None) -> None:
        """The card with the quota of the round and all that is on record of the unit."""
        self.quota.setVisible(bool(self.round_id))
        if row is None:
            self.card.show_nothing()
            return
        facts = units.unit_facts(self.office, row.id)
        people = staffing.strength(self.office, row.id)
        self.card.show_unit(
            row, facts, self._standings.get(row.id), people, dossier(self.office, Body(row.id))
        )

    def open_row(self) -> None:
        """Edit the selected unit."""
        self.edit_unit()

    def add_unit(self) -> None:
        """Ask for a new unit, save it and show it."""
        saved = self._save(NEW)
        if saved is not None:
            self.show_saved(lambda row: row.name == saved.values["name"])

    def edit_unit(self) -> None:
        """Edit the selected unit."""
        self.edit_form(lambda row: units.unit_form(self.office, row.id), self._save)

    def remove_unit(self) -> None:
        """Take the selected unit out of the registry, when the user agrees and nothing hangs on it."""
        row = self.table.current()
        if row is not None:
            self.tried(lambda: take_out(self, self.office, Body(row.id)))
            self.table.setFocus()

    def show_posts(self) -> None:
        """List who holds and held which post in the selected unit."""
        row = self.table.current()
        if row is not None:
            manage_posts(self, self._settings, Body(row.id), row.name)

    def show_applied(self) -> None:
        """How the selected unit stands in the round, and its order of preference."""
        if (row := self.table.current()) is not None:
            show_unit_page(self, row.id)

    def decide_quota(self) -> None:
        """Grant the selected unit a number of its own in the round, or lift its duty."""
        row = self.table.current()
        if row is not None and self.round_id:
            QuotaGrantDialog.decide(self, self.office, self.round_id, row.id)
            self.table.setFocus()

    def _show_standings(self, standings: Mapping[str, Standing]) -> None:
        self._standings = standings
        self._asked = {
            OWING: [key for key, standing in standings.items() if standing.missing],
            SILENT: [key for key, standing in standings.items() if standing.silent],
        }
        super().refresh()

    def _save(self, form: Form) -> Form | None:
        return self.ask_and_save(
            form,
            lambda form, problem: UnitDialog.ask(self, self.office, form, problem=problem),
            lambda answer: units.save_unit(self.office, answer),
        )
