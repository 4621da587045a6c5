"""时间表: every day that a round sets, as it holds with the later notices, and what is odd about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office.decisions import published
from dualcreate_desktop.office.rule_editing import BASICS, RuleDraft, troubles
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import Dated
from dualcreate_desktop.rules.notice_warnings import NoticeWarning, timetable_warnings
from dualcreate_desktop.rules.supplements import in_force, move_of
from dualcreate_desktop.rules.workdays import Period, WorkCalendar

STAGE, MATERIAL, REPORT, EVALUATION, MONEY, CYCLE, NOTICE = (
    "阶段",
    "材料",
    "报告",
    "评估",
    "拨款",
    "周期",
    "公示",
)


@dataclass(frozen=True, slots=True)
class Span:
    """From which day to which; `opens` is None where only the last day is said."""

    opens: date | None
    due: date

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return self.opens or self.due


@dataclass(frozen=True, slots=True)
class DateRow:
    """One day or span of days.

    Args:
        path: of the rule that sets it, for editing.
        due: with the clock time where there is one, as a table shows it.
        left: 3 个工作日, 今天, 已过.
        note: what is to be known of it: moved by a later notice, a day off.
    """

    id: str
    path: str
    kind: str
    name: str
    clause: str
    due: str
    left: str
    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """All days of a round by their order, and the oddities."""

    rows: tuple[DateRow, ...]
    today: date
    warnings: tuple[NoticeWarning, ...]


def _nothing(value: object) -> str:
    return ""


DATE_COLUMNS = (
    Column("name", "事项", 30),
    Column("kind", "种类", 6, hidden=True),
    Column("due", "截止", 20, Align.CENTER),
    Column("left", "还剩", 12, sortable=False),
    Column("span", "时间", 20, text=_nothing, sortable=False),
    Column("clause", "条款", 12, hidden=True),
    Column("note", "说明", 30, hidden=True),
)


def timetable(draft: RuleDraft, today: date, issued: Period | None = None) -> Timetable:
    """The days of a draft, the earliest first.

    Args:
        issued: of the 公示, once it is out.
    """
    notice = in_force(draft.notice)
    found = list(_rows(draft, notice, today))
    if issued is not None:
        found.append(_public_notice(draft, notice, today, issued))
    rows = sorted(found, key=_order)
    sound = not troubles(draft)
    return Timetable(tuple(rows), today, timetable_warnings(draft.notice, draft.calendar) if sound else ())


def _order(row: DateRow) -> tuple[date, int, date, str]:
    """By day; a stage before what belongs to it."""
    return row.span.due, int(row.kind != STAGE), row.span.first, row.id


def left_words(due: date, today: date, calendar: WorkCalendar) -> str:
    """How far a day is: 3 个工作日, today not counted; 今天, 已过."""
    if due < today:
        return "已过"
    if due == today:
        return "今天"
    days = calendar.workdays_between(today, due) - calendar.is_workday(today)
    return f"{days} 个工作日" if days else "只剩休息日"


@dataclass(frozen=True, slots=True)
class _Made:
    """Makes rows of a draft."""

    draft: RuleDraft
    today: date

    def row(
        self,
        path: str,
        kind: str,
        rule: Any,
        due: date | datetime,
        *,
        opens: date | None = None,
        name: str = "",
    ) -> DateRow:
        """A row of one day; a clock time is shown where there is one."""
        day = due.date() if isinstance(due, datetime) else due
        clock = f" {due:%H:%M}" if isinstance(due, datetime) else ""
        weekday = "一二三四五六日"[day.weekday()]
        edited, note = self._moved(path, rule)
        off = not self.draft.calendar.is_workday(day)
        said = f"截止日{self.draft.calendar.said_of(day)}" if off else ""
        return DateRow(
            f"{kind} {path}",
            edited,
            kind,
            name or rule.name,
            rule.clause,
            f"{day} 周{weekday}{clock}",
            left_words(day, self.today, self.draft.calendar),
            Span(opens, day),
            "；".join(filter(None, (note, said))),
        )

    def _moved(self, path: str, rule: Any) -> tuple[str, str]:
        """Where the day is edited, and what moved it."""
        of = _DATED.get(path.split("[", maxsplit=1)[0])
        move = move_of(self.draft.notice, of, rule.key) if of is not None else None
        if move is None:
            return path, ""
        for number, later in enumerate(self.draft.notice.supplements, 1):
            if move in later.moves:
                return f"supplements[{number}]", f"由《{later.title}》改期"
        return path, ""


_DATED: Mapping[str, Dated] = {one.value: one for one in Dated}


def _rows(draft: RuleDraft, notice: Notice, today: date) -> Iterator[DateRow]:
    made = _Made(draft, today)
    stages = {stage.key: (number, stage) for number, stage in enumerate(notice.stages, 1)}
    for number, stage in stages.values():
        yield made.row(f"stages[{number}]", STAGE, stage, stage.deadline, opens=stage.opens)
    for place, material in enumerate(notice.materials, 1):
        if material.stage in stages:
            number, stage = stages[material.stage]
            row = made.row(f"stages[{number}]", MATERIAL, stage, stage.deadline, name=material.name)
            yield _renamed(row, f"materials[{place}]", material.clause)
    yield _cycle(made, notice)
    for number, report in enumerate(notice.reports, 1):
        yield made.row(f"reports[{number}]", REPORT, report, report.deadline)
    for number, judged in enumerate(notice.evaluations, 1):
        yield made.row(f"evaluations[{number}]", EVALUATION, judged, judged.deadline, opens=None)
        if judged.published is not None:
            row = made.row(
                f"evaluations[{number}]", EVALUATION, judged, judged.published, name=f"公布{judged.name}结果"
            )
            yield _renamed(row, f"evaluations[{number}].published", judged.clause)
    for number, fund in enumerate(notice.funding, 1):
        for part in fund.instalments:
            name = f"{_short(notice, fund.category)}·{part.name}"
            row = made.row(f"funding[{number}]", MONEY, part, part.due, name=name)
            yield _renamed(row, f"funding[{number}].{part.key}", part.clause)


def issued_period(office: Office, round_id: str) -> Period | None:
    """The days of the 公示 of a round; None while none is out."""
    with office.read() as session:
        out = published(session, round_id)
        return None if out is None else Period(out.first_day, out.last_day)


def _public_notice(draft: RuleDraft, notice: Notice, today: date, issued: Period) -> DateRow:
    rule = notice.public_notice
    made = _Made(draft, today)
    name = f"公示（{rule.workdays} 个工作日）"
    return made.row("public_notice", NOTICE, rule, issued.last, opens=issued.first, name=name)


def _cycle(made: _Made, notice: Notice) -> DateRow:
    ends = notice.cycle_ends
    return DateRow(
        CYCLE,
        BASICS,
        CYCLE,
        f"建设周期（{notice.cycle_months} 个月）",
        notice.cycle_clause,
        f"{ends} 周{'一二三四五六日'[ends.weekday()]}",
        left_words(ends, made.today, made.draft.calendar),
        Span(notice.cycle_starts, ends),
        "",
    )


def _renamed(row: DateRow, key: str, clause: str) -> DateRow:
    return DateRow(key, row.path, row.kind, row.name, clause, row.due, row.left, row.span, row.note)


def _short(notice: Notice, category: str) -> str:
    return {item.key: item.short_name for item in notice.categories}.get(category, category)
