"""党支部: the registry of branches."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from db.errors import NotAllowed, UserError
from dualcreate_desktop.office import journal, registry
from dualcreate_desktop.office.registry import BRANCH_COLUMNS, KIND_LABELS, BranchRow, Form
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.dialogs.branch import NEW, BranchDialog
from ui.rows_model import RowsModel
from ui.settings import Settings
from ui.tabs.tab import Tab
from ui.widgets.branch_card import BranchCard
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.chips import ALL, Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_head import PageHead
from ui.widgets.search_box import SearchBox
from ui.widgets.table import Table

_FILTER_KEY = "filter/branches"


class BranchesTab(Tab):
    """Finds, shows, adds and edits branches."""

    title = "党支部"
    tables = frozenset({"branch", "unit", "post", "person"})

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__(office)
        self._settings = settings
        self._kind = str(settings.get(_FILTER_KEY).get("kind", ALL))
        self.search = SearchBox("名称、书记、拼音首字母（Ctrl+F）", self)
        self.add = button("新增党支部", self.add_branch, primary=True, icon="plus")
        self.head = PageHead(self.title, (self.search, self.add))
        self.chips = Chips()
        self.model = RowsModel(BRANCH_COLUMNS, lambda query: registry.branches(office, query), self)
        self.table = Table(self.model, settings, "branches")
        self.empty = EmptyState("inbox", "")
        self.card = BranchCard(self.edit_branch)
        self._lay_out()
        self.search.searched.connect(lambda text: self._ask(search=text))
        self.search.left_down.connect(self._enter_table)
        self.chips.chosen.connect(self._choose_kind)
        self.table.picked.connect(lambda _: self._show_picked())
        self.table.opened.connect(lambda _: self.edit_branch())

    def refresh(self) -> None:
        """Read the rows and the counts, and keep the selected branch selected."""
        selected = self.table.current()
        place = self.table.currentIndex().row()
        filters = {"kind": frozenset({self._kind})} if self._kind else {}
        self.model.ask(search=self.search.text().strip(), filters=filters)
        self._show_counts()
        self._select(selected, place)

    def take_keyboard(self) -> None:
        """The arrow keys walk through the list at once."""
        self.table.setFocus()

    def add_branch(self) -> None:
        """Ask for a new branch and save it."""
        if self._save(NEW):
            self.table.setFocus()

    def edit_branch(self) -> None:
        """Edit the selected branch."""
        row = self.table.current()
        if row is None:
            return
        try:
            form = registry.branch_form(self.office, row.id)
        except UserError as trouble:
            self.refused.emit(trouble)
            return
        self._save(form)
        self.table.setFocus()

    def _save(self, form: Form) -> bool:
        """Ask until the answer can be saved or is given up; whether something was written."""
        problem = ""
        while (answer := BranchDialog.ask(self, self.office, form, problem=problem)) is not None:
            try:
                return registry.save_branch(self.office, answer) is not None
            except NotAllowed as trouble:
                form, problem = answer, str(trouble)
            except UserError as trouble:
                self.refused.emit(trouble)
                return False
        return False

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self._settings.put(_FILTER_KEY, {"kind": kind})
        self._ask()

    def _ask(self, search: str | None = None) -> None:
        """Another search or another kind: the list starts at its top."""
        filters = {"kind": frozenset({self._kind})} if self._kind else {}
        self.model.ask(search=search, filters=filters)
        self._show_counts()
        self._select(None, 0)

    def _select(self, wanted: BranchRow | None, place: int) -> None:
        """Select the same branch again, else what stands in its place."""
        found = self.model.find(lambda row: row.id == wanted.id) if wanted else None
        number = found if found is not None else min(max(place, 0), self.model.total - 1)
        if number >= 0:
            self.table.select(number)
        self._show_picked()

    def _show_picked(self) -> None:
        row = self.table.current()
        history = journal.branch_history(self.office, row.id) if row else ()
        self.card.show_branch(row, history)

    def _show_counts(self) -> None:
        counts = registry.branch_kind_counts(self.office, self.model.query)
        everything = sum(counts.values())
        kinds = [
            Chip(kind, KIND_LABELS.get(kind, kind).removesuffix("党支部"), count)
            for kind, count in counts.items()
        ]
        if self._kind and self._kind not in counts:
            kinds.append(Chip(self._kind, KIND_LABELS.get(self._kind, self._kind).removesuffix("党支部"), 0))
        self.chips.show_chips([Chip(ALL, "全部", everything), *kinds], self._kind)
        self.head.figure.setText(f"{self.model.total} 个")
        self._show_emptiness(everything)

    def _show_emptiness(self, everything: int) -> None:
        searched = bool(self.model.query.search)
        if searched or everything:
            self.empty.say("没有符合条件的党支部", "换几个字试试，或选择“全部”。")
        else:
            self.empty.say("名册里还没有党支部", "点右上角“新增党支部”添加第一个。")
        self._stack.setCurrentIndex(0 if self.model.total else 1)

    def _enter_table(self) -> None:
        if self.model.total:
            self.table.setFocus()
            self.table.select(max(self.table.currentIndex().row(), 0))

    def _lay_out(self) -> None:
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
