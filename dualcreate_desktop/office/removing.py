"""Taking a unit or branch out of the registry that was entered by mistake; one that is no more is dissolved instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.errors import NotAllowed, StaleData
from db.models import Alias, Base, Branch, IntakeFile, LearnedAnswer, Person, Post, Record, Unit
from dualcreate_desktop.office.differences import TABLE_LABELS
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.posts import role_label
from dualcreate_desktop.office.store import Changed, Office

_ALONG = (Post, Alias, LearnedAnswer)
"""What is said of a body and nothing besides goes with it."""

_LOOSE = (IntakeFile,)
"""What only names the body stays, without it."""

NAMED = 4
"""So many kinds of records are named; more are counted."""

_TODO: Mapping[type[Record], str] = {
    Unit: "请先删除这些记录，或改到别的党组织；整批导错了的，到“操作记录”撤销那次导入。",
    Branch: "请先删除这些记录；党支部已经不存在的，用“沿革”里的“撤销”，记录都会保留。",
}


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes when a unit or branch is taken out.

    Args:
        along: what goes with it, a line each.
    """

    name: str
    along: tuple[str, ...]


def removal(office: Office, body: Body) -> Removal:
    """What taking a unit or branch out would lose.

    Raises:
        NotAllowed: something hangs on it, which is named.
        StaleData: it is gone.
    """
    with office.read() as session:
        record = _stored(session, body)
        _refuse_bearing(session, record)
        held = select(Post.role, Person.name).join(Person, Post.person_id == Person.id)
        posts = session.execute(held.where(_owner(Post, record) == record.id).order_by(Post.since))
        names = session.scalars(select(Alias.text).where(_owner(Alias, record) == record.id))
        along = (
            *(f"任职：{role_label(role)} {name}" for role, name in posts),
            *(f"别名：{name}" for name in names),
        )
        return Removal(record.name, along)


def remove(office: Office, body: Body) -> Changed | None:
    """Take a unit or branch out as one change, with who was named for its posts and its aliases.

    Raises:
        NotAllowed: something hangs on it, which is named.
        StaleData: it is gone.
    """
    with office.read() as session:
        name = _stored(session, body).name
    with office.change(f"删除 {name}") as session:
        record = _stored(session, body)
        _refuse_bearing(session, record)
        people = _people_only_here(session, record)
        for column in _pointing(type(record)):
            model = _MODELS[column.table.name]
            for row in session.scalars(select(model).where(column == record.id)):
                if model in _LOOSE:
                    setattr(row, column.key, None)
                elif model in _ALONG:
                    session.delete(row)
        session.flush()
        for person in people:
            session.delete(person)
        session.flush()
        session.delete(record)
    return session.changed


def _refuse_bearing(session: Session, record: Unit | Branch) -> None:
    """Refuse a body on which something hangs; what goes with it does not count."""
    found = Counter[str]()
    for column in _pointing(type(record)):
        table = column.table.name
        if _MODELS[table] not in (*_ALONG, *_LOOSE, Person):
            found[table] += _count(session, column, record.id)
    if isinstance(record, Unit):
        of_unit = session.scalar(select(func.count()).where(Person.unit_id == record.id)) or 0
        found["person"] = of_unit - len(_people_only_here(session, record))
    told = [f"{TABLE_LABELS[table]} {count} 条" for table, count in found.items() if count]
    if told:
        others = f"等共 {found.total()} 条记录" if len(told) > NAMED else ""
        named = "、".join(told[:NAMED])
        raise NotAllowed(f"{record.name}名下还有{named}{others}，不能删除", todo=_TODO[type(record)])


def _people_only_here(session: Session, record: Unit | Branch) -> list[Person]:
    """Who is known of a unit only because of the posts that go with it."""
    if not isinstance(record, Unit):
        return []
    elsewhere = [column for column in _pointing(Person) if column.table.name != "post"]
    found = []
    for person in session.scalars(select(Person).where(Person.unit_id == record.id)):
        posts = session.scalars(select(Post.unit_id).where(Post.person_id == person.id))
        if all(unit_id == record.id for unit_id in posts) and not any(
            _count(session, column, person.id) for column in elsewhere
        ):
            found.append(person)
    return found


def _count(session: Session, column: Column[str], key: str) -> int:
    return session.scalar(select(func.count()).select_from(column.table).where(column == key)) or 0


def _pointing(model: type[Record]) -> Iterator[Column[str]]:
    """Every column of the store that points at rows of a table."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == model.__tablename__ for key in column.foreign_keys):
                yield column


def _owner(model: type[Post | Alias], record: Unit | Branch) -> InstrumentedAttribute[str | None]:
    return model.unit_id if isinstance(record, Unit) else model.branch_id


def _stored(session: Session, body: Body) -> Unit | Branch:
    record = session.get(Branch, body.branch_id) if body.branch_id else session.get(Unit, body.unit_id)
    if record is None:
        raise StaleData(f"这个{'党支部' if body.branch_id else '院级党组织'}已被删除", todo="请刷新列表。")
    return record


_MODELS: Mapping[str, type[Record]] = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Record)
}
