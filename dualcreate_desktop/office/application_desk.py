"""申报 at one moment: every application of a round with its verdict, its paper, its quota and its newest change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from db.models import Application, Change, Confirmation, Receipt
from db.vocabulary import ApplicationState, PaperState, Verdict
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.eligibility import Assessment, assess
from dualcreate_desktop.office.finding_prints import Since, since_printed
from dualcreate_desktop.office.quotas import QuotaRow, quotas
from dualcreate_desktop.office.receipts import Paper, papers, unit_papers
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from dualcreate_desktop.rules.quotas import QuotaLine

UNVERIFIED, FAILED, NO_PAPER, OVER = "unverified", "failed", "paper", "over"
REPRINT = "reprint"

ATTENTION: Mapping[str, str] = {
    UNVERIFIED: "待核实",
    FAILED: "不通过",
    NO_PAPER: "缺纸质",
    OVER: "超名额",
    REPRINT: "打印后有变",
}
"""What a clerk looks for first; an application may be under several of them, and under its state."""

OUT = frozenset({ApplicationState.WITHDRAWN, ApplicationState.NOT_SELECTED, ApplicationState.INELIGIBLE})
"""States in which nothing is wanted of an application any more."""


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application as the table shows it.

    Args:
        groups: keys of `ATTENTION` and of the state: the chips under which it is found.
        updated: when it, a word on a condition or a receipt of it was changed last.
    """

    id: str
    unit_id: str
    preference: int | None
    applicant: str
    unit: str
    category: str
    kind: str
    verdict: Verdict
    paper: Paper
    state: ApplicationState
    updated: datetime | None
    secretary: str
    members: int
    groups: frozenset[str]


def _short_kind(row: ApplicationRow) -> str:
    """教师 for 教师党支部, 学院党委 for 学院（系）党委: as it fits into a column."""
    return re.sub("（.*?）", "", row.kind_label).removesuffix("党支部")


def _minute(value: object) -> str:
    return f"{value:%m-%d %H:%M}" if isinstance(value, datetime) else ""


LINE_COLUMNS = (
    Column("preference", "推荐序", 6, Align.RIGHT),
    Column("applicant", "申报党组织", 30),
    Column("category", "类别", 14),
    Column("verdict", "条件审查", 9, pill=True),
    Column("paper", "纸质", 10, pill=True),
    Column("state", "状态", 13, pill=True),
    Column("kind", "类型", 8),
    Column("updated", "更新", 11, text=_minute),
    Column("unit", "院级党组织", 16, hidden=True),
    Column("secretary", "书记", 10, hidden=True),
    Column("members", "党员数", 8, Align.RIGHT, hidden=True),
)
"""What one looks at first stands first, so that a narrow window shows it without scrolling."""

_BY_PLACE = {
    "verdict": lambda line: (
        (Verdict.FAIL, Verdict.UNVERIFIED, Verdict.PASS).index(line.verdict)
        if line.verdict is not Verdict.NOT_APPLICABLE
        else 3
    ),
    "paper": lambda line: line.paper.missing,
    "state": lambda line: list(ApplicationState).index(line.state),
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose paper is received: an application's, or what a unit sends once (`application_id` is None)."""

    unit_id: str
    application_id: str | None
    title: str
    paper: Paper


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """Everything that the page of a round's applications shows.

    Args:
        unit_papers: what units send once, by unit.
        quotas: by unit.
        since: what changed since the 资格审查表 was printed, of the applications of which it was.
    """

    rules: Rules
    lines: tuple[ApplicationLine, ...]
    rows: Mapping[str, ApplicationRow]
    assessments: Mapping[str, Assessment]
    papers: Mapping[str, Paper]
    unit_papers: Mapping[str, Paper]
    quotas: Mapping[str, QuotaRow]
    since: Mapping[str, Since]

    def page(self, query: TableQuery) -> Page[ApplicationLine]:
        """The lines that a query finds."""
        return sift(self.lines, query, texts=_texts, sort_by=_BY_PLACE)

    def counts(self, search: str) -> dict[str, int]:
        """Group → how many of the lines that a search finds are in it; under "" all of them."""
        found = sift(self.lines, TableQuery(search, limit=None), texts=_texts).rows
        groups = (*ATTENTION, *(state.value for state in ApplicationState))
        counted = Counter(chain.from_iterable(line.groups for line in found))
        return {"": len(found), **{group: counted[group] for group in groups}}

    def senders(self, unit_id: str) -> list[Sender]:
        """All paper that a unit owes: of its applications that were not withdrawn, and what it sends once."""
        own = [
            Sender(unit_id, row.id, row.title, self.papers[row.id])
            for row in self.rows.values()
            if row.unit_id == unit_id and row.state is not ApplicationState.WITHDRAWN
        ]
        once = Sender(
            unit_id, None, f"{self.quotas[unit_id].unit}（本单位一次报送）", self.unit_papers[unit_id]
        )
        return [sender for sender in (*own, once) if sender.paper.items or sender.paper.files]

    def quota(self, row: ApplicationRow) -> QuotaLine | None:
        """The quota of an application's unit in its category; None when the unit is gone."""
        found = self.quotas.get(row.unit_id)
        return None if found is None else found.line(row.category)


def desk(office: Office, round_id: str) -> Desk:
    """Read everything of a round's applications at one moment."""
    with office.read() as session:
        current = rules(session, round_id)
        rows = applications(session, round_id)
        assessments = assess(session, current)
        found = _Read(
            current,
            assessments,
            papers(session, current),
            {row.unit_id: row for row in quotas(session, current)},
            _updated(session, round_id),
            since_printed(session, round_id, assessments),
        )
        return Desk(
            current,
            tuple(found.line(row) for row in rows),
            {row.id: row for row in rows},
            found.assessments,
            found.papers,
            unit_papers(session, current),
            found.quotas,
            found.since,
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of a round, from which lines are made."""

    rules: Rules
    assessments: Mapping[str, Assessment]
    papers: Mapping[str, Paper]
    quotas: Mapping[str, QuotaRow]
    updated: Mapping[str, datetime]
    since: Mapping[str, Since]

    def line(self, row: ApplicationRow) -> ApplicationLine:
        """One application as the table shows it."""
        return ApplicationLine(
            id=row.id,
            unit_id=row.unit_id,
            preference=row.preference,
            applicant=row.title,
            unit=row.unit,
            category=self.rules.notice.category(row.category).short_name,
            kind=_short_kind(row),
            verdict=self.assessments[row.id].overall,
            paper=self.papers[row.id],
            state=row.state,
            updated=self.updated.get(row.id),
            secretary=row.secretary or "",
            members=row.members,
            groups=frozenset({row.state.value, *self._attention(row)}),
        )

    def _attention(self, row: ApplicationRow) -> Iterable[str]:
        """What is wanted of an application that is still in the running; that it failed is told to the end."""
        overall = self.assessments[row.id].overall
        if overall is Verdict.FAIL and row.state is not ApplicationState.WITHDRAWN:
            yield FAILED
        if row.id in self.since and self.since[row.id].changes:
            yield REPRINT
        if row.state in OUT:
            return
        if overall is Verdict.UNVERIFIED:
            yield UNVERIFIED
        if self.papers[row.id].state not in (PaperState.COMPLETE, PaperState.NOT_ASKED):
            yield NO_PAPER
        quota = self.quotas.get(row.unit_id)
        if quota is not None and quota.line(row.category).over:
            yield OVER


def _texts(line: ApplicationLine) -> tuple[str, ...]:
    return line.applicant, line.unit, line.secretary


def _updated(session: Session, round_id: str) -> dict[str, datetime]:
    """The newest change of each application, of the words on its conditions and of its receipts."""
    concerned = union_all(
        select(Application.id.label("owner"), Application.revision.label("revision")),
        select(Confirmation.application_id, Confirmation.revision),
        select(Receipt.application_id, Receipt.revision),
    ).subquery()
    newest = (
        select(concerned.c.owner, func.max(Change.at))
        .join(Change, Change.id == concerned.c.revision)
        .join(Application, Application.id == concerned.c.owner)
        .where(Application.round_id == round_id)
        .group_by(concerned.c.owner)
    )
    return dict(session.execute(newest).all())
