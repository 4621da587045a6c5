"""评价标准: the scale of each kind of appraisal and year, and where recorded points and grades contradict it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.models import Appraisal, AppraisalScale, Branch, Unit
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.lists import APPRAISALS
from dualcreate_desktop.office import records
from dualcreate_desktop.office.body_lists import SUBJECT, choice_shown
from dualcreate_desktop.office.registry import UNIT_SHOWN
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.scales import Band, Contradiction, Graded, Scale, Share, contradictions

_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One scale as a table shows it.

    Args:
        bands: 好 ≥90%，较好 ≥80% …; empty where grades are given without points.
        shares: 好 ≤30% …
        graded: how many appraisals of its kind and year are recorded.
    """

    id: str
    kind: str
    year: int
    maximum: Decimal | None
    bands: str
    shares: str
    graded: int
    note: str


SCALE_COLUMNS = (
    Column("year", "年度", 8),
    Column("kind", "考核类型", 16, text=choice_shown(APPRAISALS, "kind")),
    Column("maximum", "满分", 8, Align.RIGHT),
    Column("bands", "等次分数线", 40),
    Column("shares", "等次比例上限", 24),
    Column("graded", "已登记", 8, Align.RIGHT),
    Column("note", "备注", 20, hidden=True),
)

CONTRADICTION_COLUMNS = (
    Column("unit", "院级党组织", 20),
    Column("text", "不一致的情况", 80),
)


@dataclass(frozen=True, slots=True)
class ScaleForm:
    """A scale as it is edited; `scale_id` is None for a new one."""

    scale_id: str | None
    revision: str
    scale: Scale
    note: str = ""


def scales(office: Office) -> tuple[ScaleRow, ...]:
    """All scales, the newest year first."""
    with office.read() as session:
        counted = select(Appraisal.kind, Appraisal.year, func.count()).group_by(
            Appraisal.kind, Appraisal.year
        )
        graded = {(kind, year): count for kind, year, count in session.execute(counted)}
        return tuple(_row(record, graded.get((record.kind, record.year), 0)) for record in _stored(session))


def scale_form(office: Office, scale_id: str) -> ScaleForm:
    """What a form shows of a scale; StaleData when it is gone."""
    with office.read() as session:
        record = session.get(AppraisalScale, scale_id)
        if record is None:
            raise StaleData("这条评价标准已被删除", todo="请刷新列表。")
        return ScaleForm(record.id, record.revision, _scale(record), record.note)


def save_scale(office: Office, form: ScaleForm) -> str:
    """Write a scale as one change; returns its id.

    Raises:
        NotAllowed: two bands are the same, a percentage is none, or that kind and year have a scale already.
        StaleData: somebody changed it since the form read it.
    """
    _check(form.scale)
    scale = form.scale
    verb = "新增" if form.scale_id is None else "修改"
    with office.change(f"{verb}评价标准 {_name(scale)}") as session:
        same = select(AppraisalScale).where(
            AppraisalScale.kind == scale.kind, AppraisalScale.year == scale.year
        )
        twin = session.scalar(same)
        if twin is not None and twin.id != form.scale_id:
            raise NotAllowed(f"{_name(scale)}的评价标准已经登记", todo="请修改原有的那一条。")
        if form.scale_id is None:
            return session.record_new(AppraisalScale, [_columns(form)])[0]
        record = session.get(AppraisalScale, form.scale_id)
        if record is None or record.revision != form.revision:
            raise StaleData("这条评价标准在您填写期间被修改过", todo="请重新打开后再改。")
        records.assign(record, _columns(form))
    return form.scale_id


def delete_scale(office: Office, scale_id: str) -> Changed | None:
    """Take a scale out; StaleData when it is gone."""
    form = scale_form(office, scale_id)
    with office.change(f"删除评价标准 {_name(form.scale)}") as session:
        session.delete(session.get_one(AppraisalScale, scale_id))
    return session.changed


def inconsistencies(office: Office) -> tuple[Contradiction, ...]:
    """All recorded appraisals that contradict their scale, the newest year first."""
    with office.read() as session:
        return contradictions_in(session)


def year_of(office: Office, line: Contradiction) -> str:
    """The assessed year that a line speaks of, as the chips of the list have it; empty when its records are gone."""
    with office.read() as session:
        found = session.scalar(select(Appraisal.year).where(Appraisal.id.in_(line.sources)).limit(1))
        return "" if found is None else str(found)


def contradictions_in(session: Session) -> tuple[Contradiction, ...]:
    """`inconsistencies`, inside a session."""
    return contradictions([_scale(record) for record in _stored(session)], _graded(session))


def _stored(session: Session) -> Sequence[AppraisalScale]:
    return session.scalars(
        select(AppraisalScale).order_by(AppraisalScale.year.desc(), AppraisalScale.kind)
    ).all()


def _graded(session: Session) -> list[Graded]:
    told = (Appraisal.kind, Appraisal.year, Appraisal.grade, Appraisal.score, Appraisal.maximum, Appraisal.id)
    query = (
        select(UNIT_SHOWN, SUBJECT, *told)
        .join(Unit, Appraisal.unit_id == Unit.id)
        .outerjoin(Branch, Appraisal.branch_id == Branch.id)
    )
    return [Graded(*row) for row in session.execute(query)]


def _scale(record: AppraisalScale) -> Scale:
    return Scale(
        record.kind,
        record.year,
        record.maximum,
        tuple(Band(grade, Decimal(least)) for grade, least in record.bands),
        tuple(Share(grade, Decimal(most)) for grade, most in record.shares),
    )


def _columns(form: ScaleForm) -> dict[str, object]:
    scale = form.scale
    return {
        "kind": scale.kind,
        "year": scale.year,
        "maximum": scale.maximum,
        "bands": [
            [band.grade, f"{band.at_least:f}"]
            for band in sorted(scale.bands, key=lambda band: band.at_least, reverse=True)
        ],
        "shares": [[share.grade, f"{share.percent:f}"] for share in scale.shares],
        "note": form.note,
    }


def _check(scale: Scale) -> None:
    """Every number is a percentage; no grade and no line stands twice."""
    if scale.maximum is not None and scale.maximum <= 0:
        raise NotAllowed("满分须大于零", todo="请改正满分。")
    lines = [band.at_least for band in scale.bands]
    if len(set(lines)) < len(lines):
        raise NotAllowed("两个等次的分数线相同", todo="请核对各等次的最低百分比。")
    for number in (*lines, *(share.percent for share in scale.shares)):
        if not 0 <= number <= _ALL:
            raise NotAllowed(f"{number:f} 不是 0 至 100 之间的百分比", todo="请改正百分比。")
    for grades in ([band.grade for band in scale.bands], [share.grade for share in scale.shares]):
        if len(set(grades)) < len(grades):
            raise NotAllowed("同一等次写了两次", todo="请删去重复的一行。")


def _row(record: AppraisalScale, graded: int) -> ScaleRow:
    scale = _scale(record)
    return ScaleRow(
        record.id,
        scale.kind,
        scale.year,
        scale.maximum,
        "，".join(f"{band.grade} ≥{band.at_least:f}%" for band in scale.bands),
        "，".join(f"{share.grade} ≤{share.percent:f}%" for share in scale.shares),
        graded,
        record.note,
    )


def _name(scale: Scale) -> str:
    return f"{scale.year}年{records.label_of(APPRAISALS.field('kind'), scale.kind)}"
