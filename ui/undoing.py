"""Taking back an action: shown first where it is large, then done, both in the background."""

from __future__ import annotations

from collections.abc import Callable

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
    always_ask: bool,
) -> Work:
    """The work of making the plan of an undo; what follows is asked and carried out when it is made.

    Args:
        carry_out: takes the second work, which writes.
        done: gets what the status line says in the end.
        always_ask: show the plan also where it is small.
    """

    def ask(plan: UndoPreview) -> None:
        if not (always_ask or needs_asking(plan)) or UndoDialog.ask(parent, plan):
            carry_out(Work(f"正在撤销“{plan.title}”", lambda _: journal.undo(office, change_id), say))

    def say(changed: Changed | None) -> None:
        if changed is not None:
            done(f"已{changed.title}")

    return Work("正在核对撤销内容", lambda _: journal.undo_plan(office, change_id), ask)
