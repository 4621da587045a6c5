"""Receiving paper (收件): each copy of each material, when, by whom, and why it was late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Application, Receipt
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice_parts import Material


@dataclass(frozen=True, slots=True)
class Awaited:
    """One copy of one material, received or not."""

    material: str
    name: str
    clause: str
    copy: int
    copies: int
    received_at: datetime | None = None
    received_by: str = ""
    brought_by: str = ""
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of one application."""

    items: tuple[Awaited, ...]

    @property
    def missing(self) -> int:
        """How many copies have not come."""
        return sum(item.received_at is None for item in self.items)

    @property
    def label(self) -> str:
        """In a clerk's words: 两份齐, 还差 1 份, 未收."""
        if not self.items:
            return "无须纸质"
        if self.missing == 0:
            return "两份齐" if all(item.copies == 2 for item in self.items) else "已收齐"
        return "未收" if self.missing == len(self.items) else f"还差 {self.missing} 份"


def papers(session: Session, rules: Rules) -> Mapping[str, Paper]:
    """What has come and what has not, by application."""
    received: dict[tuple[str | None, str, int], Receipt] = {
        (item.application_id, item.material, item.copy): item
        for item in session.scalars(select(Receipt).where(Receipt.round_id == rules.round_id))
    }
    found = session.execute(
        select(Application.id, Application.category).where(Application.round_id == rules.round_id)
    )
    return {
        key: Paper(
            tuple(
                _awaited(material, copy, received.get((key, material.key, copy)))
                for material in materials(rules, category)
                for copy in range(1, material.copies + 1)
            )
        )
        for key, category in found
    }


def papers_of(office: Office, round_id: str) -> Mapping[str, Paper]:
    """`papers`, outside a session."""
    with office.read() as session:
        return papers(session, rules(session, round_id))


def materials(rules: Rules, category: str) -> Sequence[Material]:
    """The documents on paper that an application of that category brings."""
    keys = rules.notice.category(category).materials
    return [material for key in keys if (material := rules.notice.material(key)).copies > 0]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One copy that reached the office.

    Args:
        at: local wall time.
        late_reason: why it is accepted after the deadline; empty when it is not late.
    """

    application_id: str
    material: str
    copy: int
    at: datetime
    brought_by: str = ""
    late_reason: str = ""


def receive(office: Office, round_id: str, arrivals: Iterable[Arrival]) -> Changed | None:
    """Record copies that arrived, as one action.

    Raises:
        NotAllowed: the material or copy is not asked for, has come already, or is late without a reason.
    """
    with office.change("收纸质材料") as session:
        current = rules(session, round_id)
        for arrival in arrivals:
            item = session.get(Application, arrival.application_id)
            if item is None or item.round_id != round_id:
                raise NotAllowed("这项申报不在本批次中", todo="请核对条码或在列表中选择。")
            _check(session, current, item, arrival)
            session.add(
                Receipt(
                    round_id=round_id,
                    unit_id=item.unit_id,
                    application_id=item.id,
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


def _check(session: Session, current: Rules, item: Application, arrival: Arrival) -> None:
    asked = {material.key: material for material in materials(current, item.category)}
    material = asked.get(arrival.material)
    if material is None or not 1 <= arrival.copy <= material.copies:
        raise NotAllowed(
            "本类别不需要这份材料", where=f"{arrival.material} 第{arrival.copy}份", todo="请核对条码。"
        )
    where = f"{material.name} 第{arrival.copy}份"
    same = select(Receipt).where(
        Receipt.application_id == item.id, Receipt.material == arrival.material, Receipt.copy == arrival.copy
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


def _awaited(material: Material, copy: int, receipt: Receipt | None) -> Awaited:
    if receipt is None:
        return Awaited(material.key, material.name, material.clause, copy, material.copies)
    return Awaited(
        material.key,
        material.name,
        material.clause,
        copy,
        material.copies,
        receipt.received_at,
        receipt.received_by,
        receipt.brought_by,
        receipt.late_reason,
    )
