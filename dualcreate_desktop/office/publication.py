"""公示 as the window shows it: the list, the notice and its period, and what can be done on this day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import PublicNotice
from db.vocabulary import ApplicationState, Labelled
from dualcreate_desktop.fields import Align, Column, Field, FieldType
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.decisions import planned_period, published
from dualcreate_desktop.office.own_unit import own_unit
from dualcreate_desktop.office.reviews import CategoryRanking, review_round
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.workdays import Period

LISTED = frozenset({ApplicationState.PROPOSED, ApplicationState.SELECTED})


class NoticeState(Labelled):
    """Where the 公示 stands on this day."""

    NO_LIST = "no_list", "尚无名单"
    READY = "ready", "待公示"
    COMING = "coming", "未开始"
    RUNNING = "running", "公示中"
    OVER = "over", "已满"
    FINAL = "final", "已确定入选"


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One name of the proposed or final list; `number` within its category."""

    id: str
    number: int
    title: str
    unit: str
    kind: str
    secretary: str
    category: str
    category_name: str
    place: int | None
    state: ApplicationState


@dataclass(frozen=True, slots=True)
class Issued:
    """The notice that is out."""

    issued: date
    period: Period
    organ: str
    contacts: str


@dataclass(frozen=True, slots=True)
class Publication:
    """All that the page shows.

    Args:
        workdays: how many the rules ask for; `issue_day_counts` whether the day of issue is the first.
        organ, contacts: what to propose: as 本单位设置 has it, else as the last 公示 had it or the notice names it.
    """

    state: NoticeState
    rows: tuple[ListedRow, ...]
    notice: Issued | None
    workdays: int
    issue_day_counts: bool
    organ: str
    contacts: str


LISTED_COLUMNS = (
    Column("number", "序号", 6, Align.RIGHT),
    Column("title", "党组织", 34),
    Column("category_name", "类别", 16),
    Column("kind", "类型", 14, hidden=True),
    Column("secretary", "书记", 10),
    Column("place", "评审名次", 9, Align.RIGHT),
    Column("state", "状态", 11, pill=True),
    Column("unit", "院级党组织", 18, hidden=True),
)


NOTICE_FIELDS = (
    Field("issued", "发布日期", FieldType.DATE, required=True, width=12, hint="如：2024.4.7"),
    Field("organ", "落款单位", FieldType.TEXT, required=True, width=24, hint="如：中共某大学委员会组织部"),
    Field(
        "contacts",
        "受理部门",
        FieldType.LONG_TEXT,
        required=True,
        hint="每行一个部门：名称 电话 地点 邮箱，用空格隔开",
    ),
)
"""What is asked for a 公示."""


def publication(office: Office, round_id: str) -> Publication:
    """The list and the notice of a round as they stand today."""
    result = review_round(office, round_id)
    with office.read() as session:
        notice = published(session, round_id)
        issued = None if notice is None else _issued(session, notice, rules(session, round_id))
        own, last = own_unit(session), _last(session)
        order = {row.id: place for place, row in enumerate(applications(session, round_id))}
    rows = tuple(row for category in result.categories for row in _listed(category, order))
    rule = result.rules.notice.public_notice
    return Publication(
        _state(rows, issued, office.clock().date()),
        rows,
        issued,
        rule.workdays,
        rule.issue_day_counts,
        own.organ or (last.organ if last else ""),
        own.contacts or (last.contacts if last else "") or _named(result.rules),
    )


def _last(session: Session) -> PublicNotice | None:
    """The newest 公示 of any round."""
    return session.scalar(select(PublicNotice).order_by(PublicNotice.issued.desc()).limit(1))


def _named(current: Rules) -> str:
    """The contacts that the notice of the round names."""
    parts = (
        filter(None, (item.name, item.phone, item.place, item.email)) for item in current.notice.contacts
    )
    return "\n".join(map(" ".join, parts))


def period_for(office: Office, round_id: str, issued: date) -> Period:
    """The period of a 公示 that would be issued on a day, with what was assumed."""
    with office.read() as session:
        return planned_period(session, rules(session, round_id), issued)


def in_words(period: Period, workdays: int) -> str:
    """2024年4月8日至4月12日，5 个工作日."""
    first, last = period.first, period.last
    year = "" if last.year == first.year else f"{last.year}年"
    span = f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"
    return f"{span}，{workdays} 个工作日"


def _issued(session: Session, notice: PublicNotice, current: Rules) -> Issued:
    notes = planned_period(session, current, notice.issued).notes
    return Issued(
        notice.issued, Period(notice.first_day, notice.last_day, notes), notice.organ, notice.contacts
    )


def _state(rows: tuple[ListedRow, ...], issued: Issued | None, today: date) -> NoticeState:
    if not rows:
        return NoticeState.NO_LIST
    if all(row.state is ApplicationState.SELECTED for row in rows):
        return NoticeState.FINAL
    if issued is None:
        return NoticeState.READY
    if today < issued.period.first:
        return NoticeState.COMING
    return NoticeState.RUNNING if today <= issued.period.last else NoticeState.OVER


def _listed(category: CategoryRanking, order: dict[str, int]) -> list[ListedRow]:
    """The names of a category in the order of the registry, as they are published."""
    places = {row.application: row.place for row in category.ranking.rows}
    listed = sorted(
        (row for row in category.rows.values() if row.state in LISTED), key=lambda row: order[row.id]
    )
    return [
        ListedRow(
            row.id,
            number,
            row.title,
            row.unit,
            row.kind_label,
            row.secretary or "",
            row.category,
            category.category.short_name,
            places.get(row.id),
            row.state,
        )
        for number, row in enumerate(listed, 1)
    ]
