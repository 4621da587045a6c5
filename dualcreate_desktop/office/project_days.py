"""A project's own days: an extension (延期) of a report, an evaluation or a payment, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Project, ProjectDay
from db.vocabulary import ProjectState
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.office import projects
from dualcreate_desktop.office.project_forms import Asked
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.projects import RoundDay, round_days

EXTEND = "调整期限"


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day of a project that differs from the round's, which is `usual`."""

    id: str
    name: str
    clause: str
    usual: date
    day: date
    reason: str


def own_days(session: Session, project_id: str, current: Rules, category: str) -> tuple[OwnDay, ...]:
    """The own days of a project in the order of the round's; one that the rules no longer know is left out."""
    stored = {record.key: record for record in _stored(session, project_id)}
    return tuple(
        OwnDay(record.id, usual.name, usual.clause, usual.day, record.day, record.reason)
        for usual in round_days(current.notice, category)
        if (record := stored.get(usual.key)) is not None
    )


def new_day(office: Office, project_id: str) -> Asked:
    """The form of an extension; where there is only one day, it is that.

    Raises:
        NotAllowed: the project has ended, or the round sets no day.
    """
    with office.read() as session:
        item, current, category = projects.opened(session, project_id)
        _check_open(item)
        usual = round_days(current.notice, category)
        known = {one.key: one.day for one in _stored(session, project_id)}
    if not usual:
        raise NotAllowed("本批次的规则没有给项目定日期", todo="请在批次规则中核对报告、评估和拨款的日期。")
    values = {"key": usual[0].key} if len(usual) == 1 else {}
    return Asked(_fields(usual), Form(None, "", values), _usual_words(usual, known))


def day_form(office: Office, project_id: str, day_id: str) -> Asked:
    """The form of an extension that is registered."""
    asked = new_day(office, project_id)
    with office.read() as session:
        record = _existing(session, day_id)
        values: Mapping[str, Value] = {"key": record.key, "day": record.day, "reason": record.reason or None}
        return Asked(asked.fields, Form(record.id, record.revision, values), asked.hint)


def save_day(office: Office, project_id: str, form: Form) -> Changed | None:
    """Give a project a day of its own; a later word on the same day replaces the earlier.

    Raises:
        NotAllowed: the project has ended, the rules know no such day, there is no reason, or it is the round's day.
    """
    key, day, reason = str(form.values["key"]), form.values["day"], str(form.values.get("reason") or "")
    if not isinstance(day, date):
        raise TypeError("the form of a project's own day holds a day")
    with office.read() as session:
        item, current, category = projects.opened(session, project_id)
        _check_open(item)
        usual = _usual(current, category, key)
    _check(usual, day, reason)
    with office.change(f"{EXTEND} {projects.title_of(office, project_id)}：{usual.name}") as session:
        known = {record.key: record for record in _stored(session, project_id)}
        record = known.get(key) or ProjectDay(project_id=project_id, key=key)
        record.day, record.reason = day, reason.strip()
        session.add(record)
    return session.changed


def remove_day(office: Office, day_id: str) -> Changed | None:
    """Let the round's day hold again."""
    with office.read() as session:
        project_id = _existing(session, day_id).project_id
    with office.change(f"恢复原定期限 {projects.title_of(office, project_id)}") as session:
        session.delete(_existing(session, day_id))
    return session.changed


def _stored(session: Session, project_id: str) -> list[ProjectDay]:
    return list(session.scalars(select(ProjectDay).where(ProjectDay.project_id == project_id)))


def _existing(session: Session, day_id: str) -> ProjectDay:
    record = session.get(ProjectDay, day_id)
    if record is None:
        raise NotAllowed("这条期限调整已不在", todo="请刷新列表。")
    return record


def _usual(current: Rules, category: str, key: str) -> RoundDay:
    for one in round_days(current.notice, category):
        if one.key == key:
            return one
    raise NotAllowed("本批次的规则没有这个日期", todo="请刷新后重新选择。")


def _check_open(item: Project) -> None:
    if item.state in (ProjectState.CLOSED, ProjectState.FAILED):
        raise NotAllowed(f"项目{item.state.label}，不用再调整期限", todo="请核对项目的状态。")


def _check(usual: RoundDay, day: date, reason: str) -> None:
    if not reason.strip():
        raise NotAllowed("请写明调整期限的理由", where=usual.name, todo="如：建设单位书面申请，部务会同意。")
    if day == usual.day:
        raise NotAllowed(f"{usual.name}原定就是 {day:%Y-%m-%d}", todo="请填写另一天，或取消这条调整。")


def _fields(usual: tuple[RoundDay, ...]) -> tuple[Field, ...]:
    choices = tuple(Choice(one.key, one.name) for one in usual)
    return (
        Field("key", "哪个期限", FieldType.CHOICE, required=True, choices=choices, width=20),
        Field("day", "调整到", FieldType.DATE, required=True, width=14, hint="如 2025-05-31"),
        Field("reason", "理由", FieldType.LONG_TEXT, required=True),
    )


def _usual_words(usual: tuple[RoundDay, ...], known: Mapping[str, date]) -> str:
    """The round's days, and where the project has one of its own."""
    return "\n".join(
        f"{one.name}：{one.day:%Y-%m-%d}（{one.clause}）"
        + (f"，已调整到 {known[one.key]:%Y-%m-%d}" if one.key in known else "")
        for one in usual
    )
