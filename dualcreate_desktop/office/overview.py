"""What the first page shows of a round: its stages, five figures, one chart and what to do next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from db.models import PublicNotice
from db.vocabulary import Applicant, ApplicationState, Verdict
from dualcreate_desktop.office.application_desk import FAILED, NO_PAPER, OUT, OVER, UNVERIFIED
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.decisions import published
from dualcreate_desktop.office.eligibility import Assessment, assess
from dualcreate_desktop.office.inquiries import reply_rows
from dualcreate_desktop.office.inquiry_letters import Letter, letters
from dualcreate_desktop.office.projects import OVERDUE, ProjectRow, project_rows
from dualcreate_desktop.office.quotas import QuotaRow, quotas
from dualcreate_desktop.office.receipts import Paper, papers
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.timetables import left_words
from dualcreate_desktop.office.units import OWING
from dualcreate_desktop.office.working_days import work_calendar
from dualcreate_desktop.rules.workdays import WorkCalendar

APPLICATIONS = "applications"
"""The page where most of what is to do is done."""

SOON_DAYS = 45
"""So far ahead a report, an evaluation or a payment is told of."""


class StageState(StrEnum):
    """Where a stage stands on the day."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class StagePoint:
    """One point of the stage line; `when` as in a sentence, 3月15日 17:00; `left` 还有 3 个工作日, empty where it is over."""

    name: str
    when: str
    state: StageState
    left: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows stand that something on the first page speaks of.

    Args:
        desk: the page: intake, units, branches, applications, review, notice.
        chip: the filter to choose there; empty for all rows.
        row: id of the row to select; empty for the first.
        search: what to look for there, so that the row stands in sight however long the list is.
        page: key of the list, where the page of the window has several; empty for the first.
    """

    desk: str
    chip: str = ""
    row: str = ""
    search: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the first page, and where the rows are that it counts."""

    label: str
    value: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit's applications against its quota; `allowed` is None where there is no limit."""

    label: str
    applied: int
    allowed: int | None


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do next, by when, and where it is done."""

    text: str
    when: str
    overdue: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page of a round."""

    title: str
    stages: tuple[StagePoint, ...]
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    todos: tuple[Todo, ...]


def overview(office: Office, round_id: str) -> Overview:
    """The first page of a round as of today."""
    now = office.clock()
    with office.read() as session:
        current = rules(session, round_id)
        found = _Found(
            rules=current,
            now=now,
            rows=[
                row for row in applications(session, round_id) if row.state is not ApplicationState.WITHDRAWN
            ],
            quotas=quotas(session, current),
            papers=papers(session, current),
            assessments=assess(session, current),
            notice=published(session, round_id),
            letters=letters(reply_rows(session, current, now.date())),
            calendar=work_calendar(session),
            projects=project_rows(session, current, now.date()),
        )
    return Overview(current.round_name, found.stages(), found.figures(), found.bars(), found.todos())


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read for the page."""

    rules: Rules
    now: datetime
    rows: Sequence[ApplicationRow]
    quotas: Sequence[QuotaRow]
    papers: Mapping[str, Paper]
    assessments: Mapping[str, Assessment]
    notice: PublicNotice | None
    letters: Sequence[Letter]
    calendar: WorkCalendar
    projects: Sequence[ProjectRow]

    def stages(self) -> tuple[StagePoint, ...]:
        """The stages of the notice, with the 公示 between application and building once it is out."""
        points = [
            (stage.deadline, stage.name, _moment(stage.deadline, self.now))
            for stage in self.rules.notice.stages
        ]
        if self.notice is not None:
            days = f"{_day(self.notice.first_day, self.now)}至{_day(self.notice.last_day, self.now)}"
            points.append((datetime.combine(self.notice.last_day, time.max), "公示", days))
        points.sort(key=lambda point: point[0])
        ahead = [ends for ends, _name, _when in points if ends >= self.now]
        present = ahead[0] if ahead else None
        return tuple(
            StagePoint(name, when, _state(ends, self.now, present), self._left(ends))
            for ends, name, when in points
        )

    def figures(self) -> tuple[Figure, ...]:
        """Applications, open findings, failed ones, paper, quotas: what a morning starts with."""
        open_rows = [row for row in self._wanted() if self.assessments[row.id].overall is Verdict.UNVERIFIED]
        open_findings = [
            finding
            for row in open_rows
            for finding in self.assessments[row.id].findings
            if finding.mandatory and finding.verdict is Verdict.UNVERIFIED
        ]
        failed = [row for row in self.rows if self.assessments[row.id].overall is Verdict.FAIL]
        complete = [row for row in self.rows if self.papers[row.id].missing == 0]
        over = self._over()
        return (
            Figure("申报", str(len(self.rows)), self._by_category(), Place(APPLICATIONS)),
            Figure(
                "待核实条件",
                str(len(open_findings)),
                f"涉及 {len(open_rows)} 项申报",
                Place(APPLICATIONS, UNVERIFIED),
            ),
            Figure("审查不通过", str(len(failed)), f"{len(self.rows)} 项中", Place(APPLICATIONS, FAILED)),
            Figure(
                "纸质收齐",
                f"{len(complete)} / {len(self.rows)}",
                self._missing_paper(),
                Place(APPLICATIONS, NO_PAPER),
            ),
            Figure("超名额单位", str(len(over)), "、".join(over[:3]) or "没有", Place(APPLICATIONS, OVER)),
        )

    def bars(self) -> tuple[Bar, ...]:
        """Applications of branches against the quota, the fullest units first."""
        category = next(
            (item.key for item in self.rules.notice.categories if item.applicant is Applicant.BRANCH), None
        )
        if category is None:
            return ()
        lines = [(row.unit, row.line(category)) for row in self.quotas]
        shown = sorted(
            (item for item in lines if item[1].applied), key=lambda item: (-item[1].over, -item[1].applied)
        )
        return tuple(Bar(unit, line.applied, line.allowed) for unit, line in shown)

    def todos(self) -> tuple[Todo, ...]:
        """What is open, each with its day; the next day of the round where nothing is."""
        return tuple(self._todos()) or tuple(todo for _, todo in self._days_ahead())[:1]

    def _todos(self) -> Iterator[Todo]:
        deadline = self.rules.notice.deadline
        late = self.now > deadline
        when = _day(deadline.date(), self.now) if late else _moment(deadline, self.now)
        chosen = self._chosen()
        wanted = [row for row in self._wanted() if row.category not in chosen]
        if not self.quotas:
            yield Todo("名册：在“收件”导入院级和支部名册", when, late, Place("intake"))
        if not self.rows:
            yield Todo("申报：在“收件”导入各单位的申报汇总表", when, late, Place("intake"))
        if waiting := [row for row in wanted if self.assessments[row.id].overall is Verdict.UNVERIFIED]:
            place = Place(APPLICATIONS, UNVERIFIED)
            yield Todo(f"核实：{len(waiting)} 项申报还有待核实的条件", when, late, place)
        if lacking := [row for row in wanted if self.papers[row.id].missing]:
            place = Place(APPLICATIONS, NO_PAPER)
            yield Todo(f"纸质：{len(lacking)} 项申报的纸质材料还没收齐", when, late, place)
        if returned := [row for row in wanted if row.state is ApplicationState.RETURNED]:
            place = Place(APPLICATIONS, ApplicationState.RETURNED.value)
            yield Todo(f"补正：{len(returned)} 项申报退回后还没报回", when, late, place)
        if over := self._over(chosen):
            place = Place(APPLICATIONS, OVER)
            yield Todo(f"名额：{len(over)} 个单位超出，请协商或核定", when, late, place)
        for short in self._short(chosen):
            yield Todo(f"催报：{short.unit}", when, late, Place("units", OWING, short.unit_id))
        if not chosen.issuperset(category.key for category in self.rules.notice.categories):
            yield from self._silent_departments()
        yield from self._todos_of_the_choice()
        yield from self._overdue_projects()
        yield from self._todos_of_the_cycle()

    def _silent_departments(self) -> Iterator[Todo]:
        """Letters that are not answered in full, with the day on which they are or were due."""
        for letter in self.letters:
            if letter.silent:
                when = _day(letter.due, self.now) if letter.due else ""
                text = f"部门联审：{letter.department}还有 {letter.silent} 项未复"
                yield Todo(text, when, letter.late, Place(APPLICATIONS, letter.id, page="inquiries"))

    def _overdue_projects(self) -> Iterator[Todo]:
        """Projects that lack what was due; the day is that of the oldest."""
        late = [project.overdue for project in self.projects if project.overdue]
        if late:
            oldest = min((due for dues in late for due in dues), key=lambda due: due.due)
            text = f"建设：{len(late)} 个项目有逾期事项，最早的是{oldest.what}"
            yield Todo(text, _day(oldest.due, self.now), overdue=True, place=Place("projects", OVERDUE))

    def _todos_of_the_cycle(self) -> Iterator[Todo]:
        """Reports, evaluations and payments whose day is near."""
        soon = self.now.date() + timedelta(days=SOON_DAYS)
        yield from (todo for day, todo in self._days_ahead() if day <= soon)

    def _days_ahead(self) -> Iterator[tuple[date, Todo]]:
        """The days of the cycle from today on."""
        today = self.now.date()
        notice = self.rules.notice
        days = [(item.name, item.deadline.date()) for item in notice.reports]
        days += [(item.name, item.deadline) for item in notice.evaluations]
        days += [(part.name, part.due) for fund in notice.funding for part in fund.instalments]
        for name, day in sorted(dict.fromkeys(days), key=lambda item: item[1]):
            if today <= day:
                left = left_words(day, today, self.calendar)
                text, when = f"日期：{name}，{_still(left)}", _day(day, self.now)
                yield day, Todo(text, when, overdue=False, place=Place("projects"))

    def _left(self, ends: datetime) -> str:
        """How long a stage still takes; nothing when it is over."""
        return "" if ends < self.now else _still(left_words(ends.date(), self.now.date(), self.calendar))

    def _todos_of_the_choice(self) -> Iterator[Todo]:
        """From the marks to the final list; the notices set no day for these but the last of the 公示."""
        if eligible := self._in(ApplicationState.ELIGIBLE):
            text = f"评审：{len(eligible)} 项审查通过，评分后形成拟入选名单"
            yield Todo(text, "", overdue=False, place=Place("review"))
        proposed, place = self._in(ApplicationState.PROPOSED), Place("notice")
        if self.notice is None and proposed:
            yield Todo(f"公示：{len(proposed)} 项拟入选，请发布公示", "", overdue=False, place=place)
        elif self.notice is not None and self.now.date() <= self.notice.last_day:
            until = _day(self.notice.last_day, self.now)
            yield Todo("公示：收集异议", until, overdue=False, place=place)
        elif proposed:
            yield Todo(f"公示：期满，请确定 {len(proposed)} 项入选名单", "", overdue=False, place=place)

    def _wanted(self) -> list[ApplicationRow]:
        """Those of which anything can still be wanted, as the chips of the page count them."""
        return [row for row in self.rows if row.state not in OUT]

    def _in(self, state: ApplicationState) -> list[ApplicationRow]:
        return [row for row in self.rows if row.state is state]

    def _chosen(self) -> frozenset[str]:
        """Keys of the categories whose list is final, or out in the 公示: what their applications lack is wanted no more."""
        final = {ApplicationState.SELECTED}
        final |= {ApplicationState.PROPOSED} if self.notice is not None else set()
        return frozenset(row.category for row in self.rows if row.state in final)

    def _over(self, without: Collection[str] = ()) -> list[str]:
        """Units that sent more than they may, in any category but these."""
        return [
            row.unit
            for row in self.quotas
            if any(line.over for line in row.lines if line.category not in without)
        ]

    def _short(self, without: Collection[str]) -> list[QuotaRow]:
        """Units that owe applications which the notice obliges them to send, in any category but these."""
        return [
            row
            for row in self.quotas
            if any(line.short and not line.impossible for line in row.lines if line.category not in without)
        ]

    def _by_category(self) -> str:
        counts = [
            (category.short_name, sum(row.category == category.key for row in self.rows))
            for category in self.rules.notice.categories
        ]
        return " · ".join(f"{name} {count}" for name, count in counts)

    def _missing_paper(self) -> str:
        if not self.rows:
            return "还没有申报"
        missing = sum(self.papers[row.id].missing > 0 for row in self.rows)
        return f"{missing} 项有缺" if missing else "全部收齐"


def _state(ends: datetime, now: datetime, present: datetime | None) -> StageState:
    if ends < now:
        return StageState.DONE
    return StageState.NOW if ends == present else StageState.COMING


def _still(left: str) -> str:
    return f"还有 {left}" if left[:1].isdigit() else left


def _moment(at: datetime, now: datetime) -> str:
    return f"{_day(at.date(), now)} {at:%H:%M}"


def _day(day: date, now: datetime) -> str:
    """3月15日; with its year where that is not this one."""
    text = f"{day.month}月{day.day}日"
    return text if day.year == now.year else f"{day.year}年{text}"
