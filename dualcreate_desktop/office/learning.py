"""What the office answered once while it took files in: kept, so that nobody asks again, until it is forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Alias, Branch, Change, LearnedAnswer, LearnedMapping, Record, Unit
from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake import known
from dualcreate_desktop.intake.containers import Source
from dualcreate_desktop.intake.guessing import SAID
from dualcreate_desktop.intake.headings import layout_signature
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.intake.shape import Guess
from dualcreate_desktop.intake.values import coerce
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office.records import label_of
from dualcreate_desktop.office.store import Changed, Office

_SENDER = "sender"
"""The field under which it is kept for which unit an address writes; such an answer belongs to no list."""


class Memory(Enum):
    """What kind of thing was learned; the value is how the office calls it."""

    NAME = "名称写法"
    ANSWER = "填写内容"
    LAYOUT = "列的对应"
    SENDER = "发件人"


@dataclass(frozen=True, slots=True)
class Remembered:
    """One thing that was learned.

    Args:
        id: of its record, whatever table it stands in.
        written: what somebody wrote; `means` how it is read.
        at, actor: when, and by whom.
    """

    id: str
    memory: Memory
    written: str
    means: str
    at: datetime
    actor: str


def learned(session: Session, kind: ListKind) -> known.Learned:
    """The answers that a plan of that list goes by; names that were confirmed to be others are aliases already.

    A word means what was last said of it, but in the lists of a unit what was last said of it there.
    """
    choices: dict[str, dict[str, str]] = {}
    own: dict[str, dict[str, dict[str, str]]] = {}
    answers = select(LearnedAnswer).join(Change, Change.id == LearnedAnswer.revision)
    for row in session.scalars(answers.where(LearnedAnswer.list_key == kind.key).order_by(Change.n)):
        choices.setdefault(row.field, {})[row.text] = row.value
        if row.sender_unit_id is not None:
            own.setdefault(row.sender_unit_id, {}).setdefault(row.field, {})[row.text] = row.value
    senders = select(LearnedAnswer.text, LearnedAnswer.value).where(LearnedAnswer.field == _SENDER)
    return known.Learned(
        choices=choices,
        own=own,
        senders=dict(iter(session.execute(senders.where(LearnedAnswer.list_key == "")))),
    )


def mappings(session: Session) -> known.Mappings:
    """The layouts whose columns somebody has matched."""
    return {
        (row.layout, row.sender): known.LearnedMapping(row.list_key, row.columns)
        for row in session.scalars(select(LearnedMapping))
    }


def remember_value(
    office: Office, kind: ListKind, key: str, written: str, typed: str, *, unit: str | None = None
) -> Changed | None:
    """From now on a text in a field of that list is read as another: 中青年 → 教师党支部.

    Args:
        unit: id of the unit that wrote it; None when nobody knows.

    Raises:
        NotAllowed: what it shall mean cannot stand in that field.
    """
    field = kind.field(key)
    read = coerce(field, typed)
    if field.type is FieldType.CHOICE and read.value is None:
        raise NotAllowed(f"“{typed}”不在可选项中", where=field.label, todo="请从列出的词中选择。")
    value = str(read.value) if field.type is FieldType.CHOICE else typed
    with office.change(f"记住“{written}”是“{typed}”") as session:
        _keep_answer(session, kind.key, key, written, value, unit)
    return session.changed


def remember_name(office: Office, written: str, record_id: str) -> Changed | None:
    """A name that somebody wrote means that unit or branch, from now on, and no other of its unit.

    Raises:
        NotAllowed: the unit or branch is gone.
    """
    with office.change(f"记住“{written}”的所指") as session:
        branch, unit = session.get(Branch, record_id), session.get(Unit, record_id)
        if branch is not None:
            _take_from_others(session, written, branch)
            session.add(Alias(text=written, branch_id=branch.id))
        elif unit is not None:
            session.add(Alias(text=written, unit_id=unit.id))
        else:
            raise NotAllowed("这个组织已不在名册中", where=written, todo="请重新预览后再选择。")
    return session.changed


def _take_from_others(session: Writer, written: str, branch: Branch) -> None:
    """What was said before of the name, in the same unit, was wrong."""
    of_unit = select(Branch.id).where(Branch.unit_id == branch.unit_id)
    for alias in session.scalars(select(Alias).where(Alias.text == written, Alias.branch_id.in_(of_unit))):
        session.delete(alias)


def keep_layout(session: Writer, source: Source, guess: Guess) -> None:
    """Remember how the columns of a layout were matched, for its sender, else for everybody."""
    if not guess.header_rows:
        return
    signature = layout_signature(heading for heading in guess.headings if heading.text)
    sender = source.envelope.address if source.envelope else ""
    same = select(LearnedMapping).where(LearnedMapping.layout == signature, LearnedMapping.sender == sender)
    row = session.scalar(same)
    if row is None:
        row = LearnedMapping(layout=signature, sender=sender)
        session.add(row)
    row.list_key = guess.kind.key
    row.header_row = guess.header_rows[0]
    row.columns = {key: column for column, key in guess.mapping.items()}


def keep_sender(session: Writer, source: Source, plan: ImportPlan) -> None:
    """Remember for which unit an address writes, where somebody or the list says so without a doubt."""
    address = source.envelope.address if source.envelope else ""
    if address and plan.unit is not None and (plan.unit.reason == SAID or not plan.unit.doubts):
        _keep_answer(session, "", _SENDER, address, plan.unit.id)


def remembered(office: Office) -> tuple[Remembered, ...]:
    """All that was learned, the newest first."""
    with office.read() as session:
        changes = _changes(session)
        found = [*_names(session, changes), *_answers(session, changes), *_layouts(session, changes)]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def forget(office: Office, known_ones: Mapping[str, Memory]) -> Changed | None:
    """Ask again from now on; what was imported stays.

    Args:
        known_ones: id → what kind of thing it is.
    """
    with office.change(f"忘记 {len(known_ones)} 条记住的写法") as session:
        for key, memory in known_ones.items():
            record = session.get(_TABLES[memory], key)
            if record is not None:
                session.delete(record)
    return session.changed


_TABLES: Mapping[Memory, type[Record]] = {
    Memory.NAME: Alias,
    Memory.ANSWER: LearnedAnswer,
    Memory.LAYOUT: LearnedMapping,
    Memory.SENDER: LearnedAnswer,
}


def _keep_answer(
    session: Writer, list_key: str, field: str, text: str, value: str, unit: str | None = None
) -> None:
    """One answer of each unit for each text of a field: the newest counts."""
    same = select(LearnedAnswer).where(
        LearnedAnswer.list_key == list_key,
        LearnedAnswer.field == field,
        LearnedAnswer.text == text,
        LearnedAnswer.sender_unit_id.is_(None) if unit is None else LearnedAnswer.sender_unit_id == unit,
    )
    row = session.scalar(same)
    if row is None:
        session.add(
            LearnedAnswer(list_key=list_key, field=field, text=text, value=value, sender_unit_id=unit)
        )
    elif row.value != value:
        row.value = value


_Changes = Mapping[str, tuple[datetime, str]]
"""Id of a change → when, and by whom."""


def _changes(session: Session) -> _Changes:
    """Those by which something was learned."""
    learned_by = union(*(select(table.revision) for table in (Alias, LearnedAnswer, LearnedMapping)))
    found = session.execute(select(Change.id, Change.at, Change.actor).where(Change.id.in_(learned_by)))
    return {key: (at, actor) for key, at, actor in found}


def _names(session: Session, changes: _Changes) -> Iterator[Remembered]:
    query = (
        select(Alias, Branch.name, Unit.name)
        .outerjoin(Branch, Branch.id == Alias.branch_id)
        .outerjoin(Unit, Unit.id == Alias.unit_id)
    )
    for alias, branch, unit in session.execute(query):
        yield _told(changes, alias, Memory.NAME, alias.text, branch or unit or "")


def _answers(session: Session, changes: _Changes) -> Iterator[Remembered]:
    units = dict(iter(session.execute(select(Unit.id, Unit.name))))
    kinds = {kind.key: kind for kind in LIST_KINDS}
    for row in session.scalars(select(LearnedAnswer)):
        if row.field == _SENDER:
            yield _told(changes, row, Memory.SENDER, row.text, units.get(row.value, row.value))
        elif row.list_key in kinds:
            kind = kinds[row.list_key]
            field = kind.field(row.field)
            said_in = f"，{units[row.sender_unit_id]}的表" if row.sender_unit_id else ""
            means = f"{_meaning(field, row.value)}（{kind.label}·{field.label}{said_in}）"
            yield _told(changes, row, Memory.ANSWER, row.text, means)


def _meaning(field: Field, value: str) -> str:
    return label_of(field, value) if field.type is FieldType.CHOICE else value


def _layouts(session: Session, changes: _Changes) -> Iterator[Remembered]:
    labels = {kind.key: kind.label for kind in LIST_KINDS}
    for row in session.scalars(select(LearnedMapping)):
        sender = row.sender or "所有发件人"
        means = f"{labels.get(row.list_key, row.list_key)}，对应 {len(row.columns)} 列"
        yield _told(changes, row, Memory.LAYOUT, f"{sender}的表（表头在第 {row.header_row + 1} 行）", means)


def _told(changes: _Changes, record: Record, memory: Memory, written: str, means: str) -> Remembered:
    return Remembered(record.id, memory, written, means, *changes[record.revision])
