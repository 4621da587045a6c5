"""What is odd about a round's rules and tolerated: slips of the text, overlapping stages, deadlines on a day off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dualcreate_desktop.rules.clauses import services
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import Evaluation, Stage
from dualcreate_desktop.rules.notice_whole import requirements_within
from dualcreate_desktop.rules.requirements import Condition, MinimumAge
from dualcreate_desktop.rules.supplements import in_force
from dualcreate_desktop.rules.terms import kinds_named
from dualcreate_desktop.rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class NoticeWarning:
    """One oddity and the clauses where it shows, joined by 、; `text` is a Chinese sentence without its full stop."""

    clause: str
    text: str


def notice_warnings(notice: Notice, calendar: WorkCalendar | None = None) -> tuple[NoticeWarning, ...]:
    """All oddities of the rules as they hold with their supplements."""
    return (
        *timetable_warnings(notice, calendar or WorkCalendar()),
        *_kinds_kept_out(in_force(notice)),
        *_unserved(notice),
    )


def timetable_warnings(notice: Notice, calendar: WorkCalendar) -> tuple[NoticeWarning, ...]:
    """What is odd about the days, and the slips of the text."""
    now = in_force(notice)
    return (
        *_slips(now),
        *_overlaps(now),
        *_days_off(now, calendar),
        *_unknown_years(now, calendar),
        *_wrong_order(now),
    )


def _slips(notice: Notice) -> Iterator[NoticeWarning]:
    for slip in notice.slips:
        yield NoticeWarning(slip.clause, f"{slip.clause}：通知写作“{slip.found}”，应为“{slip.meant}”")


def _overlaps(notice: Notice) -> Iterator[NoticeWarning]:
    for one, other in combinations(notice.stages, 2):
        if _overlap(one, other):
            text = f"“{one.name}”（{one.clause}）与“{other.name}”（{other.clause}）的时间有重叠"
            yield NoticeWarning(f"{one.clause}、{other.clause}", text)


def _overlap(one: Stage, other: Stage) -> bool:
    """Whether the two share a day; a stage that does not say when it opens overlaps none."""
    if one.opens is None or other.opens is None:
        return False
    return one.opens <= other.deadline.date() and other.opens <= one.deadline.date()


def _deadlines(notice: Notice) -> Iterator[tuple[str, str, date]]:
    """(name, clause, day) of all that somebody must hand in or do by a day."""
    for stage in notice.stages:
        yield stage.name, stage.clause, stage.deadline.date()
    for report in notice.reports:
        yield report.name, report.clause, report.deadline.date()
    for evaluation in notice.evaluations:
        yield evaluation.name, evaluation.clause, evaluation.deadline


def _days_off(notice: Notice, calendar: WorkCalendar) -> Iterator[NoticeWarning]:
    for name, clause, day in _deadlines(notice):
        if not calendar.is_workday(day):
            yield NoticeWarning(clause, f"“{name}”（{clause}）的截止日 {day} {calendar.said_of(day)}")


def _unknown_years(notice: Notice, calendar: WorkCalendar) -> Iterator[NoticeWarning]:
    days = [day for _, _, day in _deadlines(notice)]
    for text in calendar.notes(min(days), max(days)):
        yield NoticeWarning("", text)


def _wrong_order(notice: Notice) -> Iterator[NoticeWarning]:
    evaluations = {item.key: item for item in notice.evaluations}
    for judged in notice.evaluations:
        if judged.deadline < notice.cycle_starts:
            told = f"“{judged.name}”（{judged.clause}）的截止日 {judged.deadline} 早于建设周期开始的 {notice.cycle_starts}"
            yield NoticeWarning(judged.clause, told)
        if judged.published is not None and judged.published < judged.deadline:
            yield _late(judged.clause, f"“{judged.name}”的公布日早于", judged)
    for report in notice.reports:
        judged = evaluations[report.evaluation]
        if report.deadline.date() > judged.deadline:
            yield _late(report.clause, f"“{report.name}”的截止日晚于所依据的“{judged.name}”", judged)
    for part in (part for fund in notice.funding for part in fund.instalments):
        if part.after and part.due < evaluations[part.after].deadline:
            judged = evaluations[part.after]
            yield _late(part.clause, f"“{part.name}”的拨付日早于须先通过的“{judged.name}”", judged)


def _late(clause: str, text: str, judged: Evaluation) -> NoticeWarning:
    return NoticeWarning(clause, f"{text}评定日 {judged.deadline}")


def _kinds_kept_out(notice: Notice) -> Iterator[NoticeWarning]:
    """Conditions that ask something of kinds which their category does not admit."""
    for condition in notice.conditions:
        category = notice.category(condition.category)
        asked = [*condition.kinds, *_kinds_of_ages(condition)]
        out = [kind for kind in dict.fromkeys(asked) if not category.admits(category.applicant, kind)]
        if out:
            told = f"“{condition.label}”（{condition.clause}）写了{kinds_named(out)}，“{category.short_name}”却不接受这一类申报"
            yield NoticeWarning(condition.clause, told)


def _kinds_of_ages(condition: Condition) -> Iterator[str]:
    for _, requirement in requirements_within(condition.requirement, ""):
        if isinstance(requirement, MinimumAge):
            yield from (kind for rule in requirement.ages for kind in rule.kinds)


def _unserved(notice: Notice) -> Iterator[NoticeWarning]:
    for service in services(notice):
        if not service.served:
            yield NoticeWarning(
                service.clause, f"“{service.clause} {service.heading}”没有规则，也没有写明理由（narrative）"
            )
