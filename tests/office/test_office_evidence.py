"""The facts of applicants: from every table that a condition looks at, through their lineage, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import event, select

from db.models import (
    Application,
    Appraisal,
    Branch,
    Confirmation,
    Debarment,
    EarlierResult,
    Growth,
    GuideAnswer,
    Inquiry,
    InquiryReply,
    Post,
    Record,
    RuleVersion,
    Staffing,
    Topic,
)
from db.vocabulary import (
    AppraisalSubject,
    EarlierOutcome,
    EndReason,
    GuideOccasion,
    LineageKind,
    Reply,
    Verdict,
)
from dualcreate_desktop.office import evidence, lineages
from dualcreate_desktop.office.reorganising import Order
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import Facts
from dualcreate_desktop.rules.lineage import InheritAge, LineageRules

Ids = dict[str, str]
FIRST, SECOND = "机械工程学院教工第一党支部", "机械工程学院教工第二党支部"


def add(office: Office, *rows: Record) -> None:
    with office.change("登记") as session:
        session.add_all(rows)


def facts_of(office: Office, application: str, rules: LineageRules = evidence.USUAL) -> Facts:
    with office.read() as session:
        item = session.get_one(Application, application)
        return evidence.gather(session, [item], rules)[application]


@contextmanager
def queries(office: Office) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*told: object) -> None:
        seen.append(str(told[2]))

    event.listen(office.database.readers, "before_cursor_execute", note)
    yield seen
    event.remove(office.database.readers, "before_cursor_execute", note)


def test_many_applicants_cost_as_many_queries_as_one(office: Office, applied: Ids) -> None:
    with office.read() as session:
        everybody = session.scalars(select(Application).order_by(Application.branch_id.is_(None))).all()
        with queries(office) as for_one:
            evidence.gather(session, everybody[:1])
        with queries(office) as for_all:
            evidence.gather(session, everybody)
    assert len(for_all) == len(for_one) <= 24


def test_each_fact_names_the_record_that_says_so(
    office: Office, units: Ids, branches: Ids, applied: Ids, round_id: str
) -> None:
    unit, branch, own = units["机械学院"], branches[FIRST], applied["教一"]
    with office.read() as session:
        version = session.scalars(select(RuleVersion.id)).one()
    of_branch = {"unit_id": unit, "branch_id": branch}
    add(
        office,
        Debarment(id="d", since="2023-05", until="2025-05", reason="弄虚作假", recorded_by="王", **of_branch),
        EarlierResult(
            id="e", batch="第一批", level="university", category="样板支部", decided="2021-07",
            result=EarlierOutcome.FAILED, **of_branch,
        ),
        EarlierResult(
            id="f", batch="第二批", level="university", category="样板支部",
            result=EarlierOutcome.ACCEPTED, **of_branch,
        ),
        Growth(id="g", year=2023, measure="high_talent", number=1, **of_branch),
        Topic(id="t", kind="topic", title="支部共建研究", level="university", started="2022", **of_branch),
        Staffing(id="s", unit_id=unit, year=2023, role="organiser", required=3, actual=2),
        Inquiry(id="i", round_id=round_id, department="discipline"),
        InquiryReply(
            id="r", inquiry_id="i", application_id=own, answer=Reply.CLEAR, document="校纪函〔2024〕1号",
            replied_on=date(2024, 3, 12),
        ),
        GuideAnswer(
            id="a", application_id=own, guide="seven", item="1", occasion=GuideOccasion.APPLICATION, met=True
        ),
        Confirmation(
            id="c", application_id=own, condition="age", rule_version_id=version, verdict=Verdict.PASS,
            reason="撤并重组", by="王敏", approver="部务会", at=datetime(2024, 3, 14),
        ),
    )  # fmt: skip
    facts = facts_of(office, own)
    listed = (facts.debarments, facts.failures, facts.growth, facts.topics, facts.staffing, facts.replies)
    assert [[item.source for item in items] for items in listed] == [["d"], ["e"], ["g"], ["t"], ["s"], ["r"]]
    assert [item.source for item in facts.guide] == ["a"]
    assert (facts.replies[0].department, facts.replies[0].answer) == ("discipline", Reply.CLEAR)
    assert facts.confirmations["age"].approver == "部务会"
    assert (facts.secretary, facts.double_leader, facts.source) == ("赵喆", None, branch)
    whole = facts_of(office, applied["机械学院"])
    assert ([item.source for item in whole.topics], whole.debarments) == (["t"], ())
    assert [(item.measure, item.number, item.source) for item in whole.growth] == [("high_talent", 1, "")]
    add(office, Growth(id="u", year=2023, measure="high_talent", number=4, unit_id=unit))
    assert [(item.number, item.source) for item in facts_of(office, applied["机械学院"]).growth] == [(4, "u")]


def test_a_branch_that_others_merged_into_is_as_old_as_the_round_says(
    office: Office, units: Ids, branches: Ids, applied: Ids
) -> None:
    older, newer = branches["机械工程学院教工第十一党支部"], branches[FIRST]
    with office.change("更正") as session:
        session.get_one(Branch, older).founded = "2010-03"
    unit = units["机械学院"]
    lineages.carry_out(
        office, Order(LineageKind.MERGED, unit, PartialDate(2023, 9), before=(older, newer), after=(FIRST,))
    )
    facts = facts_of(office, applied["教一"])
    assert facts.founded == PartialDate(2010, 3)
    (told,) = facts.descent
    assert told.startswith("2023年9月由")
    assert told.endswith("合并而成，从成立最早的原支部算起")
    anew = facts_of(office, applied["教一"], LineageRules(merged_age=InheritAge.ANEW))
    assert anew.founded == PartialDate(2023, 9)


def test_the_grades_of_merged_branches_and_what_their_secretary_was_given_elsewhere(
    office: Office, units: Ids, branches: Ids, applied: Ids
) -> None:
    unit, first, second = units["机械学院"], branches[FIRST], branches[SECOND]
    for key, branch, year, grade, name in (
        ("a1", first, 2022, "好", None),
        ("a2", second, 2022, "一般", None),
        ("a3", second, 2021, "好", "赵喆"),
    ):
        add(
            office,
            Appraisal(
                id=key, unit_id=unit, branch_id=branch, year=year, kind="secretary_report", grade=grade,
                secretary=name, subject=AppraisalSubject.SECRETARY, reported=None,
            ),
        )  # fmt: skip
    before = facts_of(office, applied["教一"])
    assert [(item.source, item.elsewhere) for item in before.appraisals] == [("a1", False), ("a3", True)]
    lineages.carry_out(
        office, Order(LineageKind.MERGED, unit, PartialDate(2023, 9), before=(first, second), after=(FIRST,))
    )
    (year,) = [item for item in facts_of(office, applied["教一"]).appraisals if item.year == 2022]
    assert (year.every, sorted(part.source for part in year.parts)) == (True, ["a1", "a2"])


def test_a_planned_end_is_announced_and_nothing_has_happened_yet(
    office: Office, units: Ids, branches: Ids, applied: Ids
) -> None:
    order = Order(
        LineageKind.DISSOLVED,
        units["机械学院"],
        PartialDate(2024, 9),
        before=(branches[FIRST],),
        planned=True,
    )
    changed = lineages.carry_out(office, order)
    assert changed is not None
    assert changed.title == f"计划撤销党支部 {FIRST}"
    facts = facts_of(office, applied["教一"])
    assert (facts.planned_end, facts.planned_reason) == (PartialDate(2024, 9), EndReason.MERGER)
    with office.read() as session:
        held = session.scalars(select(Post).where(Post.branch_id == branches[FIRST])).all()
        assert [post.until for post in held] == [None]
