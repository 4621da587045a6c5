"""以往批次结果, 发展党员 and 课题与项目 as lists; 取消资格, which only the check of eligibility shows."""

from __future__ import annotations

from dataclasses import dataclass

from db.models import Debarment, EarlierResult, Growth, Topic
from db.vocabulary import EarlierOutcome
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.lists import DEBARMENTS, EARLIER_RESULTS, GROWTH, TOPICS
from dualcreate_desktop.office.body_lists import EvidenceList, choice_shown, level_order, listing_of


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """One result of an earlier batch as a table shows it."""

    id: str
    unit: str
    subject: str
    batch: str
    level: str
    category: str
    result: EarlierOutcome
    decided: str | None
    title: str
    document: str
    note: str


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One yearly figure of new members as a table shows it."""

    id: str
    unit: str
    subject: str
    year: int
    measure: str
    number: int


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One 党建课题 or 创新项目 as a table shows it."""

    id: str
    unit: str
    subject: str
    kind: str
    title: str
    level: str
    number: str
    leader: str
    started: str | None
    ended: str | None
    note: str


@dataclass(frozen=True, slots=True)
class DebarmentRow:
    """One 取消资格 with who recorded it."""

    id: str
    unit: str
    subject: str
    since: str
    until: str | None
    reason: str
    document: str
    recorded_by: str


EARLIER_LIST = EvidenceList(
    "以往批次结果",
    EARLIER_RESULTS,
    EarlierResult,
    listing_of(
        EarlierRow,
        EarlierResult,
        level_order(EarlierResult.level),
        EarlierResult.batch,
        chip="level",
        level=level_order(EarlierResult.level),
    ),
    (
        Column("subject", "党组织", 34),
        Column("unit", "院级党组织", 18),
        Column("level", "级别", 8, text=choice_shown(EARLIER_RESULTS, "level")),
        Column("batch", "批次", 10),
        Column("category", "创建类别", 12),
        Column("result", "建设结果", 12),
        Column("decided", "认定时间", 12, hidden=True),
        Column("title", "称号", 26, hidden=True),
        Column("document", "文号", 18, hidden=True),
        Column("note", "备注", 20, hidden=True),
    ),
    (EarlierResult.title, EarlierResult.batch, EarlierResult.document),
)

GROWTH_LIST = EvidenceList(
    "发展党员",
    GROWTH,
    Growth,
    listing_of(
        GrowthRow,
        Growth,
        Growth.year.desc(),
        chip="year",
        then=(Growth.measure,),
    ),
    (
        Column("subject", "党组织", 34),
        Column("unit", "院级党组织", 18),
        Column("year", "年度", 8),
        Column("measure", "发展对象类别", 14, text=choice_shown(GROWTH, "measure")),
        Column("number", "发展人数", 10, Align.RIGHT),
    ),
)

TOPIC_LIST = EvidenceList(
    "课题与项目",
    TOPICS,
    Topic,
    listing_of(
        TopicRow,
        Topic,
        Topic.started.desc(),
        chip="level",
        level=level_order(Topic.level),
    ),
    (
        Column("title", "课题名称", 36),
        Column("subject", "党组织", 30),
        Column("unit", "院级党组织", 18),
        Column("kind", "课题类别", 16, text=choice_shown(TOPICS, "kind")),
        Column("level", "级别", 8, text=choice_shown(TOPICS, "level")),
        Column("leader", "负责人", 10),
        Column("started", "立项时间", 12, hidden=True),
        Column("ended", "结题时间", 12, hidden=True),
        Column("number", "课题编号", 14, hidden=True),
        Column("note", "备注", 20, hidden=True),
    ),
    (Topic.title, Topic.leader, Topic.number),
)

DEBARMENT_LIST = EvidenceList(
    "取消资格",
    DEBARMENTS,
    Debarment,
    listing_of(
        DebarmentRow,
        Debarment,
        Debarment.since.desc(),
        chip="recorded_by",
    ),
    (
        Column("subject", "党组织", 34),
        Column("unit", "院级党组织", 18),
        Column("since", "起始时间", 12),
        Column("until", "截止时间", 12, text=lambda value: str(value or "尚未解除")),
        Column("reason", "取消资格事由", 30),
        Column("document", "文号", 18, hidden=True),
        Column("recorded_by", "登记人", 10),
    ),
    (Debarment.reason, Debarment.document),
)
"""For the check of eligibility alone: no dossier, general list or search knows it."""
