"""Receiving paper (收件): each copy of each material, when, by whom, and why it was late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.errors import NotAllowed
from db.models import Application, Receipt, Unit
from db.vocabulary import PaperState
from dualcreate_desktop.office import registry
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice_parts import Material, MaterialOwner

ELECTRONIC = 0
"""The number under which the file of a material is received; its copies on paper are counted from 1."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """One copy of one material, received or not; `deadline` is the last minute in which it needs no reason.

    Args:
        copy: from 1 to `copies`; ELECTRONIC for the file.
    """

    material: str
    name: str
    clause: str
    copy: int
    copies: int
    deadline: datetime
    received_at: datetime | None = None
    received_by: str = ""
    brought_by: str = ""
    late_reason: str = ""

    @property
    def label(self) -> str:
        """第1份, 电子版."""
        return copy_label(self.copy)


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of one application, or what a unit sends once.

    Args:
        items: the copies on paper.
        files: the electronic versions that are asked for; they are told, and not counted as paper.
    """

    items: tuple[Awaited, ...]
    files: tuple[Awaited, ...] = ()

    @property
    def missing(self) -> int:
        """How many copies have not come."""
        return sum(item.received_at is None for item in self.items)

    @property
    def has_come(self) -> bool:
        """Whether at least one copy has come."""
        return self.missing < len(self.items)

    @property
    def state(self) -> PaperState:
        """How far it has come."""
        if not self.items:
            return PaperState.NOT_ASKED
        if self.missing == 0:
            return PaperState.COMPLETE
        return PaperState.MISSING if self.missing == len(self.items) else PaperState.PARTIAL

    @property
    def label(self) -> str:
        """In a clerk's words: 两份齐, 还差 1 份, 未收."""
        if self.state is PaperState.COMPLETE and all(item.copies == 2 for item in self.items):
            return "两份齐"
        return f"还差 {self.missing} 份" if self.state is PaperState.PARTIAL else self.state.label


def papers(session: Session, rules: Rules) -> Mapping[str, Paper]:
    """What has come and what has not, by application."""
    came = _came(session, rules, Receipt.application_id)
    found = session.execute(
        select(Application.id, Application.category).where(Application.round_id == rules.round_id)
    )
    return {key: _paper(rules, _documents(rules, category), key, came) for key, category in found}


def unit_papers(session: Session, rules: Rules) -> Mapping[str, Paper]:
    """What units send once, such as the 推荐汇总表: what has come and what has not, by unit."""
    came = _came(session, rules, Receipt.unit_id, Receipt.application_id.is_(None))
    asked = [item for item in rules.notice.materials if item.owner is MaterialOwner.UNIT]
    return {key: _paper(rules, asked, key, came) for key in session.scalars(select(Unit.id))}


def papers_of(office: Office, round_id: str) -> Mapping[str, Paper]:
    """`papers`, outside a session."""
    with office.read() as session:
        return papers(session, rules(session, round_id))


def copy_label(copy: int) -> str:
    """What the office calls a copy: 第1份, 电子版."""
    return "电子版" if copy == ELECTRONIC else f"第{copy}份"


def materials(rules: Rules, category: str) -> Sequence[Material]:
    """The documents on paper that an application of that category brings."""
    return [material for material in _documents(rules, category) if material.copies > 0]


def _documents(rules: Rules, category: str) -> Sequence[Material]:
    """All documents of an application of that category, on paper or not."""
    return [rules.notice.material(key) for key in rules.notice.category(category).materials]


def unit_materials(rules: Rules) -> Sequence[Material]:
    """The documents on paper that every unit sends once."""
    return [item for item in rules.notice.materials if item.owner is MaterialOwner.UNIT and item.copies > 0]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One copy that reached the office.

    Args:
        application_id: None for what a unit sends once; `unit_id` says which then.
        at: local wall time.
        late_reason: why it is accepted after the deadline; empty when it is not late.
    """

    application_id: str | None
    material: str
    copy: int
    at: datetime
    brought_by: str = ""
    late_reason: str = ""
    unit_id: str | None = None


def receive(office: Office, round_id: str, arrivals: Iterable[Arrival]) -> Changed | None:
    """Record copies that arrived, as one action.

    Raises:
        NotAllowed: the material or copy is not asked for, has come already, or is late without a reason.
    """
    came = list(arrivals)
    with office.change(f"收纸质材料 {_brought(office, came)}（{len(came)} 份）") as session:
        current = rules(session, round_id)
        for arrival in came:
            sender = _sender(session, current, arrival)
            _check(session, current, sender, arrival)
            session.add(
                Receipt(
                    round_id=round_id,
                    unit_id=sender.unit_id,
                    application_id=arrival.application_id,
                    material=arrival.material,
                    copy=arrival.copy,
                    received_at=arrival.at,
                    received_by=office.actor.name,
                    brought_by=arrival.brought_by,
                    late_reason=arrival.late_reason.strip(),
                )
            )
            session.flush()
    return session.changed


def _brought(office: Office, came: Sequence[Arrival]) -> str:
    """Of whom: 某学院, 某学院等 2 个单位."""
    applied = [item.application_id for item in came if item.application_id]
    with office.read() as session:
        of_applications = session.scalars(
            select(Application.unit_id).where(Application.id.in_(applied)).distinct()
        )
        ids = {*of_applications, *(item.unit_id for item in came if item.unit_id)}
        names = session.scalars(
            select(registry.UNIT_SHOWN).where(Unit.id.in_(ids)).order_by(Unit.order_no, Unit.sort_key)
        ).all()
    return f"{names[0]}等 {len(names)} 个单位" if len(names) > 1 else "".join(names)


@dataclass(frozen=True, slots=True)
class _Sender:
    """Whose paper it is, and what is asked of it."""

    unit_id: str
    asked: Sequence[Material]


def _sender(session: Session, current: Rules, arrival: Arrival) -> _Sender:
    if arrival.application_id is None:
        if arrival.unit_id is None or session.get(Unit, arrival.unit_id) is None:
            raise NotAllowed("这个院级党组织不在名册中", todo="请核对条码或在列表中选择。")
        own = [item for item in current.notice.materials if item.owner is MaterialOwner.UNIT]
        return _Sender(arrival.unit_id, own)
    item = session.get(Application, arrival.application_id)
    if item is None or item.round_id != current.round_id:
        raise NotAllowed("这项申报不在本批次中", todo="请核对条码或在列表中选择。")
    return _Sender(item.unit_id, _documents(current, item.category))


def _check(session: Session, current: Rules, sender: _Sender, arrival: Arrival) -> None:
    asked = {material.key: material for material in sender.asked}
    material = asked.get(arrival.material)
    if material is None or not _is_asked(material, arrival.copy):
        where = f"{arrival.material} {copy_label(arrival.copy)}"
        raise NotAllowed("本类别不需要这份材料", where=where, todo="请核对条码。")
    where = f"{material.name} {copy_label(arrival.copy)}"
    same = select(Receipt).where(
        Receipt.round_id == current.round_id,
        Receipt.unit_id == sender.unit_id,
        Receipt.application_id.is_(None)
        if arrival.application_id is None
        else Receipt.application_id == arrival.application_id,
        Receipt.material == arrival.material,
        Receipt.copy == arrival.copy,
    )
    earlier = session.scalar(same)
    if earlier is not None:
        when = f"{earlier.received_at:%Y-%m-%d %H:%M} 由{earlier.received_by}收下"
        raise NotAllowed(f"这一份已于 {when}", where=where, todo="如登记有误，请先撤销原登记。")
    deadline = current.notice.stage(material.stage).deadline
    if arrival.at > deadline and not arrival.late_reason.strip():
        raise NotAllowed(
            f"已过截止时间 {deadline:%Y-%m-%d %H:%M}（{material.clause}）",
            where=where,
            todo="如同意接收，请填写逾期原因。",
        )


def _is_asked(material: Material, copy: int) -> bool:
    return material.electronic if copy == ELECTRONIC else 1 <= copy <= material.copies


_Came = Mapping[tuple[str | None, str, int], Receipt]


def _came(
    session: Session,
    rules: Rules,
    owner: InstrumentedAttribute[Any],
    *wanted: ColumnElement[bool],
) -> _Came:
    """What came in a round, by owner, material and copy."""
    found = session.scalars(select(Receipt).where(Receipt.round_id == rules.round_id, *wanted))
    return {(getattr(item, owner.key), item.material, item.copy): item for item in found}


def _paper(rules: Rules, asked: Iterable[Material], owner: str, came: _Came) -> Paper:
    wanted = [
        (material, copy)
        for material in asked
        for copy in range(ELECTRONIC, material.copies + 1)
        if _is_asked(material, copy)
    ]
    awaited = [
        _awaited(rules, material, copy, came.get((owner, material.key, copy))) for material, copy in wanted
    ]
    return Paper(
        tuple(item for item in awaited if item.copy != ELECTRONIC),
        tuple(item for item in awaited if item.copy == ELECTRONIC),
    )


def _awaited(rules: Rules, material: Material, copy: int, receipt: Receipt | None) -> Awaited:
    deadline = rules.notice.stage(material.stage).deadline
    if receipt is None:
        return Awaited(material.key, material.name, material.clause, copy, material.copies, deadline)
    return Awaited(
        material.key,
        material.name,
        material.clause,
        copy,
        material.copies,
        deadline,
        receipt.received_at,
        receipt.received_by,
        receipt.brought_by,
        receipt.late_reason,
    )
