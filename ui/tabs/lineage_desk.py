"""沿革… of a branch: the menu of what can be done with it, and doing it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu

from dualcreate_desktop.office import lineages
from dualcreate_desktop.office.lineage_forms import ADJUSTMENTS, Adjustment
from dualcreate_desktop.office.lineages import DescentRow
from dualcreate_desktop.office.registry import BranchRow
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.lineage import LineageDialog
from ui.tabs.list_tab import ListTab


def fill_menu(menu: QMenu, tab: ListTab[Any], row: BranchRow | None) -> None:
    """What can be done with a branch; one that is no more can only be looked at."""
    menu.clear()
    if row is None:
        return
    if row.dissolved is not None:
        menu.addAction("已撤销的党支部不能再调整").setEnabled(False)
        return
    for adjustment in ADJUSTMENTS:
        menu.addAction(f"{adjustment.title}…", partial(adjust, tab, row, adjustment))
    plans = [event for event in lineages.descent(tab.office, row.id) if event.planned]
    if plans:
        menu.addSeparator()
    for plan in plans:
        menu.addAction(f"取消计划：{plan.when}{plan.kind.label}…", partial(drop, tab, plan))


def adjust(tab: ListTab[Any], row: BranchRow, adjustment: Adjustment) -> None:
    """Ask for an adjustment and carry it out."""
    order = LineageDialog.ask(tab, tab.office, row, adjustment)
    if order is not None:
        tab.tried(lambda: lineages.carry_out(tab.office, order))
    tab.table.setFocus()


def drop(tab: ListTab[Any], plan: DescentRow) -> None:
    """Give a plan up, when the user agrees once."""
    question = "取消这个计划？相关党支部不再标为预计撤并。"
    if ConfirmDialog.ask(tab, "取消计划", question, [plan.sentence], "取消计划"):
        tab.tried(lambda: lineages.drop_plan(tab.office, plan.id))
    tab.table.setFocus()
