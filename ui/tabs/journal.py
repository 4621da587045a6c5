"""操作记录: who did what and when, before and after, and taking it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dualcreate_desktop.office import actions
from dualcreate_desktop.office.actions import ACTION_COLUMNS, ActionRow
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery
from ui.settings import Settings
from ui.tabs.list_tab import ListTab
from ui.undoing import undoing
from ui.widgets.action_card import ActionCard
from ui.widgets.chips import Chip


class JournalTab(ListTab[ActionRow]):
    """Finds actions and takes one back."""

    title = "操作记录"
    manual = "10-操作记录"
    key = "journal"
    columns = ACTION_COLUMNS
    fills = 1
    chip_key = "door"
    unit_word = "次"
    hint = "操作、操作人、电脑（Ctrl+F）"
    nothing = "还没有任何操作"
    nothing_todo = "导入、登记、修改之后，每一次操作都记在这里，可以撤销。"

    card: ActionCard

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__(office, settings, (), ActionCard(self.take_back))

    def hear(self, tables: Collection[str]) -> None:
        """Whatever was written is an action."""
        if tables:
            self.set_stale()

    def fetch(self, query: TableQuery) -> Page[ActionRow]:
        """One page of the journal."""
        return actions.actions(self.office, query)

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """A chip for each door; the chosen one also where the search finds none of it."""
        counts = {str(door): (door.label, n) for door, n in actions.door_counts(self.office, query).items()}
        if self.chip and self.chip not in counts:
            counts[self.chip] = (actions.door_label(self.chip), 0)
        return [Chip(door, name, count) for door, (name, count) in counts.items()]

    def show_row(self, row: ActionRow | None) -> None:
        """The card with what the action changed."""
        self.card.show_action(row, actions.details(self.office, row.id) if row else None)

    def take_back(self) -> None:
        """Show what an undo of the selected action would put back and what it keeps, and do it when agreed."""
        row = self.table.current()
        if row is not None:
            wanted = undoing(
                self.office,
                row.id,
                self,
                self.work_wanted.emit,
                done=self.said.emit,
                unasked_since=None,
            )
            self.work_wanted.emit(wanted)
