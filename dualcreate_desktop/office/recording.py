"""Rows that are stored as they are listed: appraisals, honours, incidents and what else is known of a body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.history import Writer
from db.models import (
    Appraisal,
    AppraisalScale,
    Debarment,
    EarlierResult,
    Growth,
    Honour,
    Incident,
    Staffing,
    Topic,
)
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.lists import (
    APPRAISALS,
    DEBARMENTS,
    EARLIER_RESULTS,
    GROWTH,
    HONOURS,
    INCIDENTS,
    STAFFING,
    TOPICS,
)
from dualcreate_desktop.office import records, scored_items
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.scored_items import ITEMS

OfBody = Appraisal | Honour | Incident | EarlierResult | Growth | Topic | Debarment
"""A record of a unit or of one of its branches."""

MODELS: Mapping[str, type[OfBody | Staffing]] = {
    APPRAISALS.key: Appraisal,
    HONOURS.key: Honour,
    INCIDENTS.key: Incident,
    EARLIER_RESULTS.key: EarlierResult,
    STAFFING.key: Staffing,
    GROWTH.key: Growth,
    TOPICS.key: Topic,
    DEBARMENTS.key: Debarment,
}
"""The table of each such list, by its key."""

USUAL_MAXIMUM = Decimal(100)
"""The greatest points where neither the list nor a scale says."""

_SIGNED = (INCIDENTS.key, DEBARMENTS.key)
"""Lists whose rows name who recorded them."""


def insert(
    session: Writer, kind: ListKind, rows: Sequence[Mapping[str, Value]], *, recorded_by: str = ""
) -> list[str]:
    """Add rows of one of these lists through the bulk door; returns their ids."""
    model = MODELS[kind.key]
    signed = {"recorded_by": recorded_by} if kind.key in _SIGNED else {}
    return session.record_new(model, [{**_columns(kind, model, row), **signed} for row in rows])


def update(session: Writer, kind: ListKind, rows: Mapping[str, Mapping[str, Value]]) -> None:
    """Write the given values of rows, by id; keys that are not given stay."""
    model = MODELS[kind.key]
    for record in records.stored(session, model, rows):
        records.assign(record, _columns(kind, model, rows[record.id]))


def _columns(kind: ListKind, model: type[OfBody | Staffing], row: Mapping[str, Value]) -> dict[str, object]:
    """The columns of a row; the 突出考核项 of an appraisal are typed as one text."""
    items = {ITEMS: scored_items.stored(row[ITEMS])} if ITEMS in row else {}
    return {**records.to_columns(kind, model, row), **items}


def greatest_points(session: Session) -> dict[tuple[object, object], Decimal]:
    """Kind and year → the greatest points of that scale, where one says so."""
    told = select(AppraisalScale.kind, AppraisalScale.year, AppraisalScale.maximum)
    return {(kind, year): most for kind, year, most in session.execute(told) if most is not None}


def points_trouble(row: Mapping[str, Value], greatest: Mapping[tuple[object, object], Decimal]) -> str:
    """Why the points of an appraisal cannot be; empty when they can."""
    points, own = row.get("score"), row.get("maximum")
    most = (
        own if isinstance(own, Decimal) else greatest.get((row.get("kind"), row.get("year")), USUAL_MAXIMUM)
    )
    if not isinstance(points, Decimal) or points <= most:
        return ""
    return f"得分 {points:f} 超出满分 {most:f}"
