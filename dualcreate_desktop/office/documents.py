"""From what the office knows to the papers that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from db.models import PublicNotice
from db.vocabulary import ApplicationState
from dualcreate_desktop.office.applications import ApplicationRow
from dualcreate_desktop.office.eligibility import Assessment
from dualcreate_desktop.office.grounds import grounds, holders
from dualcreate_desktop.office.inquiries import ReplyRow
from dualcreate_desktop.office.receipts import Paper
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.papers.content import Document
from dualcreate_desktop.papers.forms import application as form
from dualcreate_desktop.papers.forms import eligibility as sheet
from dualcreate_desktop.papers.forms import notice as letter
from dualcreate_desktop.papers.forms import receipt, summary
from dualcreate_desktop.papers.forms.common import Fact
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.projects import yuan

SECTIONS: Mapping[str, str] = {
    "summary": "工作基础与特色做法",
    "goals": "建设目标与实施计划",
    "outcomes": "预期成果",
}
"""The long texts of the form, by key of the answer."""


def footer(rules: Rules) -> str:
    """What stands at the foot of a form: the round and the version of its rules."""
    return f"{rules.round_name} · 规则第 {rules.version} 版"


def standing(rows: Iterable[ApplicationRow]) -> list[ApplicationRow]:
    """Those that were not withdrawn."""
    return [row for row in rows if row.state is not ApplicationState.WITHDRAWN]


def recommendation(rules: Rules, rows: Sequence[ApplicationRow]) -> Document:
    """推荐汇总表 of one unit: its applications in its order of preference."""
    first = rows[0]
    contact = "　".join(filter(None, (first.contact, first.phone)))
    return summary.recommendation_summary(
        summary.RecommendationSummary(
            round_name=rules.round_name,
            unit=first.unit_name,
            rows=tuple(_recommended(rules, row) for row in rows),
            contact=contact,
            footer=footer(rules),
        )
    )


def application_form(rules: Rules, row: ApplicationRow) -> Document:
    """申报表 of one applicant, filled in as far as the office knows."""
    category = rules.notice.category(row.category)
    funded = next((fund for fund in rules.notice.funding if fund.category == row.category), None)
    return form.application_form(
        form.ApplicationForm(
            round_name=rules.round_name,
            category=category.short_name,
            applicant=category.applicant,
            name=row.applicant,
            unit=row.unit_name,
            facts=_facts(row),
            sections=tuple(form.Section(label, row.answers.get(key, "")) for key, label in SECTIONS.items()),
            budget=None if funded is None else (),
            total="" if funded is None else yuan(funded.fen),
            footer=footer(rules),
        )
    )


def eligibility_sheet(
    rules: Rules, row: ApplicationRow, assessment: Assessment, replies: Iterable[ReplyRow] = ()
) -> Document:
    """资格审查表 of one application: every condition with its clause, force, verdict and evidence.

    Args:
        replies: what departments said of it.
    """
    return sheet.eligibility_sheet(
        sheet.EligibilitySheet(
            round_name=rules.round_name,
            category=rules.notice.category(row.category).short_name,
            name=row.applicant,
            unit=row.unit_name,
            facts=(
                Fact("成立时间", _chinese(row.founded)),
                Fact("审查基准日", _day(rules.notice.reference.deadline)),
            ),
            findings=tuple(_finding(finding) for finding in assessment.findings),
            overall=assessment.overall.label,
            footer=footer(rules),
            exceptions=tuple(
                sheet.ExceptionRow(finding.clause, finding.label, finding.reason, finding.approver)
                for finding in assessment.findings
                if finding.approver
            ),
            replies=tuple(map(_reply, replies)),
        )
    )


def receipt_slip(
    rules: Rules,
    serial: int,
    rows: Sequence[ApplicationRow],
    papers: Sequence[tuple[str, Paper]],
    keeper: str = "",
) -> Document:
    """回执 of what one unit brought.

    Args:
        serial: makes the slip's number with the day on which the last copy came.
        rows: the applications of the unit that it is about, one at least.
        papers: whose paper, as it is printed before the name of the material, and what came of it.
        keeper: who took it, with telephone and place; empty where that is written by hand.
    """
    came = [item for _, paper in papers for item in paper.items if item.received_at is not None]
    last = max(item.received_at for item in came if item.received_at is not None)
    missing = sum(paper.missing for _, paper in papers)
    return receipt.receipt_slip(
        receipt.Receipt(
            round_name=rules.round_name,
            number=f"{last:%Y%m%d}-{serial:04}",
            applicant=rows[0].title if len(rows) == 1 else f"{rows[0].unit_name}等 {len(rows)} 项申报",
            unit=rows[0].unit_name,
            items=tuple(item for owner, paper in papers for item in _receipt_items(owner, paper)),
            received_at=f"{_day(last)} {last:%H:%M}",
            received_by="、".join(dict.fromkeys(item.received_by for item in came)),
            brought_by="、".join(dict.fromkeys(item.brought_by for item in came if item.brought_by)),
            missing=f"还差 {missing} 份。" if missing else "",
            keeper=keeper,
            footer=footer(rules),
        )
    )


def _receipt_items(owner: str, paper: Paper) -> Iterator[receipt.ReceiptItem]:
    """One line for each document, its copies counted; an owner is named where there are several."""
    for _, group in groupby(paper.items, key=lambda item: item.material):
        copies = list(group)
        came = [item for item in copies if item.received_at is not None]
        late = "、".join(dict.fromkeys(f"逾期：{item.late_reason}" for item in came if item.late_reason))
        yield receipt.ReceiptItem(
            f"{owner}{copies[0].name}",
            f"{len(copies)}份",
            f"{len(came)}份" if came else "无",
            late,
        )


def public_notice(rules: Rules, notice: PublicNotice, proposed: Iterable[ApplicationRow]) -> Document:
    """公示 of the proposed list, each category in the order of the registry."""
    rows = list(proposed)
    groups = tuple(
        letter.NoticeGroup(
            category.name,
            tuple(row.title for row in rows if row.category == category.key),
        )
        for category in rules.notice.categories
    )
    return letter.public_notice(
        letter.PublicNotice(
            round_name=f"{rules.round_name}培育创建单位",
            basis=f"根据{grounds(rules.notice)}，经各院级党组织推荐、资格审查、专家评审、学校党委研究",
            groups=tuple(group for group in groups if group.names),
            first_day=notice.first_day,
            last_day=notice.last_day,
            working_days=rules.notice.public_notice.workdays,
            contacts=_contacts(notice.contacts),
            organ=notice.organ,
            issued=notice.issued,
            holders=holders(rules.notice),
        )
    )


def _recommended(rules: Rules, row: ApplicationRow) -> summary.Recommendation:
    return summary.Recommendation(
        order="" if row.preference is None else str(row.preference),
        name=row.applicant,
        kind=row.kind_label,
        secretary=row.secretary or "",
        founded=_month(row.founded),
        members=str(row.members) if row.members else "",
        category=rules.notice.category(row.category).short_name,
        note=row.note,
    )


def _facts(row: ApplicationRow) -> tuple[Fact, ...]:
    members = [
        Fact("正式党员数", "" if row.full_members is None else str(row.full_members)),
        Fact("预备党员数", "" if row.probationary_members is None else str(row.probationary_members)),
    ]
    return (
        Fact("类型", row.kind_label),
        Fact("成立时间", _chinese(row.founded)),
        *(members if row.branch_id else ()),
        Fact("书记", row.secretary or ""),
        Fact("联系人", row.contact or ""),
        Fact("联系电话", row.phone),
        Fact("推荐顺序", "" if row.preference is None else str(row.preference)),
    )


def _finding(finding: Finding) -> sheet.FindingRow:
    confirmed = (
        "" if finding.confirmed_at is None else f"{finding.confirmed_by}\n{finding.confirmed_at:%Y-%m-%d}"
    )
    if finding.approver:
        confirmed += f"\n批准：{finding.approver}"
    reason = "" if finding.approver else finding.reason  # that of an exception stands in its evidence
    evidence = "；".join((*finding.evidence, *filter(None, (reason,))))
    return sheet.FindingRow(
        finding.clause, finding.label, finding.verdict.label, evidence, confirmed, finding.force.label
    )


def _reply(row: ReplyRow) -> sheet.ReplyRow:
    told = f"{row.answer.label}：{row.text}" if row.text else row.answer.label
    return sheet.ReplyRow(
        row.department, told, row.document, f"{row.replied_on:%Y-%m-%d}" if row.replied_on else ""
    )


def _contacts(text: str) -> tuple[letter.NoticeContact, ...]:
    """The contacts as they were typed, one a line or parted by ；: 部门 电话 地点 邮箱, apart by blanks."""
    entries = (entry.split() for entry in re.split(r"[；;\n]", text) if entry.strip())
    return tuple(letter.NoticeContact(*parts[:4]) for parts in ([*entry, ""] for entry in entries))


def _chinese(text: str | None) -> str:
    return "" if not text else PartialDate.parse(text).chinese


def _month(text: str | None) -> str:
    """2019.9: as offices write it in a narrow column."""
    if not text:
        return ""
    day = PartialDate.parse(text)
    return str(day.year) if day.month is None else f"{day.year}.{day.month}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
