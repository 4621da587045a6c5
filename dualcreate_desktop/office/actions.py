"""The table of 操作记录: every action, the newest first, and what one of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.models import Change, ChangeEntry
from db.vocabulary import Door, Labelled
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office.differences import TABLE_LABELS, differences, facts
from dualcreate_desktop.office.naming import name_of, names_of
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Listing, Page, TableQuery

SHOWN_ENTRIES = 30
"""Records of one action that a card tells; more than anybody reads."""


class Force(Labelled):
    """Whether what an action did still holds."""

    IN_FORCE = "in_force", "有效"
    TAKEN_BACK = "taken_back", "已撤销"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as the table shows it; `rows`: how many records it touched."""

    id: str
    at: datetime
    actor: str
    pc: str
    door: Door
    title: str
    rows: int
    force: Force = Force.IN_FORCE


@dataclass(frozen=True, slots=True)
class Touched:
    """What an action did to one record, a line for each field."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionDetails:
    """What an action changed.

    Args:
        counts: records by table, in the office's words: 党支部 44 条.
        touched: the first records, in the order in which they were written.
        more: how many there are besides.
    """

    counts: tuple[str, ...]
    touched: tuple[Touched, ...]
    more: int


def _minute(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}"


def _force(value: object) -> str:
    return Force.TAKEN_BACK.label if value is Force.TAKEN_BACK else ""


ACTION_COLUMNS = (
    Column("at", "时间", 18, Align.CENTER, text=_minute),
    Column("title", "操作", 34),
    Column("actor", "操作人", 10),
    Column("pc", "电脑", 14, hidden=True),
    Column("door", "方式", 8),
    Column("rows", "记录数", 9, Align.RIGHT),
    Column("force", "状态", 11, text=_force, pill=True, sortable=False),
)

_LISTING = Listing(
    ActionRow,
    {
        "id": Change.id,
        "at": Change.at,
        "actor": Change.actor,
        "pc": Change.pc,
        "door": Change.door,
        "title": Change.title,
        "rows": select(func.count()).where(ChangeEntry.change_id == Change.id).scalar_subquery(),
    },
    select(Change.id),
    natural=(Change.n.desc(),),
)


def actions(office: Office, query: TableQuery) -> Page[ActionRow]:
    """One page of the journal. The search looks at titles, names and PCs; `door` is the filter."""
    with office.read() as session:
        page = _LISTING.page(session, query, _wanted(query))
        gone = _taken_back(session)
    marked = (replace(row, force=Force.TAKEN_BACK) if row.id in gone else row for row in page.rows)
    return Page(tuple(marked), page.total)


def door_counts(office: Office, query: TableQuery) -> dict[Door, int]:
    """How many actions came in by each door, of those that the search finds."""
    with office.read() as session:
        found = session.execute(
            select(Change.door, func.count()).where(*_search(query.search)).group_by(Change.door)
        )
        counted = {row[0]: row[1] for row in found}
    return {door: counted[door] for door in Door if door in counted}


def actors(office: Office) -> tuple[str, ...]:
    """Who has worked here, the last one first."""
    with office.read() as session:
        newest = func.max(Change.n)
        names = session.scalars(select(Change.actor).group_by(Change.actor).order_by(newest.desc()))
        return tuple(name for name in names if name)


def details(office: Office, change_id: str) -> ActionDetails:
    """What an action changed, before and after."""
    of_it = ChangeEntry.change_id == change_id
    with office.read() as session:
        counted = session.execute(
            select(ChangeEntry.table_name, func.count())
            .where(of_it)
            .group_by(ChangeEntry.table_name)
            .order_by(func.min(ChangeEntry.n))
        ).all()
        entries = session.scalars(
            select(ChangeEntry).where(of_it).order_by(ChangeEntry.n).limit(SHOWN_ENTRIES)
        ).all()
        names = names_of(session, [row for item in entries for row in (item.before, item.after) if row])
    total = sum(count for _, count in counted)
    return ActionDetails(
        tuple(f"{TABLE_LABELS.get(table, table)} {count} 条" for table, count in counted),
        tuple(Touched(_name(entry, names), _lines(entry, names)) for entry in entries),
        total - len(entries),
    )


def _wanted(query: TableQuery) -> list[ColumnElement[bool]]:
    doors = query.filters.get("door")
    return [*_search(query.search), *([Change.door.in_(doors)] if doors else [])]


def _search(text: str) -> list[ColumnElement[bool]]:
    if not text:
        return []
    return [
        or_(*(column.contains(text, autoescape=True) for column in (Change.title, Change.actor, Change.pc)))
    ]


def _taken_back(session: Session) -> set[str]:
    """The actions that an undo in force took back; of several undos of one action the newest counts."""
    undos = session.execute(
        select(Change.id, Change.undoes).where(Change.undoes.is_not(None)).order_by(Change.n.desc())
    )
    decided: set[str] = set()
    gone: set[str] = set()
    for undo, undone in undos:
        if undone is not None and undone not in decided:
            decided.add(undone)
            if undo not in gone:
                gone.add(undone)
    return gone


def _lines(entry: ChangeEntry, names: Mapping[str, str]) -> tuple[str, ...]:
    table, before, after = entry.table_name, entry.before, entry.after
    if before is not None and after is not None:
        lines = differences(table, before, after, names)
        return tuple(line.removeprefix(f"{TABLE_LABELS.get(table, table)}·") for line in lines)
    return ("新增" if before is None else "删除", *facts(table, after or before or {}, names))


def _name(entry: ChangeEntry, names: Mapping[str, str]) -> str:
    """What a person calls a touched record: itself by name, else by whom it belongs to."""
    label = TABLE_LABELS.get(entry.table_name, entry.table_name)
    shown = name_of(entry.after or entry.before or {}, names)
    return f"{label} · {shown}" if shown else label


def door_label(door: str) -> str:
    """What the office calls a door."""
    return next(item.label for item in Door if item == door)
