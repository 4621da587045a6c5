"""操作记录: taking back what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db import undo as store_undo
from db.letting_go import let_go
from db.undo import Restore
from dualcreate_desktop.intake.collecting import collecting_paused
from dualcreate_desktop.office.differences import TABLE_LABELS, differences
from dualcreate_desktop.office.naming import name_of, names_of
from dualcreate_desktop.office.store import Changed, Office


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What an undo would do, in sentences; `kept` names each row that stays and why."""

    change_id: str
    title: str
    at: datetime
    actor: str
    restores: tuple[str, ...]
    kept: tuple[str, ...]


def last_undoable(office: Office) -> str | None:
    """The action that Ctrl+Z would take back; None when there is none."""
    return store_undo.last_undoable(office.database)


@collecting_paused()
def undo_plan(office: Office, change_id: str) -> UndoPreview:
    """What taking back an action would do now.

    Raises:
        NotAllowed: there is no such action, or it was taken back already.
    """
    plan = store_undo.undo_plan(office.database, change_id)
    touched = [*plan.restores, *(row for row, _ in plan.kept)]
    with office.read() as session:
        names = names_of(session, [stored for row in touched for stored in (row.now, row.then) if stored])
    kept = tuple(f"{_name(row, names)}：{reason.value}" for row, reason in plan.kept)
    outcomes = tuple(_outcome(row, names) for row in plan.restores)
    preview = UndoPreview(change_id, plan.title, plan.at, plan.actor, outcomes, kept)
    rows = list(plan.restores)
    del plan, touched
    let_go(rows)
    return preview


@collecting_paused()
def undo(office: Office, change_id: str) -> Changed | None:
    """Take back an action as far as it can be; the rest stays.

    Raises:
        NotAllowed: nothing of it can be taken back.
        StaleData: the store changed meanwhile.
    """
    plan = store_undo.undo_plan(office.database, change_id)
    changed = store_undo.undo(office.database, plan, office.actor, at=office.clock())
    rows = list(plan.restores)
    del plan
    let_go(rows)
    return changed


def _name(row: Restore, names: Mapping[str, str]) -> str:
    """What a person calls a stored row: 申报“某某支部”."""
    title = name_of(row.now or row.then or {}, names)
    label = TABLE_LABELS.get(row.table, row.table)
    return f"{label}“{title}”" if title else label


def _outcome(row: Restore, names: Mapping[str, str]) -> str:
    if row.then is None:
        return f"删除{_name(row, names)}"
    if row.now is None:
        return f"恢复{_name(row, names)}"
    return f"还原{_name(row, names)}：" + "；".join(differences(row.table, row.now, row.then, names))
