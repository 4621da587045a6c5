"""考核评价, 表彰荣誉 and 负面情形 as lists."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case

from db.models import Appraisal, Honour, Incident
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.lists import APPRAISALS, HONOURS, INCIDENTS
from dualcreate_desktop.office.body_lists import (
    SUBJECT,
    EvidenceList,
    choice_shown,
    level_order,
    listing_of,
    yes_shown,
)


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """One 考核评价 as a table shows it; `subject` is the branch, or the unit itself."""

    id: str
    unit: str
    subject: str
    year: int
    kind: str
    grade: str | None
    score: object
    rank: int | None
    note: str
    maximum: object
    secretary: str | None
    held_on: str | None
    reported: bool | None


@dataclass(frozen=True, slots=True)
class HonourRow:
    """One 表彰荣誉 as a table shows it; `winner` is the named holder, else the branch or unit."""

    id: str
    unit: str
    subject: str
    winner: str
    holder: str
    title: str
    level: str
    awarded: str
    authority: str
    document: str
    party: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One 负面情形 as a table shows it."""

    id: str
    unit: str
    subject: str
    kind: str
    occurred: str
    description: str
    source: str
    note: str
    recorded_by: str | None


APPRAISAL_LIST = EvidenceList(
    "考核评价",
    APPRAISALS,
    Appraisal,
    listing_of(
        AppraisalRow,
        Appraisal,
        Appraisal.year.desc(),
        chip="year",
        then=(Appraisal.kind,),
        newest_first=True,
    ),
    (
        Column("subject", "考核对象", 34),
        Column("unit", "院级党组织", 18),
        Column("year", "年度", 8),
        Column("kind", "考核类型", 14, text=choice_shown(APPRAISALS, "kind")),
        Column("grade", "等次", 8),
        Column("score", "得分", 8, Align.RIGHT),
        Column("rank", "排名", 8, Align.RIGHT),
        Column("maximum", "满分", 8, Align.RIGHT, hidden=True),
        Column("secretary", "被评议书记", 12, hidden=True),
        Column("held_on", "考核时间", 12, hidden=True),
        Column("reported", "等次已上报", 12, text=yes_shown, hidden=True),
        Column("note", "备注", 20, hidden=True),
    ),
)

HONOUR_LIST = EvidenceList(
    "表彰荣誉",
    HONOURS,
    Honour,
    listing_of(
        HonourRow,
        Honour,
        Honour.awarded.desc(),
        chip="level",
        shown={"winner": case((Honour.holder_name == "", SUBJECT), else_=Honour.holder_name)},
        level=level_order(Honour.level),
    ),
    (
        Column("title", "荣誉名称", 30),
        Column("winner", "获奖者", 24),
        Column("unit", "院级党组织", 18),
        Column("level", "级别", 8, text=choice_shown(HONOURS, "level")),
        Column("awarded", "表彰时间", 12),
        Column("holder", "获奖对象", 12),
        Column("authority", "授予机关", 20, hidden=True),
        Column("document", "文号", 18, hidden=True),
        Column("party", "党内荣誉", 10, text=yes_shown, hidden=True),
        Column("note", "备注", 20, hidden=True),
    ),
    (Honour.title, Honour.holder_name, Honour.authority, Honour.document),
)

INCIDENT_LIST = EvidenceList(
    "负面情形",
    INCIDENTS,
    Incident,
    listing_of(
        IncidentRow,
        Incident,
        Incident.occurred.desc(),
        chip="kind",
    ),
    (
        Column("subject", "党组织", 34),
        Column("unit", "院级党组织", 18),
        Column("kind", "情形", 18, text=choice_shown(INCIDENTS, "kind")),
        Column("occurred", "发生时间", 12),
        Column("source", "来源", 14),
        Column("recorded_by", "登记人", 10),
        Column("description", "情况说明", 30, hidden=True),
        Column("note", "备注", 20, hidden=True),
    ),
    (Incident.description, Incident.source),
)
