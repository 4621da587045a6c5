"""What a project and the office owe each other on a day: reports, outcomes, evaluations and payments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from db.vocabulary import Labelled, ProjectState
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import Evaluation, Funding, Instalment, Report


class Debtor(Labelled):
    """Who owes it."""

    PROJECT = "project", "建设单位"
    OFFICE = "office", "组织部"


REPORT, OUTCOME, PUBLISHED = "report:", "outcome:", "published:"
"""How the keys begin of what is settled by saying so."""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is known of a project.

    Args:
        reports: keys of the reports that arrived.
        grades: name of the grade, by key of the evaluation.
        paid: keys of the instalments that were paid.
        published: keys of the evaluations whose result was published.
        outcomes: how many there are, by key of the minimum.
        days: days of its own that hold instead of the round's, by key as in `round_days`.
    """

    category: str
    state: ProjectState
    reports: frozenset[str] = frozenset()
    grades: Mapping[str, str] = field(default_factory=dict)
    paid: frozenset[str] = frozenset()
    published: frozenset[str] = frozenset()
    outcomes: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)

    def day(self, usual: RoundDay) -> date:
        """Its own day, else the round's."""
        return self.days.get(usual.key, usual.day)


@dataclass(frozen=True, slots=True)
class RoundDay:
    """A day that the round sets for its projects; `key` names it across the kinds of days."""

    key: str
    name: str
    clause: str
    day: date


@dataclass(frozen=True, slots=True)
class Due:
    """One thing owed; `days_overdue` is 0 until its day has passed.

    Args:
        key: of what somebody settles by saying so: a report or an outcome that came, a result that was published;
            empty for evaluations and payments, which are registered.
    """

    what: str
    due: date
    clause: str
    days_overdue: int
    debtor: Debtor
    key: str = ""


def dues(notice: Notice, project: ProjectFacts, today: date) -> tuple[Due, ...]:
    """Whatever is still owed, the oldest first; nothing once the project has ended.

    A payment is owed only when the evaluation before it is passed and the project is not suspended.
    """
    if project.state in (ProjectState.CLOSED, ProjectState.FAILED):
        return ()
    owed = [*_reports(notice, project), *_outcomes(notice, project), *_evaluations(notice, project)]
    if project.state is ProjectState.RUNNING:
        owed += _payments(notice, project)
    return tuple(
        Due(what, due, clause, max(0, (today - due).days), debtor, key)
        for what, due, clause, debtor, key in sorted(owed, key=lambda one: (one[1], one[0]))
    )


def round_days(notice: Notice, category: str) -> tuple[RoundDay, ...]:
    """The days that a project of a category may be given otherwise: reports, evaluations, payments."""
    return (
        *map(_report_day, notice.reports),
        *map(_evaluation_day, notice.evaluations),
        *map(payment_day, _instalments(notice.funding, category)),
    )


def _report_day(report: Report) -> RoundDay:
    return RoundDay(f"{REPORT}{report.key}", report.name, report.clause, report.deadline.date())


def _evaluation_day(evaluation: Evaluation) -> RoundDay:
    return RoundDay(f"evaluation:{evaluation.key}", evaluation.name, evaluation.clause, evaluation.deadline)


def payment_day(instalment: Instalment) -> RoundDay:
    """By when an instalment is to be paid."""
    return RoundDay(f"payment:{instalment.key}", f"拨付{instalment.name}", instalment.clause, instalment.due)


def payable(notice: Notice, project: ProjectFacts, instalment: Instalment) -> bool:
    """Whether the condition of an instalment is met: the evaluation named by `after` is passed."""
    if not instalment.after:
        return True
    grade = project.grades.get(instalment.after)
    return grade is not None and notice.evaluation(instalment.after).grade(grade).passes


_Owed = tuple[str, date, str, Debtor, str]
"""What, by when, the clause, who owes it, and the key under which it is settled."""


def _reports(notice: Notice, project: ProjectFacts) -> Iterator[_Owed]:
    for report in notice.reports:
        if report.key not in project.reports:
            usual = _report_day(report)
            yield report.name, project.day(usual), report.clause, Debtor.PROJECT, usual.key


def _outcomes(notice: Notice, project: ProjectFacts) -> Iterator[_Owed]:
    for minimum in notice.outcome_minimums:
        wanting = minimum.count - project.outcomes.get(minimum.key, 0)
        if wanting > 0:
            due = _outcome_day(notice, project, minimum.evaluation)
            what = f"{minimum.name}，还差 {wanting} {minimum.measure}"
            yield what, due, minimum.clause, Debtor.PROJECT, f"{OUTCOME}{minimum.key}"


def _outcome_day(notice: Notice, project: ProjectFacts, evaluation: str) -> date:
    """When outcomes are handed in: with the report that the evaluation rests on, else at the evaluation."""
    reports = (report for report in notice.reports if report.evaluation == evaluation)
    at_last = project.day(_evaluation_day(notice.evaluation(evaluation)))
    return min((project.day(_report_day(report)) for report in reports), default=at_last)


def _evaluations(notice: Notice, project: ProjectFacts) -> Iterator[_Owed]:
    for evaluation in notice.evaluations:
        if evaluation.key not in project.grades:
            yield (
                evaluation.name,
                project.day(_evaluation_day(evaluation)),
                evaluation.clause,
                Debtor.OFFICE,
                "",
            )
        if evaluation.published is not None and evaluation.key not in project.published:
            what, key = f"公布{evaluation.name}结果", f"{PUBLISHED}{evaluation.key}"
            yield what, evaluation.published, evaluation.clause, Debtor.OFFICE, key


def _payments(notice: Notice, project: ProjectFacts) -> Iterator[_Owed]:
    for instalment in _instalments(notice.funding, project.category):
        if instalment.key not in project.paid and payable(notice, project, instalment):
            what = f"拨付{instalment.name} {yuan(instalment.fen)}"
            yield what, project.day(payment_day(instalment)), instalment.clause, Debtor.OFFICE, ""


def _instalments(funding: tuple[Funding, ...], category: str) -> Iterator[Instalment]:
    for fund in funding:
        if fund.category == category:
            yield from fund.instalments


def yuan(fen: int) -> str:
    """An amount in 分 as a sentence says it: 5,000 元, 0.50 元."""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d} 元" if rest else f"{whole:,} 元"
