"""A made-up notice that differs in everything walks from its file to the last evaluation with no change of code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from db.errors import NotAllowed
from db.models import Exemption
from db.vocabulary import ApplicationState, ConflictState, ProjectState, Verdict
from dualcreate_desktop.office import (
    application_desk,
    application_papers,
    applications,
    decisions,
    eligibility,
    overview,
    printing,
    progress,
    project_desk,
    projects,
    publication,
    quotas,
    receipts,
    receiving,
    registry,
    registry_writing,
    results,
    review_papers,
    reviews,
    rounds,
    rule_editing,
    timetables,
    units,
)
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.steps import Verb

RULES = Path(__file__).parents[1] / "rules" / "another_notice.toml"
FULL = {"idea": Decimal(5), "plan": Decimal("4.5"), "base": Decimal(4)}
GRADES = (
    ("云岭文学党总支", "", "书记述职评议", "2029", "好"),
    ("云岭文学党总支", "", "中层班子考核", "2029", "优秀"),
    ("云岭文学党总支", "", "中层班子考核", "2028", "好"),
    ("云岭文学党总支", "文学教工党支部", "支部考核评价", "2029", "优秀"),
    ("云岭文学党总支", "文学教工党支部", "支部考核评价", "2028", "良好"),
    ("云岭文学党总支", "古籍教工党支部", "支部考核评价", "2029", "优秀"),
    ("云岭文学党总支", "古籍教工党支部", "支部考核评价", "2028", "合格"),
)


@dataclass(frozen=True)
class World:
    """The round and what was applied for in it."""

    round_id: str
    unit: str
    fortress: str
    banner: str
    weak: str
    studio: str

    @property
    def good(self) -> tuple[str, str, str]:
        return self.fortress, self.banner, self.studio


@pytest.fixture
def world(office: Office) -> World:
    round_id = rounds.create_round(office, "先锋工程", RULES.read_text("utf-8"), RULES.name)
    with office.change("建立名册") as session:
        units = [
            {"name": "云岭文学党总支", "kind": "general_branch", "order_no": 1, "founded": PartialDate(2010)},
            {"name": "云岭机关党委", "kind": "office", "order_no": 2},
        ]
        unit, _ = registry_writing.insert_units(session, units, today="2030-01-08")
        names = ("文学教工党支部", "古籍教工党支部", "语言教工党支部", "文学学生党支部")
        branches = [
            {
                "unit": unit,
                "name": name,
                "kind": "student" if "学生" in name else "teacher",
                "founded": PartialDate(2019, 5),
                "full_members": 20,
            }
            for name in names
        ]
        first, second, third, _ = registry_writing.insert_branches(session, branches, today="2030-01-08")
    rows = (
        {"category": "fortress"},
        {"category": "banner", "branch": first},
        {"category": "banner", "branch": second},
        {"category": "studio", "branch": third},
    )
    with office.change("登记申报") as session:
        current = rounds.rules(session, round_id)
        ids = applications.insert(session, current, [{"unit": unit, **row} for row in rows])
    return World(round_id, unit, *ids)


def at(office: Office, when: datetime) -> Office:
    return replace(office, clock=lambda: when)


def lines(office: Office, world: World) -> Mapping[str, quotas.QuotaLine]:
    row = next(row for row in quotas.quotas_of(office, world.round_id) if row.unit_id == world.unit)
    return {line.category: line for line in row.lines}


def receive_all(office: Office, world: World, application: str, material: str, number: int) -> None:
    came = datetime(2030, 4, 8, 11, 30)
    arrivals = [receipts.Arrival(application, material, copy, came) for copy in range(1, number + 1)]
    receipts.receive(office, world.round_id, arrivals)


def settle(office: Office, world: World) -> None:
    """A person confirms whatever the records leave open of the good ones."""
    for application in world.good:
        for finding in eligibility.assess_round(office, world.round_id)[application].findings:
            if finding.verdict is Verdict.UNVERIFIED:
                eligibility.confirm(office, application, finding.key, Verdict.PASS, reason="查阅任职文件")


def mark_all(office: Office, world: World) -> None:
    with office.change("评分") as session:
        judges = [{"number": number, "name": f"评委{number}", "affiliation": "校外"} for number in (1, 2)]
        ids = reviews.insert(session, world.round_id, judges)
    for judge in ids:
        reviews.declare(office, judge, world.good, ConflictState.NONE)
    with office.change("录入评分") as session:
        current = rounds.rules(session, world.round_id)
        for number, judge in enumerate(ids):
            for application in world.good:
                marks = {key: mark - number for key, mark in FULL.items()}
                reviews.enter_marks(session, current, judge, application, marks)


def test_the_round_is_the_notice_as_its_supplement_leaves_it(office: Office, world: World) -> None:
    current = rounds.rules_of(office, world.round_id)
    assert current.notice.deadline == datetime(2030, 4, 8, 11, 30)
    assert current.written.deadline == datetime(2030, 3, 29, 11, 30)
    assert current.notice.reference.deadline == date(2029, 12, 31)
    assert current.notice.cycle_ends == date(2033, 6, 30)


def test_quotas_by_steps_members_and_duties_with_an_exempt_kind(office: Office, world: World) -> None:
    of = lines(office, world)
    assert (of["banner"].allowed, of["banner"].applied, of["banner"].over) == (2, 2, 0)
    assert (of["studio"].allowed, of["studio"].applied) == (2, 1)
    assert (of["fortress"].obliged, of["fortress"].short) == (1, 0)
    office_row = next(row for row in quotas.quotas_of(office, world.round_id) if row.unit == "云岭机关党委")
    duty = office_row.line("fortress")
    assert (duty.obliged, duty.short, duty.exempt) == (0, 0, "机关不参加")


def apply(office: Office, round_id: str, row: Mapping[str, str]) -> None:
    with office.change("登记申报") as session:
        applications.insert(session, rounds.rules(session, round_id), [row])


def test_a_kind_that_the_category_does_not_admit_is_refused(office: Office, world: World) -> None:
    students = next(row for row in registry.branches(office).rows if "学生" in row.name)
    with pytest.raises(NotAllowed, match="“旗帜”只限教师党支部、机关党支部申报"):
        apply(office, world.round_id, {"unit": world.unit, "category": "banner", "branch": students.id})


def test_grades_of_the_scale_and_their_equivalents_decide(
    office: Office, world: World, send: Callable[..., Path], read_one: Callable[..., Reception]
) -> None:
    grades(office, send, read_one)
    found = eligibility.assess_round(office, world.round_id)
    assert found[world.fortress].finding("fortress_age").verdict is Verdict.PASS
    assert found[world.fortress].finding("fortress_points").verdict is Verdict.PASS, "好 counts as 优秀"
    assert found[world.banner].overall is Verdict.PASS
    assert found[world.weak].overall is Verdict.FAIL
    assert found[world.studio].overall is Verdict.UNVERIFIED


def grades(office: Office, send: Callable[..., Path], read_one: Callable[..., Reception]) -> None:
    header = ("院级党组织", "党支部", "考核类型", "年度", "等次")
    path = send([header, *GRADES], "考核评价结果.csv")
    receiving.apply(office, read_one(path))


def test_five_copies_come_one_by_one_and_a_sixth_is_not_asked_for(office: Office, world: World) -> None:
    for copy in range(1, 6):
        paper = receipts.papers_of(office, world.round_id)[world.fortress]
        assert paper.missing == 6 - copy
        arrival = receipts.Arrival(world.fortress, "fortress_book", copy, datetime(2030, 4, 1, 9))
        receipts.receive(office, world.round_id, [arrival])
    assert receipts.papers_of(office, world.round_id)[world.fortress].missing == 0
    with pytest.raises(NotAllowed, match="不需要这份材料"):
        receipts.receive(office, world.round_id, [replace(arrival, copy=6)])
    late = receipts.Arrival(world.studio, "studio_plan", 1, datetime(2030, 4, 8, 11, 31))
    with pytest.raises(NotAllowed, match="已过截止时间 2030-04-08 11:30"):
        receipts.receive(office, world.round_id, [late])


def test_each_category_is_printed_in_as_many_copies_as_it_asks_for(
    office: Office, world: World, tmp_path: Path
) -> None:
    run = printing.print_file(office, world.round_id, tmp_path / "表.pdf", application_papers.forms())
    assert run.documents == 5 + 1 + 1 + 3
    pdf = pypdfium2.PdfDocument(run.path)
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    assert "第5份" in text.replace(" ", "")


def test_the_round_is_walked_to_its_last_evaluation(
    office: Office,
    world: World,
    send: Callable[..., Path],
    read_one: Callable[..., Reception],
    tmp_path: Path,
) -> None:
    grades(office, send, read_one)
    for application, material, number in (
        (world.fortress, "fortress_book", 5),
        (world.banner, "banner_sheet", 1),
        (world.weak, "banner_sheet", 1),
        (world.studio, "studio_plan", 3),
    ):
        receive_all(office, world, application, material, number)
    settle(office, world)
    progress.take(office, world.good, Verb.PASS)
    progress.take(office, [world.weak], Verb.REJECT, reason="等次不够")
    mark_all(office, world)
    (total,) = {
        row.total
        for category in reviews.review_round(office, world.round_id).categories
        for row in category.ranking.rows
    }
    assert total == Decimal("18.5"), "5×2 + 4.5×1.5 + 4 = 20.75 and 16.25 of the second, to one decimal"
    printing.print_file(office, world.round_id, tmp_path / "排名.pdf", review_papers.ranking())
    printing.print_file(office, world.round_id, tmp_path / "评分.pdf", review_papers.score_sheets())
    printing.print_file(
        office, world.round_id, tmp_path / "审查.pdf", application_papers.eligibility_sheets()
    )
    results.write_ranking_workbook(office, world.round_id, tmp_path / "排名.xlsx")
    later = at(office, datetime(2030, 6, 3, 9))
    decisions.propose(later, world.round_id, {})
    period = decisions.publish(later, world.round_id, date(2030, 6, 3), organ="组织部", contacts="白露")
    assert period.last == date(2030, 6, 5), "three working days, the first of them that of issue"
    printing.write_public_notice(later, world.round_id, tmp_path)
    decisions.select_final(at(office, datetime(2030, 6, 6, 9)), world.round_id)
    printing.print_file(
        office, world.round_id, tmp_path / "入选.pdf", review_papers.selection(world.round_id)
    )
    states = {row.id: row.state for row in applications.applications_of(office, world.round_id)}
    assert states[world.weak] is ApplicationState.INELIGIBLE
    assert all(states[one] is ApplicationState.SELECTED for one in world.good)
    build(office, world)


def build(office: Office, world: World) -> None:
    """Three years: money by instalments, a yearly check, and three grades at the end."""
    today = date(2031, 8, 1)
    running = {row.application.id: row for row in projects.projects(office, world.round_id, today)}
    assert {row.ends - row.starts for row in running.values()} == {date(2033, 6, 30) - date(2030, 7, 1)}
    banner = running[world.banner]
    projects.pay(office, banner.id, "start", 300_000, today)
    with pytest.raises(NotAllowed, match="年度检查"):
        projects.pay(office, banner.id, "rest", 600_000, today)
    projects.grade(office, banner.id, "check_one", "继续", today)
    projects.pay(office, banner.id, "rest", 600_000, today + timedelta(days=30))
    ends = {world.fortress: "示范", world.banner: "完成", world.studio: "撤销"}
    for application, grade in ends.items():
        projects.grade(office, running[application].id, "closing", grade, date(2033, 9, 1))
    done = {row.application.id: row for row in projects.projects(office, world.round_id, date(2033, 10, 1))}
    assert done[world.fortress].state is done[world.banner].state is ProjectState.CLOSED
    assert done[world.studio].state is ProjectState.FAILED
    shown = {line.category: line for line in project_desk.lines(office, world.round_id)}
    assert (shown["旗帜"].midterm, shown["旗帜"].acceptance, shown["旗帜"].paid) == ("继续", "完成", 900_000)
    with pytest.raises(NotAllowed, match="没有“优秀”这个等次"):
        projects.grade(office, banner.id, "closing", "优秀", date(2033, 9, 1), correcting=True)


def test_a_duty_that_the_office_lifts_from_one_unit_is_no_longer_missing(
    office: Office, world: World
) -> None:
    progress.take(office, [world.fortress], Verb.WITHDRAW, reason="另行研究")
    assert lines(office, world)["fortress"].short == 1
    with office.change("免除申报") as session:
        session.add(
            Exemption(
                round_id=world.round_id,
                unit_id=world.unit,
                category="fortress",
                reason="正在合并",
                by="李处",
            )
        )
    lifted = lines(office, world)["fortress"]
    assert (lifted.obliged, lifted.short, lifted.exempt) == (0, 0, "李处免除：正在合并")


def test_every_desk_shows_the_round(office: Office, world: World, tmp_path: Path) -> None:
    for when in (
        datetime(2030, 1, 10),
        datetime(2030, 4, 8, 11),
        datetime(2031, 7, 1),
        datetime(2033, 10, 1),
    ):
        desk = at(office, when)
        page = overview.overview(desk, world.round_id)
        assert "报送" in {stage.name for stage in page.stages}
    assert units.standings(office, world.round_id)
    assert len(application_desk.desk(office, world.round_id).lines) == 4
    assert publication.publication(office, world.round_id).workdays == 3
    shown = timetables.timetable(rule_editing.opened(office, world.round_id), date(2030, 1, 10))
    told = [warning.text for warning in shown.warnings]
    assert any(text.startswith("2033 年的放假安排尚未收录") for text in told)
    run = printing.print_file(
        office, world.round_id, tmp_path / "汇总.pdf", application_papers.recommendations()
    )
    assert run.documents == 5, "no summary is named: as many as the forms"
