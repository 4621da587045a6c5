"""Taking back an action: shown first where it is large, then done, both in the background."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office import journal
from dualcreate_desktop.office.journal import UndoPreview
from dualcreate_desktop.office.store import Changed, Office
from ui.background import Work
from ui.dialogs.undo import UndoDialog, needs_asking


def undoing(
    office: Office,
    change_id: str,
    parent: QWidget,
    carry_out: Callable[[Work], object],
    *,
    done: Callable[[str], object],
    unasked_since: datetime | None,
) -> Work:
    """The work of making the plan of an undo; what follows is asked and carried out when it is made.

    Args:
        carry_out: takes the second work, which writes.
        done: gets what the status line says in the end.
        unasked_since: a small plan is not shown when the action was written then or later; None shows every plan.
    """

    def ask(plan: UndoPreview) -> None:
        if not needs_asking(plan, unasked_since) or UndoDialog.ask(parent, plan):
            carry_out(Work(f"正在撤销“{plan.title}”", lambda _: journal.undo(office, change_id), say))

    def say(changed: Changed | None) -> None:
        if changed is not None:
            done(f"已{changed.title}")

    return Work("正在核对撤销内容", lambda _: journal.undo_plan(office, change_id), ask)
