"""党支部: the registry of branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut

from dualcreate_desktop.office import branch_ages, lineages, registry
from dualcreate_desktop.office.dossiers import dossier
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.records import NEW, Form
from dualcreate_desktop.office.registry import BRANCH_COLUMNS, BRANCH_KIND_LABELS, BranchRow
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from ui.dialogs.branch import BranchDialog
from ui.dialogs.removing import take_out
from ui.settings import Settings
from ui.tabs.lineage_desk import fill_menu
from ui.tabs.list_tab import ListTab
from ui.tabs.posts_desk import manage_posts
from ui.widgets.branch_card import BranchCard
from ui.widgets.buttons import MenuButton, button
from ui.widgets.chips import Chip


class BranchesTab(ListTab[BranchRow]):
    """Finds, shows, adds and edits branches."""

    title = "党支部"
    manual = "03-党支部"
    tables = frozenset(
        {"branch", "unit", "post", "person", "appraisal", "honour", "application", "round"}
        | {"rule_version", "lineage_event", "lineage_part"}
    )
    key = "branches"
    columns = BRANCH_COLUMNS
    hint = "名称、书记、拼音首字母（Ctrl+F）"
    nothing = "名册里还没有党支部"
    nothing_todo = "点右上角“新增党支部”添加第一个，或在“收件”里导入党支部名册。"

    card: BranchCard

    def __init__(self, office: Office, settings: Settings) -> None:
        self.add = button("新增党支部", self.add_branch, primary=True, icon="plus")
        self.edit = button("修改…", self.edit_branch)
        self.posts = button("任职…", self.show_posts)
        self.lineage = MenuButton("沿革")
        self.lineage.menu().aboutToShow.connect(self._fill_menu)
        super().__init__(office, settings, (self.add,), BranchCard((self.edit, self.posts, self.lineage)))
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        remove.activated.connect(self.remove_branch)

    def fetch(self, query: TableQuery) -> Page[BranchRow]:
        """One page of the registry: of those that stand, or of those that are no more."""
        if self.chip == registry.DISSOLVED:
            query = replace(query, filters={registry.DISSOLVED: frozenset({"yes"})})
        return registry.branches(self.office, query)

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """A chip for each kind, then those that are no more; the chosen one also where the search finds none of it."""
        gone = registry.dissolved_count(self.office, query)
        if self.chip == registry.DISSOLVED:
            counts = dict(registry.branches(self.office, TableQuery(query.search, limit=1)).counts)
        else:
            counts = dict(self.model.counts)
            if self.chip:
                counts.setdefault(self.chip, 0)
        kinds = [
            Chip(kind, BRANCH_KIND_LABELS.get(kind, kind).removesuffix("党支部"), count)
            for kind, count in counts.items()
        ]
        shown = gone or self.chip == registry.DISSOLVED
        return [*kinds, Chip(registry.DISSOLVED, "已撤销", gone)] if shown else kinds

    def count_all(self, chips: Sequence[Chip]) -> int:
        """All that stand."""
        return sum(chip.count for chip in chips if chip.value != registry.DISSOLVED)

    def show_row(self, row: BranchRow | None) -> None:
        """The card with all that is on record of the branch."""
        if row is None:
            self.card.show_nothing()
        else:
            self.card.show_branch(
                row,
                branch_ages.age(self.office, row.id, self.round_id),
                lineages.descent(self.office, row.id),
                dossier(self.office, Body(row.unit_id, row.id)),
            )

    def open_row(self) -> None:
        """Edit the selected branch."""
        self.edit_branch()

    def add_branch(self) -> None:
        """Ask for a new branch, save it and show it."""
        saved = self._save(NEW)
        if saved is not None:
            self.show_saved(lambda row: _is_of(row, saved))

    def edit_branch(self) -> None:
        """Edit the selected branch."""
        self.edit_form(lambda row: registry.branch_form(self.office, row.id), self._save)

    def remove_branch(self) -> None:
        """Take the selected branch out of the registry, when the user agrees and nothing hangs on it."""
        row = self.table.current()
        if row is not None:
            self.tried(lambda: take_out(self, self.office, Body(row.unit_id, row.id)))
            self.table.setFocus()

    def show_posts(self) -> None:
        """List who holds and held which post in the selected branch."""
        row = self.table.current()
        if row is not None:
            manage_posts(self, self._settings, Body(row.unit_id, row.id), row.name)

    def _fill_menu(self) -> None:
        fill_menu(self.lineage.menu(), self, self.table.current())

    def _save(self, form: Form) -> Form | None:
        return self.ask_and_save(
            form,
            lambda form, problem: BranchDialog.ask(self, self.office, form, problem=problem),
            lambda answer: registry.save_branch(self.office, answer),
        )


def _is_of(row: BranchRow, form: Form) -> bool:
    return (row.unit_id, row.name) == (form.values["unit"], form.values["name"])
