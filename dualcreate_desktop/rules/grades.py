"""Requirements on grades: so many times, or so many years running.

A year without any appraisal on record is taken as not yet reported. A year is 不适用 when the applicant was founded
after its first day: it was too young to be appraised, and that is no failure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from db.vocabulary import Verdict
from dualcreate_desktop.rules.facts import AppraisalFact, Facts
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import ConsecutiveGrades, GradeCount
from dualcreate_desktop.rules.terms import APPRAISALS
from dualcreate_desktop.rules.verdicts import Judged, settle


@dataclass(frozen=True, slots=True)
class _Year:
    """One appraised year: how many grades are good, could still be, or could not be because of youth."""

    year: int
    records: tuple[AppraisalFact, ...]
    good: int
    open: int
    young: int

    def told(self, *, name_kind: bool) -> str:
        """As evidence: 2021 好."""
        if not self.records:
            return f"{self.year} {'当年成立或尚未成立，不适用' if self.young else '未报'}"
        kinds = [f"（{APPRAISALS.get(fact.kind, fact.kind)}）" if name_kind else "" for fact in self.records]
        grades = [fact.grade or "未评等次" for fact in self.records]
        return "，".join(f"{self.year} {grade}{kind}" for grade, kind in zip(grades, kinds, strict=True))


def _years(
    requirement: GradeCount | ConsecutiveGrades, facts: Facts, reference: Reference
) -> tuple[_Year, ...]:
    last = reference.last_appraisal_year
    return tuple(
        _year(requirement, facts, year) for year in range(last - requirement.period_years + 1, last + 1)
    )


def _year(requirement: GradeCount | ConsecutiveGrades, facts: Facts, year: int) -> _Year:
    records = tuple(
        fact for fact in facts.appraisals if fact.year == year and fact.kind in requirement.appraisals
    )
    good = sum(fact.grade in requirement.grades for fact in records)
    ungraded = sum(fact.grade is None for fact in records)
    absent = 0 if records else len(requirement.appraisals)
    young = facts.founded is not None and facts.founded.earliest > date(year, 1, 1)
    return _Year(year, records, good, ungraded + (0 if young else absent), absent if young else 0)


def judge_count(requirement: GradeCount, facts: Facts, reference: Reference) -> Judged:
    """Count good grades over the years; 不适用 when only the years of youth are wanting."""
    years = _years(requirement, facts, reference)
    good = sum(year.good for year in years)
    open_ = sum(year.open for year in years)
    young = sum(year.young for year in years)
    verdict = settle(sure=good >= requirement.times, possible=good + open_ >= requirement.times)
    if verdict is Verdict.FAIL and good + open_ + young >= requirement.times:
        verdict = Verdict.NOT_APPLICABLE
    return Judged(verdict, _evidence(requirement, years, f"须 {requirement.times} 次，已有 {good} 次"))


def judge_consecutive(requirement: ConsecutiveGrades, facts: Facts, reference: Reference) -> Judged:
    """Look for the longest run of years with a good grade; 不适用 likewise."""
    years = _years(requirement, facts, reference)
    sure = _longest_run([year.good > 0 for year in years])
    possible = _longest_run([year.good + year.open > 0 for year in years])
    forgiving = _longest_run([year.good + year.open + year.young > 0 for year in years])
    verdict = settle(sure=sure >= requirement.years, possible=possible >= requirement.years)
    if verdict is Verdict.FAIL and forgiving >= requirement.years:
        verdict = Verdict.NOT_APPLICABLE
    return Judged(verdict, _evidence(requirement, years, f"须连续 {requirement.years} 年，已有 {sure} 年"))


def _evidence(
    requirement: GradeCount | ConsecutiveGrades, years: tuple[_Year, ...], score: str
) -> tuple[str, ...]:
    name_kind = len(requirement.appraisals) > 1
    return ("，".join(year.told(name_kind=name_kind) for year in years), score)


def _longest_run(flags: list[bool]) -> int:
    return max((len(list(run)) for flag, run in groupby(flags) if flag), default=0)
