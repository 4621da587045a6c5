"""Requirements on grades: so many times, or so many years running.

Grades are counted by the assessed year, whenever the appraisal was held. A year without any appraisal on record is
taken as not yet reported. A year is 不适用 when the applicant was founded after its first day: it was too young to be
appraised, and that is no failure unless the condition says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from db.vocabulary import Labelled, Verdict
from dualcreate_desktop.rules.facts import AppraisalFact, Facts, ScoredItem
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import Adding, ConsecutiveGrades, Follows, GradeCount
from dualcreate_desktop.rules.terms import APPRAISALS
from dualcreate_desktop.rules.verdicts import Evidence, Judged, any_of, linked, settle

_Grades = GradeCount | ConsecutiveGrades


class _Worth(Labelled):
    """What one recorded grade is worth."""

    GOOD = "good", "达到"
    OPEN = "open", "待核实"
    BAD = "bad", "未达到"


@dataclass(frozen=True, slots=True)
class _Year:
    """One assessed year: how many grades are good, could still be, or could not be because of youth."""

    year: int
    told: str
    good: int
    open: int
    young: int


@dataclass(frozen=True, slots=True)
class _Track:
    """The years of the kinds of appraisal that are counted together."""

    kinds: tuple[str, ...]
    years: tuple[_Year, ...]

    @property
    def told(self) -> str:
        """2021 好，2022 较好，2023 未报."""
        return "，".join(year.told for year in self.years)


def judge_count(requirement: GradeCount, facts: Facts, reference: Reference) -> Judged:
    """Count good grades over the years; 不适用 when only the years of youth are wanting."""

    def decide(track: _Track) -> tuple[Verdict, str]:
        good = sum(year.good for year in track.years)
        most = good + sum(year.open for year in track.years)
        forgiven = most + sum(year.young for year in track.years)
        verdict = settle(sure=good >= requirement.times, possible=most >= requirement.times)
        if verdict is Verdict.FAIL and forgiven >= requirement.times:
            verdict = Verdict.NOT_APPLICABLE
        return verdict, f"须 {requirement.times} 次，已有 {good} 次"

    return _judge(requirement, facts, reference, decide)


def judge_consecutive(requirement: ConsecutiveGrades, facts: Facts, reference: Reference) -> Judged:
    """Look for the longest run of years with a good grade; 不适用 likewise."""

    def decide(track: _Track) -> tuple[Verdict, str]:
        sure = _longest_run([year.good > 0 for year in track.years])
        most = _longest_run([year.good + year.open > 0 for year in track.years])
        forgiven = _longest_run([year.good + year.open + year.young > 0 for year in track.years])
        verdict = settle(sure=sure >= requirement.years, possible=most >= requirement.years)
        if verdict is Verdict.FAIL and forgiven >= requirement.years:
            verdict = Verdict.NOT_APPLICABLE
        return verdict, f"须连续 {requirement.years} 年，已有 {sure} 年"

    return _judge(requirement, facts, reference, decide)


def _judge(
    requirement: _Grades,
    facts: Facts,
    reference: Reference,
    decide: Callable[[_Track], tuple[Verdict, str]],
) -> Judged:
    last = reference.last_appraisal_year
    years = range(last - requirement.period_years + 1, last + 1)
    found = sorted((item for item in facts.appraisals if _concerns(requirement, item, facts)), key=_order)
    by_year = {year: [item for item in found if item.year == year] for year in years}
    accepted = _accepted(requirement, reference)
    tracks = [
        _Track(
            kinds,
            tuple(_year(requirement, kinds, facts, accepted, year, by_year[year]) for year in years),
        )
        for kinds in _counted_together(requirement)
    ]
    decided = [decide(track) for track in tracks]
    evidence = tuple(
        text for track, (_, score) in zip(tracks, decided, strict=True) for text in (track.told, score)
    )
    links = linked(link for year in years for item in by_year[year] for link in _links(item))
    return Judged(any_of(verdict for verdict, _ in decided), evidence, links)


def _counted_together(requirement: _Grades) -> tuple[tuple[str, ...], ...]:
    if requirement.adding is Adding.EACH:
        return tuple((kind,) for kind in requirement.appraisals)
    return (requirement.appraisals,)


def _accepted(requirement: _Grades, reference: Reference) -> frozenset[str]:
    """The grades asked for, with the round's 相应等次 where the condition takes them."""
    if not requirement.equivalents:
        return frozenset(requirement.grades)
    further = (reference.equivalent_grades.get(grade, ()) for grade in requirement.grades)
    return frozenset(requirement.grades).union(*further)


def _concerns(requirement: _Grades, fact: AppraisalFact, facts: Facts) -> bool:
    """Whether the grade is of the body, or else may be of its present secretary."""
    if fact.kind not in requirement.appraisals:
        return False
    if requirement.follows is Follows.BODY:
        return not fact.elsewhere
    return fact.elsewhere or not (fact.secretary and facts.secretary) or fact.secretary == facts.secretary


def _order(fact: AppraisalFact) -> tuple[int, str, str, str]:
    return (fact.year, fact.kind, fact.grade or "", fact.source)


def _year(
    requirement: _Grades,
    kinds: Sequence[str],
    facts: Facts,
    accepted: frozenset[str],
    year: int,
    found: Sequence[AppraisalFact],
) -> _Year:
    records = [item for item in found if item.kind in kinds]
    worth = [_worth(requirement, item, facts, accepted) for item in records]
    absent = 0 if records else len(kinds)
    young = requirement.exempt_young and _too_young(requirement, facts, year)
    good, open_ = worth.count(_Worth.GOOD), worth.count(_Worth.OPEN) + (0 if young else absent)
    pardoned = absent if young else 0
    if requirement.adding is Adding.ONCE_A_YEAR:
        good, open_, pardoned = min(good, 1), min(open_, 1 - min(good, 1)), min(pardoned, 1)
    told = _told(requirement, year, records, facts, young=young, name_kind=len(requirement.appraisals) > 1)
    return _Year(year, told, good, open_, pardoned)


def _worth(requirement: _Grades, fact: AppraisalFact, facts: Facts, accepted: frozenset[str]) -> _Worth:
    if fact.parts:
        parts = [_worth(requirement, part, facts, accepted) for part in fact.parts]
        order = (_Worth.BAD, _Worth.OPEN, _Worth.GOOD)
        return min(parts, key=order.index) if fact.every else max(parts, key=order.index)
    if fact.grade is not None and fact.grade not in accepted and fact.reported:
        return _Worth.BAD
    sure = fact.grade is not None and fact.reported and not _whose_unknown(requirement, fact, facts)
    return _Worth.GOOD if sure else _Worth.OPEN


def _whose_unknown(requirement: _Grades, fact: AppraisalFact, facts: Facts) -> bool:
    """Whether the grade must be the present secretary's and nobody recorded whose it is."""
    follows_person = requirement.follows is Follows.SECRETARY and not fact.elsewhere
    return follows_person and not (fact.secretary and facts.secretary)


def _too_young(requirement: _Grades, facts: Facts, year: int) -> bool:
    first_day = date(year, 1, 1)
    if facts.founded is not None and facts.founded.earliest > first_day:
        return True
    since = facts.secretary_since if requirement.follows is Follows.SECRETARY else None
    return since is not None and since.earliest > first_day


def _told(
    requirement: _Grades,
    year: int,
    records: Sequence[AppraisalFact],
    facts: Facts,
    *,
    young: bool,
    name_kind: bool,
) -> str:
    if not records:
        return f"{year} {_absence(requirement, facts, year) if young else '未报'}"
    return "，".join(
        f"{year} {_grade(item)}{f'（{_kind(item)}）' if name_kind else ''}{_items(item.items)}"
        + ("（未登记书记姓名）" if _whose_unknown(requirement, item, facts) else "")
        for item in records
    )


def _absence(requirement: _Grades, facts: Facts, year: int) -> str:
    if facts.founded is not None and facts.founded.earliest > date(year, 1, 1):
        return "当年成立或尚未成立，不适用"
    return "现任书记当年任职或尚未任职，不适用"


def _grade(fact: AppraisalFact) -> str:
    if fact.parts:
        inherited = "、".join(_grade(part) for part in fact.parts)
        return f"原支部 {inherited}（{'都达到才算' if fact.every else '任一达到就算'}）"
    if fact.grade is None:
        return "未评等次"
    return fact.grade if fact.reported else f"{fact.grade}（未正式公布）"


def _kind(fact: AppraisalFact) -> str:
    return APPRAISALS.get(fact.kind, fact.kind)


def _items(items: Sequence[ScoredItem]) -> str:
    """The 突出考核项: 其中 主题教育 9/10."""
    if not items:
        return ""
    shown = "、".join(
        f"{item.name} {item.points}{f'/{item.maximum}' if item.maximum is not None else ''}" for item in items
    )
    return f"（其中{shown}）"


def _links(fact: AppraisalFact) -> list[Evidence]:
    if fact.parts:
        return [link for part in fact.parts for link in _links(part)]
    return [Evidence(f"{fact.year} {_kind(fact)} {_grade(fact)}", fact.TABLE, fact.source)]


def _longest_run(flags: list[bool]) -> int:
    return max((len(list(run)) for flag, run in groupby(flags) if flag), default=0)
