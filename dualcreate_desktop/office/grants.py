"""核定名额和免报: what the office decides for one unit in a round beside the rules, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.history import Writer
from db.models import Exemption, QuotaGrant, Unit
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.quota_rules import Obligation
from dualcreate_desktop.rules.quotas import Override, UnitExemption

ALLOWED, EXEMPT, REASON, BY = "allowed", "exempt", "reason", "by"
"""What is asked in each category; the keys of a form are ``category.allowed`` and so on."""

Key = tuple[str, str]
"""Unit and category."""


@dataclass(frozen=True, slots=True)
class GrantForm:
    """What is asked for one unit.

    Args:
        groups: name of the category → its fields.
    """

    unit: str
    groups: tuple[tuple[str, tuple[Field, ...]], ...]
    form: Form


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the form says of one category."""

    allowed: int | None
    exempt: bool
    reason: str
    by: str


def overrides(session: Session | Writer, round_id: str) -> dict[Key, Override]:
    """The numbers that the office grants in the place of the quota."""
    stored = session.scalars(select(QuotaGrant).where(QuotaGrant.round_id == round_id))
    return {(item.unit_id, item.category): Override(item.allowed, item.reason, item.by) for item in stored}


def exemptions(session: Session | Writer, round_id: str) -> dict[Key, UnitExemption]:
    """The duties that the office lifts."""
    stored = session.scalars(select(Exemption).where(Exemption.round_id == round_id))
    return {(item.unit_id, item.category): UnitExemption(item.reason, item.by) for item in stored}


def grant_form(office: Office, round_id: str, unit_id: str) -> GrantForm:
    """What is decided for a unit now; whoever sits here is proposed as the one who decides.

    Raises:
        StaleData: the unit is gone.
    """
    with office.read() as session:
        notice = rules(session, round_id).notice
        unit = _unit(session, unit_id)
        granted, lifted = overrides(session, round_id), exemptions(session, round_id)
    values: dict[str, Value] = {}
    for category in notice.categories:
        key = (unit_id, category.key)
        values |= _values(category.key, granted.get(key), lifted.get(key), office.actor.name)
    return GrantForm(unit.name, tuple(_groups(notice)), Form(unit_id, unit.revision, values))


def save_grants(office: Office, round_id: str, form: Form) -> Changed | None:
    """Write what is decided for a unit as one change; None when nothing differs.

    Raises:
        NotAllowed: something is granted or lifted without a reason, or a reason stands beside nothing.
        StaleData: the unit is gone.
    """
    unit_id = str(form.record_id)
    with office.read() as session:
        notice, unit = rules(session, round_id).notice, _unit(session, unit_id)
    answers = {category.key: _answer(form.values, category.key) for category in notice.categories}
    for category in notice.categories:
        _check(category.short_name, answers[category.key])
    with office.change(f"核定名额和免报 {unit.name}") as session:
        for key, answer in answers.items():
            _write_grant(session, (round_id, unit_id, key), answer)
            _write_exemption(session, (round_id, unit_id, key), answer)
    return session.changed


def _unit(session: Session, unit_id: str) -> Unit:
    record = session.get(Unit, unit_id)
    if record is None:
        raise StaleData("这个院级党组织已被删除", todo="请刷新列表。")
    return record


def _groups(notice: Notice) -> Iterator[tuple[str, tuple[Field, ...]]]:
    bound = {rule.category for rule in notice.quotas if isinstance(rule.limit, Obligation)}
    for category in notice.categories:
        key = category.key
        fields = [Field(f"{key}.{ALLOWED}", "核定可报数", FieldType.INTEGER, minimum=0, hint="不填按规则")]
        if key in bound:
            fields.append(Field(f"{key}.{EXEMPT}", "免报（不要求必须申报）", FieldType.FLAG))
        fields.append(Field(f"{key}.{BY}", "决定人", hint="如：部务会、王处长"))
        fields.append(Field(f"{key}.{REASON}", "理由", width=40, hint="如：机关党委不设学生党支部"))
        yield category.short_name, tuple(fields)


def _values(
    category: str, granted: Override | None, lifted: UnitExemption | None, actor: str
) -> dict[str, Value]:
    known = granted or lifted
    return {
        f"{category}.{ALLOWED}": granted.allowed if granted else None,
        f"{category}.{EXEMPT}": lifted is not None,
        f"{category}.{BY}": known.by if known else actor or None,
        f"{category}.{REASON}": known.reason if known else None,
    }


def _answer(values: Mapping[str, Value], category: str) -> _Answer:
    allowed = values.get(f"{category}.{ALLOWED}")
    return _Answer(
        allowed if isinstance(allowed, int) else None,
        bool(values.get(f"{category}.{EXEMPT}")),
        str(values.get(f"{category}.{REASON}") or "").strip(),
        str(values.get(f"{category}.{BY}") or "").strip(),
    )


def _check(category: str, answer: _Answer) -> None:
    decided = answer.allowed is not None or answer.exempt
    if decided and not answer.reason:
        raise NotAllowed("请写明核定或免报的理由", where=category, todo="如：机关党委不设学生党支部。")
    if decided and not answer.by:
        raise NotAllowed("请写明由谁决定", where=category, todo="如：部务会。")
    if answer.reason and not decided:
        raise NotAllowed(
            "写了理由，但没有核定数，也没有勾选免报", where=category, todo="请补上，或删去理由。"
        )


def _write_grant(session: Writer, key: tuple[str, str, str], answer: _Answer) -> None:
    round_id, unit_id, category = key
    record = session.scalar(
        select(QuotaGrant).where(
            QuotaGrant.round_id == round_id, QuotaGrant.unit_id == unit_id, QuotaGrant.category == category
        )
    )
    if answer.allowed is None:
        if record is not None:
            session.delete(record)
        return
    record = record or QuotaGrant(round_id=round_id, unit_id=unit_id, category=category)
    record.allowed, record.reason, record.by = answer.allowed, answer.reason, answer.by
    session.add(record)


def _write_exemption(session: Writer, key: tuple[str, str, str], answer: _Answer) -> None:
    round_id, unit_id, category = key
    record = session.scalar(
        select(Exemption).where(
            Exemption.round_id == round_id, Exemption.unit_id == unit_id, Exemption.category == category
        )
    )
    if not answer.exempt:
        if record is not None:
            session.delete(record)
        return
    record = record or Exemption(round_id=round_id, unit_id=unit_id, category=category)
    record.reason, record.by = answer.reason, answer.by
    session.add(record)
